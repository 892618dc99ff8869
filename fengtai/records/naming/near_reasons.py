"""Why two names are taken for almost the same, in the reader's words."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from fengtai.search.pinyin import syllables
from fengtai.values.texts import plain

SAME, BRACKETED, PART, LIKE = "same", "bracketed", "part", "like"


def reason_of(name: str, pair) -> str:
    if pair.kind == BRACKETED:
        return _("the name in brackets")
    if plain(pair.called) != plain(pair.shown) and pair.own == pair.other:
        return _("also called “%(name)s”") % {"name": pair.called}
    if pair.kind == PART:
        return _("one name holds the other")
    gone, come = _difference(*((pair.own, pair.other) if pair.kind == LIKE else (plain(name), plain(pair.called))))
    if pair.kind == LIKE and gone == come:
        return _("the same characters in another order")
    if pair.kind == LIKE and gone and come:
        return _("one character differs: %(one)s/%(other)s") % {"one": gone, "other": come}
    parts = "/".join(filter(None, (gone.strip(), come.strip())))
    if pair.kind == LIKE:
        return _("one character more: %(one)s") % {"one": parts}
    same_letters = not parts or gone.casefold() == come.casefold()
    return (
        _("the same but for blanks or capitals") if same_letters else _("the same but for %(parts)s") % {"parts": parts}
    )


def sounds_alike(one: str, other: str) -> bool:
    """Whether they differ in one character that is spoken the same: 讯 and 迅."""
    gone, come = _difference(one, other)
    return len(gone) == len(come) == 1 and syllables(gone) == syllables(come)


def _difference(one: str, other: str) -> tuple[str, str]:
    """What only the one holds, and what only the other."""
    changes = [each for each in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if each[0] != "equal"]
    return "".join(one[a:b] for _tag, a, b, _c, _d in changes), "".join(other[c:d] for _tag, _a, _b, c, d in changes)
