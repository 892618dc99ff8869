"""What the pages of a bulk edit send to each other: the rows chosen, the field, its value, why, and what was seen."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from fengtai.admin.bulk.fields import ADD, MODES, REPLACE, fields_for_many, form_for
from fengtai.admin.bulk.outcomes import Asked, Outcome
from fengtai.admin.guards.keys import is_key

MOST = 1000  # rows at a time
LONGEST = 100  # characters of why
OURS = ("csrfmiddlewaretoken", "keys", "seen", "step", "field", "mode", "why")


@dataclass
class Sent:
    """One page as it was sent; `problems` holds by field of the page what is wrong with it."""

    page: object  # the admin class
    request: object
    data: QueryDict
    keys: list[int]
    problems: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self):
        self.fields = fields_for_many(self.page, self.request)
        self.field = self.fields.get(self.data.get("field", ""))
        self.why = self.data.get("why", "").replace("\x00", "").strip()[:LONGEST]
        self.mode = self.data.get("mode", ADD) if self.data.get("mode", ADD) in MODES else ADD
        self.form = form_for(self.page, self.request, self.field.name)() if self.field is not None else None

    @classmethod
    def of(cls, page, request) -> "Sent":
        keys = [int(text) for text in request.POST.get("keys", "").split(",") if is_key(text)]
        return cls(page, request, request.POST, keys[:MOST])

    @property
    def names(self) -> list[tuple[str, str]]:
        return [(name, str(column.verbose_name)) for name, column in self.fields.items()]

    @property
    def modes(self) -> list[tuple[str, str]]:
        return [*MODES.items()] if self.field is not None and self.field.many_to_many else []

    @property
    def value_fields(self) -> list[tuple[str, str]]:
        """What was typed, to be carried on by the next page."""
        return [(name, one) for name, values in self.data.lists() if name not in OURS for one in values]

    def bound(self) -> forms.BoundField:
        """The field with what was typed."""
        if any(name not in OURS for name in self.data):
            self.form = form_for(self.page, self.request, self.field.name)(self.data)
            self.form._errors = {}  # of the other fields of a row that does not exist
        return self.form[self.field.name]

    def asked(self) -> Asked | None:
        """None where something is wrong, which `problems` tells then."""
        said = self.form.fields[self.field.name]
        try:
            value = said.clean(said.widget.value_from_datadict(self.data, self.request.FILES, self.field.name))
        except ValidationError as error:
            self.problems["value"], value = error.messages, ()
        if self.field.many_to_many and self.mode != REPLACE and not value and not self.problems:
            self.problems["value"] = [_("Choose at least one.")]
        if not self.why:
            self.problems["why"] = [_("Say why: it stands in the history of every row.")]
        if self.problems:
            return None
        chosen = frozenset(one.pk for one in value) if self.field.many_to_many else frozenset()
        more = {"mode": self.mode, "chosen": chosen, "why": self.why, "seen": self.seen()}
        return Asked(self.page, self.request, self.field, self.keys, self.data, **more)

    def seen(self) -> dict[int, int] | None:
        pairs = [pair.partition("-") for pair in self.data.get("seen", "").split(",")]
        found = {int(key): int(version) for key, _sign, version in pairs if is_key(key) and is_key(version)}
        return found or None


def seen_text(outcomes: list[Outcome]) -> str:
    """By key the version of every row that the preview showed."""
    return ",".join(f"{one.row.pk}-{one.version}" for one in outcomes)
