"""Parts of a record: rows that stand on their owner's page and are published, and withdrawn, with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengtai.records.kept import Kept
from fengtai.records.labelled import Followed


class Part(Followed):
    """A row without a publication of its own: as public as its `owner` is, unless somebody chose to hold it back."""

    held_back = models.BooleanField(
        _("held back"),
        default=False,
        help_text=_("Not public, even where the record that it belongs to is."),
    )

    class Meta:
        abstract = True

    @classmethod
    def released_condition(cls, prefix: str = "") -> Q:
        return Q(**{f"{prefix}held_back": False})

    @property
    def is_released(self) -> bool:
        return not self.held_back


class KeptPart(Part, Kept):
    """A part with facts of its own: cited, doubted, checked, and with versions like a record."""

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Where it has no page of its own, that of its owner."""
        if self.list_name:
            return super().get_absolute_url()
        return self.owned_by.get_absolute_url() if self.owned_by is not None else ""
