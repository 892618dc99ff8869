"""The parameters of an address that are no filters, read one by one: a mistake is named beside its parameter."""

from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fengtai.lists.ordering import LONGEST_CURSOR
from fengtai.lists.value_filters import LONGEST, unreadable

CURSORS = ("after", "before")
FORMATS = ("xlsx", "csv", "json", "jsonl")  # what a list can be asked for beside its page; downloads/ writes them
SHOW = "show"  # names the columns, with commas between
KEYS = "keys"  # asked of the columns of a CSV: stable keys as headings, in place of words
CONTROLS = ("sort", "page", "after", "before", "per_page", SHOW, "format", "columns")


class Parameters:
    """What a question reads of its address before the filters do; `errors` holds what is wrong, by parameter."""

    table: type
    filterset_class: type
    params: QueryDict
    errors: dict[str, list[str]]
    controls: ClassVar[tuple[str, ...]] = CONTROLS  # parameters beside the filters
    long: ClassVar[tuple[str, ...]] = (*CURSORS, SHOW)  # those that may be long

    def _columns(self) -> tuple[str, ...]:
        """Those named in the address, after the row's name and in the order of the list; else a page shows fewer than
        a file.
        """
        known, asked = self.table.names(), [*filter(None, self.params.get(SHOW, "").split(","))]
        if unknown := [name for name in asked if name not in known]:
            self._refuse(SHOW, _("This list has no column %(names)s.") % {"names": ", ".join(unknown)})
        if unknown or not asked:
            return self.table.names(detail=self.is_whole)
        return tuple(name for name in known if name in asked or name == known[0])

    def _is_headed_by_keys(self) -> bool:
        """Whether a CSV names its columns for programs."""
        asked = self._one_of("columns", (KEYS,))
        if asked and self.format != "csv":
            self._refuse("columns", _("Only of a file in CSV: ask for format=csv with it."))
        return bool(asked)

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
