"""The questions of a list as a form: of each choice, how many rows it would leave."""

from dataclasses import dataclass

from django.utils.translation import gettext

from fengtai.lists import linked_record_choices
from fengtai.lists.choices import Rows
from fengtai.lists.questions import Question


@dataclass(frozen=True)
class Option:
    """A choice of a filter, with the rows it would leave; None where they are not counted."""

    value: str
    label: str
    rows: Rows | None
    chosen: bool

    @property
    def is_offered(self) -> bool:
        """To readers; a choice that leaves nothing is not, unless it is chosen."""
        return self.chosen or self.rows is None or bool(self.rows.count or self.rows.more)

    @property
    def rows_shown(self) -> str:
        return "" if self.rows is None else str(self.rows)


@dataclass(frozen=True)
class Field:
    """A question of the filter form."""

    name: str
    label: str
    kind: str  # search, choice, number, date or text
    value: str
    options: list[Option]
    errors: list[str]
    hint: str

    @property
    def asks_something(self) -> bool:
        """Not where no choice is left but all."""
        return self.kind != "choice" or len(self.options) > 1 or bool(self.value)


def fields(question: Question) -> list[Field]:
    offered = question.offered
    facets = {} if question.errors else offered.facets(question.table.seen_rows(), question.answer, question.known)
    made = [
        _field(question, name, offered.form.fields[name], facets.get(name))
        for name, asked in question.filterset_class.declared().items()
        if name in question.params or not getattr(asked, "on_request", False)
    ]
    return [field for field in made if question.table.staff or field.asks_something]


def _options(form_field, counts: dict | None, value: str) -> list[Option]:
    options = []
    for key, label in getattr(form_field, "choices", ()):
        code = str(getattr(key, "value", key))
        rows = counts.get(code) if counts and code else None
        options.append(Option(code, str(label), rows, code == value))
    return options


def _field(question: Question, name: str, form_field, counts: dict | None) -> Field:
    value = question.params.get(name) or question.filterset_class.usual.get(name, "")
    every = _options(form_field, counts, value)
    options = every if question.table.staff else [option for option in every if option.is_offered]
    if options and value and not question.errors and not any(option.chosen for option in options):
        options.append(Option(value, question.shown(name), None, True))
    limit = (
        gettext("At most %(count)d are listed.") % {"count": linked_record_choices.OFFERED}
        if len(every) > linked_record_choices.OFFERED
        else ""
    )
    kind = "choice" if options else getattr(form_field.widget, "input_type", "text")
    errors = question.errors.get(name, [])
    return Field(name, str(form_field.label), kind, value, options, errors, limit or str(form_field.help_text))
