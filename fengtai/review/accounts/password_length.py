"""How long a password is, in the office's own words: the framework's have no Chinese since it reworded them."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class EnoughCharacters(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("The password is too short: it needs at least %(count)d characters.") % {"count": self.min_length}
