"""A day or time of day as a section of a number format prints it, and which parts of it that shows."""

from datetime import datetime, timedelta

from fengtai.workbooks.number_formats import FormatError, Section, Token

EPOCHS = datetime(1899, 12, 30), datetime(1904, 1, 1)  # day 0 of a workbook: of nearly all, and of old Macs
LAST_DAY = 2_958_465  # 9999-12-31, from the first of them
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CHINESE_WEEKDAYS = "一二三四五六日"
PARTS = {"y": "year", "e": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second", "a": "weekday"}


def moment_of(serial: float, epoch: datetime) -> datetime:
    """What a number means as a date; raises OverflowError for those that have none."""
    if not 0 <= serial <= LAST_DAY + 1:
        raise OverflowError(serial)
    return epoch + timedelta(milliseconds=round(serial * 86_400_000))


def serial_of(moment: datetime, epoch: datetime) -> float:
    """The number that is stored for a date."""
    return round((moment - epoch) / timedelta(days=1), 9)


def parts_shown(section: Section) -> set[str]:
    """year, month, day, hour …: what a reader learns from the section."""
    found = {PARTS[token.text[0]] for token in section.tokens if token.kind == "date"}
    if any(token.text in ("ddd", "dddd") for token in section.tokens if token.kind == "date"):
        found |= {"weekday"}
        if not any(token.text in ("d", "dd") for token in section.tokens if token.kind == "date"):
            found -= {"day"}
    return found | ({"elapsed"} if "elapsed" in section.kinds else set())


def words_of(section: Section) -> str:
    """What it prints beside the parts of the date."""
    return "".join(token.text for token in section.tokens if token.kind in ("literal", "blank", "sign"))


def date_text(section: Section, moment: datetime, elapsed: timedelta | None = None) -> str:
    has_halves = "halves" in section.kinds
    elapsed = elapsed or moment - EPOCHS[0]
    return "".join(_piece(token, moment, elapsed, has_halves) for token in section.tokens)


def _piece(token: Token, moment: datetime, elapsed: timedelta, has_halves: bool) -> str:
    if token.kind == "halves":
        halves = token.text.split("/") if "上" in token.text else token.text.upper().split("/")
        return halves[moment.hour >= 12]
    if token.kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return f"{int(elapsed.total_seconds() + 1e-6) // unit:0{len(token.text)}}"
    if token.kind == "date":
        return _part(token.text, moment, has_halves)
    if token.kind in ("literal", "blank", "sign"):
        return token.text
    raise FormatError(token.text)


def _part(code: str, moment: datetime, has_halves: bool) -> str:
    letter, wide = code[0], len(code)
    if letter in "ye":
        return f"{moment.year % 100:02}" if code in ("y", "yy") else f"{moment.year:04}"
    if letter == "m" and wide > 2:
        return {3: MONTHS[moment.month - 1][:3], 5: MONTHS[moment.month - 1][0]}.get(wide, MONTHS[moment.month - 1])
    if letter == "d" and wide > 2:
        return WEEKDAYS[moment.weekday()][: 3 if wide == 3 else None]
    if letter == "a":
        return ("星期" if wide == 4 else "周") + CHINESE_WEEKDAYS[moment.weekday()]
    if letter == "s":
        return _seconds(code, moment)
    hour = (moment.hour % 12 or 12) if has_halves else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}[letter]
    return f"{number:0{min(wide, 2)}}"


def _seconds(code: str, moment: datetime) -> str:
    whole, _, places = code.partition(".")
    text = f"{moment.second:0{len(whole)}}"
    return f"{text}.{moment.microsecond // 10 ** (6 - len(places)):0{len(places)}}" if places else text
