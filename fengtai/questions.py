"""What a reader asks of a list in the address: every parameter read, each mistake named beside it, nothing guessed."""

from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fengtai.columns import ordering
from fengtai.filters import unreadable

PAGE_SIZES = (25, 50, 100)
CONTROLS = ("sort", "page", "per_page", "format")


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass
class Question:
    """One list asked with the parameters of one address; `errors` holds what is wrong, by parameter."""

    table: type
    filterset_class: type
    params: QueryDict
    formats: tuple[str, ...]
    errors: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self):
        self._check_names()
        self.filterset = self.filterset_class(self._answers(), queryset=self.table.rows())
        for name, problems in self.filterset.errors.items():
            self._refuse(name, *problems)
        self.format = self._one_of("format", self.formats) or ""
        self.per_page = int(self._one_of("per_page", [str(size) for size in PAGE_SIZES]) or PAGE_SIZES[0])
        self.sort = self._one_of("sort", [*self.sortable, *(f"-{name}" for name in self.sortable)]) or ""
        self.page = self._page_number()

    @cached_property
    def sortable(self) -> dict[str, tuple[str, ...]]:
        """Columns that the list can be sorted by; none that a reader cannot see."""
        columns = {name: column.sort_by(name) for name, column in self.table.declared(detail=False).items()}
        return {name: paths for name, paths in columns.items() if paths}

    @cached_property
    def rows(self):
        """The filtered rows in their order, ties settled by key; none while anything asked is wrong."""
        if self.errors:
            return self.table.rows().none()
        rows = self.filterset.qs
        if not self.sort:
            return rows.order_by(*[path for path in rows.model._meta.ordering if path != "pk"], "pk")
        paths = self.sortable[self.sort.removeprefix("-")]
        return rows.order_by(*ordering(paths, self.sort.startswith("-")), "pk")

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().count()

    def refuse_page(self, last: int):
        self._refuse(
            "page", _("There is no page %(page)d; the last one is %(last)d.") % {"page": self.page, "last": last}
        )

    @property
    def active(self) -> dict[str, str]:
        """The filters in use, as typed."""
        names = [name for name in self.filterset_class.declared() if self.params.get(name)]
        return {name: self.params[name] for name in names}

    def chips(self) -> list[Chip]:
        return [
            Chip(self._label(name), self._shown(name, value), self.address(**{name: None}))
            for name, value in self.active.items()
        ]

    def address(self, **changes) -> str:
        """The address of the same list with some parameters changed, the page forgotten; None removes one."""
        params = self.params.copy()
        for name, value in {"page": None, "format": None, **changes}.items():
            params.pop(name, None)
            if value not in (None, ""):
                params[name] = value
        for name in [name for name in params if not params[name]]:
            del params[name]
        return f"?{params.urlencode()}"

    def _label(self, name: str) -> str:
        return str(self.filterset.form.fields[name].label)

    def _shown(self, name: str, value: str) -> str:
        """A filter's value as its form shows it."""
        choices = getattr(self.filterset.form.fields[name], "choices", ())
        shown = {str(getattr(key, "value", key)): str(label) for key, label in choices}
        return shown.get(value, value)

    def _answers(self) -> QueryDict:
        """Parameters fit to be looked at: one that is no text is refused here and never reaches the database."""
        answers = QueryDict(mutable=True)
        for name, values in self.params.lists():
            if len(values) > 1:
                self._refuse(name, _("Given more than once."))
            elif problem := unreadable(values[0]):
                self._refuse(name, problem)
            else:
                answers[name] = values[0]
        return answers

    def _check_names(self):
        known = {*self.filterset_class.declared(), *CONTROLS}
        for name in self.params:
            if name not in known:
                self._refuse(name, _("This list has no such parameter."))

    def _one_of(self, name: str, allowed) -> str | None:
        value = self.params.get(name)
        if value and value not in allowed:
            self._refuse(name, _("Not one of: %(allowed)s.") % {"allowed": ", ".join(allowed)})
            return None
        return value

    def _page_number(self) -> int:
        text = self.params.get("page") or "1"
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0:
            return int(text)
        self._refuse("page", _("A page is a number from 1."))
        return 1

    def _refuse(self, name: str, *problems: str | Promise):
        self.errors.setdefault(name, []).extend(str(problem) for problem in problems)
