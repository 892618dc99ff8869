"""The unified social credit code of GB 32100-2015, with the organisation code of GB 11714 inside it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

# Authority (stdnum knows the digits only; A, N and Y are the farming, religious and other registers),
# category, six digits of region, then the organisation code and the check digit.
SHAPE = re.compile(r"[1-9ANY][1-9A-HJ-NP-RTUW-Y]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}")
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise_credit_code(text: str) -> str:
    """The code in ASCII capitals without blanks or hyphens: clerks type it full-width and in groups."""
    return uscc.compact(unicodedata.normalize("NFKC", text or ""))


def check_credit_code(code: str) -> None:
    """Raises ValidationError naming what is wrong: damaged by a spreadsheet, length, shape or either check digit."""
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", code):
        raise ValidationError(
            _("A spreadsheet turned the code into a number and lost digits; type it as text."), "damaged"
        )
    if len(code) != 18:
        raise ValidationError(_("A credit code has 18 characters, not %(length)d."), "length", {"length": len(code)})
    if not SHAPE.fullmatch(code):
        raise ValidationError(_("A credit code has no such characters at these places."), "shape")
    if code[16] != organisation_check_digit(code[8:16]):
        raise ValidationError(
            _("The organisation code inside (characters 9 to 17) has a wrong check digit."), "organisation"
        )
    if code[17] != uscc.calc_check_digit(code[:17]):
        raise ValidationError(_("The last character does not match the others."), "checksum")


def organisation_check_digit(body: str) -> str:
    """GB 11714: 11 minus the weighted sum modulo 11; ten is written X."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
