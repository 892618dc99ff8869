"""What a reader asks of a list in the address: every parameter read, each mistake named beside it, nothing guessed."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fengtai.caching.store import remembered
from fengtai.lists import paging
from fengtai.lists.ordering import LONGEST_CURSOR, CursorError, Order
from fengtai.lists.paging import Window, window_of
from fengtai.lists.value_filters import LONGEST, unreadable

CURSORS = ("after", "before")
POSITIONS = ("page", *CURSORS)  # where in the list; at most one of them
FORMATS = ("xlsx", "csv", "json", "jsonl")  # what a list can be asked for beside its page; downloads/ writes them
NOTHING = (None, "", [""])
CONTROLS = ("sort", "page", "after", "before", "per_page", "format")


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
    errors: dict[str, list[str]] = field(default_factory=dict)
    controls: ClassVar[tuple[str, ...]] = CONTROLS  # parameters beside the filters
    long: ClassVar[tuple[str, ...]] = CURSORS  # those that may be long

    def __post_init__(self):
        self._check_names()
        self.answers = self._answers()
        self.columns = self._columns()
        self.filterset = self.filterset_class(self.answers, queryset=self.table.seen_rows())
        self.filterset.bounded = not self.is_whole
        for name, problems in self.filterset.errors.items():
            self._refuse(name, *problems)
        self.format = self._one_of("format", FORMATS) or ""
        self.per_page = int(self._one_of("per_page", [str(size) for size in paging.PAGE_SIZES]) or paging.PAGE_SIZES[0])
        self.sort = self._one_of("sort", [*self.table.sortable(), *(f"-{n}" for n in self.table.sortable())]) or ""
        self.page = self._page_number()
        if len([name for name in POSITIONS if self.params.get(name)]) > 1:
            self._refuse("page", _("Ask for a page, or for what follows or precedes a row, not for several at once."))

    @property
    def is_whole(self) -> bool:
        """Whether all rows are wanted and not a page of them."""
        return bool(self.params.get("format"))

    @cached_property
    def order(self) -> Order:
        paths = self.table.sortable()[self.sort.removeprefix("-")] if self.sort else self.filterset.order
        return self.table.order(paths, descending=self.sort.startswith("-"))

    @cached_property
    def answer(self) -> frozenset[int] | None:
        """The keys of all rows that answer, looked up once for each write; None where they are many."""
        if self.errors:
            return frozenset()
        keys = remembered(f"answer:{self._asked}", lambda: self.filterset.keys(self.table.seen_rows()))
        return keys if len(keys) < paging.few() else None

    @property
    def _asked(self) -> str:
        """The list and its filters, as what is remembered of them is named."""
        return json.dumps([self.table.kept_as(), self.active], ensure_ascii=False)

    @cached_property
    def matching(self):
        """The filtered rows in no order; none while anything asked is wrong."""
        rows = self.table.seen_rows()
        if self.errors:
            return rows.none()
        if self.is_whole or not self.active or self.answer is None:
            return self.filterset.qs
        return self.filterset.ranked_rows(rows.filter(pk__among=self.answer) if self.answer else rows.none())

    @property
    def rows(self):
        """The filtered rows in their order, ties settled by key."""
        return self.order.apply(self.matching)

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than one beyond `paging.COUNTED`."""
        if self.errors:
            return 0
        return remembered(f"count:{self._asked}", self._count)

    def _count(self) -> int:
        beyond = paging.COUNTED + 1
        return beyond if self.answer is None else min(len(self.answer), beyond)

    @property
    def count_label(self) -> str:
        return paging.count_label(self.count)

    @cached_property
    def window(self) -> Window:
        """The rows of the page asked for; a page or cursor that leads nowhere is refused like any other mistake."""
        asked = [self.params.get(name, "") for name in POSITIONS]
        if not self.errors and not any(asked[1:]):
            self._refuse_page_without_rows()
        if self.errors:
            return Window([], "", "")
        name = json.dumps([self.table.kept_as(), self.active, self.sort, self.per_page, *asked], ensure_ascii=False)
        try:
            return remembered(f"window:{name}", lambda: window_of(self))
        except CursorError:
            self._refuse("after" if self.params.get("after") else "before", _("This list gave out no such place."))
        return Window([], "", "")

    @property
    def last_page(self) -> int:
        """The last page that has a number."""
        return max(1, -(-min(self.count, paging.COUNTED) // self.per_page))

    def _refuse_page_without_rows(self):
        if self.page <= self.last_page:
            return
        if self.count > paging.COUNTED:
            said = _("Pages are numbered to %(last)d; go on from there, or back from the end of the list.")
        else:
            said = _("There is no page %(page)d; the last one is %(last)d.")
        self._refuse("page", said % {"page": self.page, "last": self.last_page})

    @property
    def shown_by(self) -> list:
        """What is asked beside the filters that the surroundings of the rows depend on."""
        return [self.sort, self.params.get("per_page")]

    @property
    def active(self) -> dict[str, str]:
        """The filters in use, as typed."""
        names = [name for name in self.filterset_class.declared() if self.params.get(name)]
        return {name: self.params[name] for name in names}

    def chips(self) -> list[Chip]:
        return [Chip(self._label(name), self.shown(name), self.address(**{name: None})) for name in self.active]

    def address(self, **changes) -> str:
        """The address of the same list with some parameters changed, the page forgotten; None removes one."""
        params = {**dict(self.params.lists()), **dict.fromkeys(POSITIONS), "format": None, **changes}
        return f"?{urlencode({name: value for name, value in params.items() if value not in NOTHING}, doseq=True)}"

    def shown(self, name: str) -> str:
        """A filter's value as its form shows it."""
        chosen, value = self.filterset.form.cleaned_data.get(name), self.params[name]
        if isinstance(chosen, Model):
            return str(chosen)
        choices = getattr(self.filterset.form.fields[name], "choices", ())
        return {str(code): str(label) for code, label in choices}.get(value, value)

    @cached_property
    def offered(self):
        """The same answers in the form that offers all questions, whether or not they are asked."""
        return self.filterset_class(self.answers, queryset=self.table.seen_rows(), offered=True)

    def _label(self, name: str) -> str:
        return str(self.filterset.form.fields[name].label)

    def _columns(self) -> tuple[str, ...]:
        """The columns wanted: a page shows fewer than a file."""
        return self.table.names(detail=self.is_whole)

    def _answers(self) -> QueryDict:
        """Parameters fit to be looked at: one that is no text is refused here and never reaches the database."""
        answers = QueryDict(mutable=True)
        for name, values in self.params.lists():
            if len(values) > 1:
                self._refuse(name, _("Given more than once."))
            elif problem := unreadable(values[0], LONGEST_CURSOR if name in self.long else LONGEST):
                self._refuse(name, problem)
            else:
                answers[name] = values[0]
        return answers

    def _check_names(self):
        known = {*self.filterset_class.declared(), *self.controls}
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
