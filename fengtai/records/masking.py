"""What is masked is never stored: whatever comes back so is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MASKED = _("This is a masked value: type it whole, or leave it as it was.")


def refuse_masked(text: str) -> None:
    """Raises ValidationError for what was masked: the whole value would be lost."""
    if "*" in text:
        raise ValidationError(MASKED, code="masked")
