"""What a reader asks of a list in the address: every parameter read, each mistake named beside it, nothing guessed."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from fengtai.caching.reading import Reading, reading
from fengtai.caching.store import remembered
from fengtai.lists import paging
from fengtai.lists.bits import keys_of
from fengtai.lists.combined import Left, left_by
from fengtai.lists.known_counts import Known
from fengtai.lists.ordering import CursorError, Order
from fengtai.lists.paging import Window, window_of
from fengtai.lists.parameters import CURSORS, FORMATS, Parameters

POSITIONS = ("page", *CURSORS)  # where in the list; at most one of them
NOTHING = (None, "", [""])


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the list without it."""

    label: str
    value: str
    without: str


@dataclass
class Question(Parameters):
    """One list asked with the parameters of one address; `errors` holds what is wrong, by parameter."""

    table: type
    filterset_class: type
    params: QueryDict
    errors: dict[str, list[str]] = field(default_factory=dict)
    most: ClassVar[float | None] = 0.02  # seconds that an answer spends on counting choices

    def __post_init__(self):
        self.reading = Reading(question=True)
        with reading(self.reading):
            self._read_parameters()

    def _read_parameters(self):
        self._check_names()
        self.answers = self._answers()
        for name, answer in self.filterset_class.usual.items():
            self.answers[name] = self.answers.get(name) or answer
        self.columns = self._columns()
        self.filterset = self.filterset_class(self.answers, queryset=self.table.seen_rows())
        self.filterset.bounded = not self.is_whole
        for name, problems in self.filterset.errors.items():
            self._refuse(name, *problems)
        self.format = self._one_of("format", FORMATS) or ""
        self.headed_by_keys = self._is_headed_by_keys()
        self.per_page = int(self._one_of("per_page", [str(size) for size in paging.PAGE_SIZES]) or paging.PAGE_SIZES[0])
        self.sort = self._one_of("sort", [*self.table.sortable(), *(f"-{n}" for n in self.table.sortable())]) or ""
        self.page = self._page_number()
        if len([name for name in POSITIONS if self.params.get(name)]) > 1:
            self._refuse("page", _("Ask for a page, or for what follows or precedes a row, not for several at once."))

    @property
    def counted(self) -> int:
        """How far rows are counted."""
        return paging.COUNTED

    @property
    def is_whole(self) -> bool:
        """Whether all rows are wanted and not a page of them."""
        return bool(self.params.get("format"))

    @cached_property
    def order(self) -> Order:
        paths = self.table.sortable()[self.sort.removeprefix("-")] if self.sort else self.filterset.order
        return self.table.order(paths, descending=self.sort.startswith("-"))

    @property
    def answer(self) -> frozenset[int] | None:
        """The keys of all rows that answer, looked up once for each write; None where they are many."""
        if self.exact_count is None:
            return self._found[0]
        return self._keys_left

    @cached_property
    def _keys_left(self) -> frozenset[int] | None:
        return frozenset(keys_of(self.left.bits)) if self.exact_count < paging.FEW else None

    @cached_property
    def _found(self) -> tuple[frozenset[int] | None, int]:
        """These keys, and how many rows there are: both from one statement."""
        if self.errors:
            return frozenset(), 0
        with reading(self.reading):
            return remembered(f"answer:{self._asked}", self._look_up)

    def _look_up(self) -> tuple[frozenset[int] | None, int]:
        beyond, rows, left = self.counted + 1, self.table.seen_rows(), left_by(self.table, self.filterset)
        keys = frozenset(keys_of(left.bits)) if left else self.filterset.keys(rows, most=max(beyond, paging.FEW))
        count = min(len(keys), beyond)
        if self.filterset.looked_for and len(keys) > paging.NUMBERED:  # a page shows the first of them alone
            count = self.filterset.counted(rows, beyond)
        return keys if len(keys) < paging.FEW else None, count

    @cached_property
    def left(self) -> Left | None:
        """The rows that answer, as far as they are kept as bits."""
        if self.errors:
            return None
        with reading(self.reading):
            return left_by(self.table, self.filterset)

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

    @property
    def count(self) -> int:
        """How many rows there are, counted no further than one beyond `counted`."""
        if self.exact_count is None:
            return self._found[1]
        return min(self.exact_count, self.counted + 1)

    @property
    def shows_first(self) -> bool:
        """Whether the page leads to the first of the rows alone: of words that very many hold. Files hold them all."""
        if self.errors or not self.active.get("q"):
            return False
        return self.answer is None or self.count > len(self.answer)

    @cached_property
    def exact_count(self) -> int | None:
        """How many rows there are, however many; None where that is not known."""
        return self.left.bits.bit_count() if self.left is not None and self.left.is_complete else None

    @property
    def count_label(self) -> str:
        return paging.count_label(self.count, self.counted)

    @cached_property
    def window(self) -> Window:
        """The rows of the page asked for; a page or cursor that leads nowhere is refused like any other mistake."""
        if not self.errors and not any(self.place[1:]):
            self._refuse_page_without_rows()
        if self.errors:
            return Window([], "", "")
        asked = [self.table.kept_as(), self.active, self.sort, self.per_page, *self.place]
        name = json.dumps(asked, ensure_ascii=False)
        try:
            with reading(self.reading):
                return remembered(f"window:{name}", lambda: window_of(self))
        except CursorError:
            self._refuse("after" if self.params.get("after") else "before", _("This list gave out no such place."))
        return Window([], "", "")

    @property
    def place(self) -> list[str]:
        """Where in the list, as asked."""
        return [self.params.get(name, "") for name in POSITIONS]

    @property
    def last_page(self) -> int:
        """The last page that has a number."""
        return max(1, -(-min(self.count, paging.NUMBERED) // self.per_page))

    def _refuse_page_without_rows(self):
        if self.page == 1 or self.page <= self.last_page:
            return
        if self.count > paging.NUMBERED:
            said = _("Pages are numbered to %(last)d; go on from there, or back from the end of the list.")
        else:
            said = _("There is no page %(page)d; the last one is %(last)d.")
        self._refuse("page", said % {"page": self.page, "last": self.last_page})

    @property
    def shown_by(self) -> list:
        """What is asked beside the filters that the surroundings of the rows depend on."""
        return [self.sort, self.params.get("per_page"), self.columns]

    @cached_property
    def active(self) -> dict[str, str]:
        """The filters in use, as typed; what a list answers unasked is none."""
        answers, usual = self.params, self.filterset_class.usual
        names = [name for name in self.filterset_class.declared() if answers.get(name, "") not in ("", usual.get(name))]
        return {name: answers[name] for name in names}

    @property
    def understood(self) -> dict[str, str]:
        """The filters in use, and what the list answers unasked."""
        return {**self.filterset_class.usual, **self.active}

    @property
    def told(self) -> str:
        return "" if self.errors else self.filterset.told

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
    def known(self) -> Known:
        """How many rows each choice leaves, as far as it is known."""
        return Known(self._asked, self.most, None if self.table.staff else self.table)

    @cached_property
    def offered(self):
        """The same answers in the form that offers all questions, whether or not they are asked."""
        return self.filterset_class(self.answers, queryset=self.table.seen_rows(), offered=True)

    def _label(self, name: str) -> str:
        return str(self.filterset.form.fields[name].label)
