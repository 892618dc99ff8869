"""What is asked of a bulk edit, and what becomes of each row."""

from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.db import models
from django.http import QueryDict

from fengtai.admin.bulk.fields import form_for
from fengtai.review.pending import PendingChange

WRITTEN, WAITS, SAME, REFUSED = "written", "waits", "same", "refused"


@dataclass
class Asked:
    """One field to be changed in some rows; `data` as the form was sent, `seen` by key the version looked at."""

    page: object  # the admin class
    request: object
    field: models.Field
    keys: list[int]
    data: QueryDict
    mode: str = ""  # of links to several
    chosen: frozenset[int] = frozenset()  # what is linked, of links to several
    why: str = ""
    seen: dict[int, int] | None = None

    @property
    def by(self):
        return self.request.user

    @cached_property
    def form_class(self) -> type[forms.ModelForm]:
        return form_for(self.page, self.request, self.field.name)


@dataclass
class Outcome:
    row: models.Model
    state: str
    version: int = 0  # as it was looked at
    old: str = ""
    new: str = ""
    reasons: list[str] = field(default_factory=list)
    form: forms.ModelForm | None = None

    def refuse(self, *reasons: str) -> None:
        self.state, self.reasons = REFUSED, [*dict.fromkeys(reasons)]


@dataclass
class Report:
    outcomes: list[Outcome]
    changes: list[PendingChange]

    def those(self, *states: str) -> list[Outcome]:
        return [one for one in self.outcomes if one.state in states]
