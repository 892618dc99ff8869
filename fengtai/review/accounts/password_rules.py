"""What a password must be, each rule told on the form before anything is typed, in the reader's language.

How many kinds of characters it holds is what rules for public bodies ask; how many guesses it takes is what protects:
`19990101`, a row of keys, a run, one character again and again and words with a year behind take few of them.
"""

import re
import unicodedata

from django.conf import settings
from django.contrib.auth import password_validation as frame
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.review.accounts.used_passwords import keep_used, was_used
from fengtai.search.pinyin import syllables

SHORTEST, SHORTEST_CHINESE = 3, 2  # characters of a name that is looked for in a password
NAMES = ("username", "first_name", "last_name")
LOCAL = ("fengtai", "beijing", "丰台", "北京")  # what everybody here would try
LOOKED_AT = 72  # characters; beyond these guessing costs more than it tells
PATTERNS = {
    "date": gettext_lazy("a date"),
    "regex": gettext_lazy("a year"),
    "spatial": gettext_lazy("neighbouring keys"),
    "repeat": gettext_lazy("repetitions"),
    "sequence": gettext_lazy("a run such as abcd or 1234"),
    "dictionary": gettext_lazy("a word or a name that many use"),
}


class EnoughCharacters(frame.MinimumLengthValidator):
    def __init__(self):
        super().__init__(settings.PASSWORD_LENGTH)

    def get_error_message(self) -> str:
        return _("The password is too short: it needs at least %(count)d characters.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        return _("At least %(count)d characters.") % {"count": self.min_length}


class SeveralKinds:
    """Of capital letters, small letters, digits and signs; letters without case, as Chinese has, are a kind as well."""

    def validate(self, password: str, user=None) -> None:
        if len({_kind(character) for character in password}) < settings.PASSWORD_KINDS:
            raise ValidationError(_("Too few kinds of characters.") + " " + self.get_help_text(), code="kinds")

    def get_help_text(self) -> str:
        told = _(
            "At least %(count)d kinds of characters: capital letters, small letters, digits, signs, Chinese characters."
        )
        return told % {"count": settings.PASSWORD_KINDS}


class NoName(frame.UserAttributeSimilarityValidator):
    """Neither the sign-in name nor the person's own, as it is written or as it is spoken; nor nearly so."""

    def validate(self, password: str, user=None) -> None:
        names = _names_of(user)
        typed = password.casefold()
        try:
            super().validate(password, user)
            is_like = False
        except ValidationError:
            is_like = True
        if is_like or any(name in typed for name in names):
            raise ValidationError(_("The password holds your name or sign-in name."), code="name")

    def get_help_text(self) -> str:
        return _("Neither your name nor your sign-in name in it.")


class NotCommon(frame.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("This password is among those that everybody tries first.")

    def get_help_text(self) -> str:
        return _("None that is used often, such as P@ssw0rd.")


class ManyGuesses:
    """Raises ValidationError for what takes too few guesses, and says of what it is made."""

    def validate(self, password: str, user=None) -> None:
        if not password:
            return  # too short already
        from zxcvbn import zxcvbn  # its lists of words are read once, by the first who changes a password

        found = zxcvbn(password[:LOOKED_AT], user_inputs=[*LOCAL, *_names_of(user)])
        if found["guesses"] >= settings.PASSWORD_GUESSES:
            return
        made_of = dict.fromkeys(PATTERNS[one["pattern"]] for one in found["sequence"] if one["pattern"] in PATTERNS)
        if not made_of:
            raise ValidationError(_("The password can be guessed too soon: make it longer."), code="guessed")
        told = _("The password can be guessed too soon, since it is made of %(what)s: make it longer or less regular.")
        raise ValidationError(told % {"what": _(", ").join(map(str, made_of))}, code="guessed")

    def get_help_text(self) -> str:
        return _("Not a date, a row of keys, a run such as abcd1234 or one character repeated.")


class NotUsedBefore:
    """By the same person: the last so many, of which only what checks them is kept."""

    def validate(self, password: str, user=None) -> None:
        if user is not None and user.pk and was_used(user, password):
            raise ValidationError(_("You used this password before: choose another."), code="used")

    def password_changed(self, password: str, user=None) -> None:
        keep_used(user)

    def get_help_text(self) -> str:
        if not settings.PASSWORDS_REMEMBERED:
            return _("Not the password you have.")
        return _("None of your last %(count)d passwords.") % {"count": settings.PASSWORDS_REMEMBERED}


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return category if category in ("Lu", "Ll", "Nd") else category[0] if category[0] == "L" else "sign"


def _names_of(user) -> list[str]:
    """Those long enough to be told from chance, in small letters; a Chinese one also as it is spoken."""
    written = " ".join(str(getattr(user, name, "") or "") for name in NAMES).casefold()
    found = {*re.split(r"[\W_]+", written), *written.split()}
    found |= {"".join(syllables(name)) for name in found if not name.isascii()}
    return [name for name in found if len(name) >= (SHORTEST if name.isascii() else SHORTEST_CHINESE)]
