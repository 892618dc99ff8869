"""A number format's code taken apart, piece by piece, as Excel and WPS understand it.

Whatever is not wholly understood raises FormatError: half a format would make another figure of a number.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from fengtai.workbooks.builtin_formats import BUILT_IN, OF_OTHER_COUNTRIES
from fengtai.workbooks.number_formats import _READ, Format, FormatError, Section, Token

LONGEST = 255  # characters of a format, as Excel takes it
COLOURS = "black|blue|cyan|green|magenta|red|white|yellow|黑色|蓝色|青色|蓝绿色|绿色|洋红|洋红色|红色|白色|黄色"
COLOUR = re.compile(rf"(?:{COLOURS}|(?:color|颜色)\s*\d{{1,2}})", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
NUMERALS = re.compile("[0-9A-Fa-f]{5,}")  # a language with the numerals of another script
ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
# What stands between the signs of a code, longest first; $ - + and whatever is no ASCII letter print themselves.
PIECE = re.compile(
    r"""
    (?P<quoted>"[^"]*") | (?P<escaped>[\\!].) | (?P<blank>_.) | (?P<fill>\*.) | (?P<bracket>\[[^\]]*\])
  | (?P<general>General|G/通用格式|G/通用) | (?P<halves>AM/PM|A/P|上午/下午) | (?P<exponent>E[+-])
  | (?P<date>y+|e+|m+|d+|h+|s+(?:\.0+)?|a{3,4}) | (?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,)
  | (?P<percent>%) | (?P<text>@) | (?P<end>;) | (?P<literal>[^A-Za-z0-9/\#?.,%@;"\[\]_*\\!]) | (?P<slash>/)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=2048)
def parse(code: str) -> Format:
    """The format of a code (0.0"亿元", [Red]#,##0, yyyy"年"m"月"); raises FormatError."""
    sections = [_section(tokens) for tokens in _split(code)] if len(code) <= LONGEST else []
    if not sections or len(sections) > 4:
        raise FormatError(code)
    text = None
    if len(sections) == 4 or "text" in sections[-1].kinds:
        text = sections.pop()
    if any("text" in section.kinds for section in sections):
        raise FormatError(code)
    return Format(code, tuple(sections), text)


def built_in(key: int) -> str:
    """The code of a format that a workbook names by its number alone, as a Chinese Excel has it; raises FormatError."""
    if key in OF_OTHER_COUNTRIES:
        raise FormatError(str(key))
    return BUILT_IN.get(key, "General")


def _split(code: str) -> Iterator[list[re.Match]]:
    position, found = 0, []
    while position < len(code):
        match = PIECE.match(code, position)
        if match is None:
            raise FormatError(code)
        position = match.end()
        if match.lastgroup == "end":
            yield found
            found = []
        else:
            found.append(match)
    yield found


def _section(pieces: list[re.Match]) -> Section:
    tokens, condition, red = [], None, False
    for piece in pieces:
        text = piece[0]
        if piece.lastgroup != "bracket":
            tokens.append(_READ[piece.lastgroup](text))
        elif COLOUR.fullmatch(text[1:-1]):
            red = red or text[1:-1].lower() in ("red", "红色", "color3", "color 3", "颜色3")
        elif found := CONDITION.fullmatch(text[1:-1]):
            condition = found[1], float(found[2])
        else:
            tokens += _bracket(text[1:-1])
    return _checked(Section(_with_minutes(tokens), condition, red))


def _bracket(inside: str) -> list[Token]:
    """[$HK$-C04] prints a sign, [$-804] only names a language, [h] counts hours beyond a day."""
    if inside.startswith("$"):
        sign, _, locale = inside[1:].partition("-")
        if NUMERALS.fullmatch(locale):
            raise FormatError(inside)
        return [Token("sign", sign, locale)]
    if ELAPSED.fullmatch(inside):
        return [Token("elapsed", inside.lower())]
    raise FormatError(inside)  # [DBNum1] prints the number in Chinese


def _with_minutes(tokens: list[Token]) -> tuple[Token, ...]:
    """An m behind hours or before seconds is minutes."""
    times = [index for index, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for place, index in enumerate(times):
        if tokens[index].kind != "date" or tokens[index].text not in ("m", "mm"):
            continue
        before = tokens[times[place - 1]].text[:1] if place else ""
        behind = tokens[times[place + 1]].text[:1] if place + 1 < len(times) else ""
        if before == "h" or behind == "s":
            tokens[index] = Token("date", tokens[index].text.replace("m", "n"))
    return tuple(tokens)


def _checked(section: Section) -> Section:
    """Fractions are not understood, nor what mixes a number's signs with a date's; a stroke in a date prints itself."""
    kinds = section.kinds
    numeric = kinds & {"digit", "exponent", "percent", "general", "text"}
    if section.is_date and not numeric - {"general"}:
        loose = {"slash", "comma", "point"}
        tokens = tuple(Token("literal", t.text) if t.kind in loose else t for t in section.tokens)
        return Section(tokens, section.condition, section.is_red)
    if section.is_date or "slash" in kinds or len(numeric & {"digit", "general", "text"}) > 1:
        raise FormatError("".join(token.text for token in section.tokens))
    return section
