"""What a list of staff is: a table and its questions behind the staff door, and the columns chosen of it."""

from dataclasses import dataclass
from typing import ClassVar

from django.contrib import admin
from django.http import QueryDict
from django.utils.translation import gettext as _

from fengtai.lists.parameters import CONTROLS, CURSORS, SHOW
from fengtai.lists.questions import Question
from fengtai.lists.site import ListPage, site_lists
from fengtai.lists.staff_filters import staff_filterset
from fengtai.lists.staff_tables import staff_table

COLUMNS = "columns"  # the parameter that names them, with commas between
ALL = "all"


@dataclass
class StaffQuestion(Question):
    """A list of staff asked with the parameters of one address; `complete` wants every row, as an act upon all does."""

    complete: bool = False
    controls: ClassVar = tuple(name for name in CONTROLS if name != SHOW)
    most: ClassVar = 0.02
    long: ClassVar = (*CURSORS, COLUMNS)

    @property
    def is_whole(self):
        return self.complete or super().is_whole

    @property
    def shown_by(self):
        return [*super().shown_by, self.columns]

    def _is_headed_by_keys(self) -> bool:
        """Here the parameter names columns."""
        return False

    def _columns(self) -> tuple[str, ...]:
        """Those named in the address, after the row's name; a file holds the columns of the page."""
        known, asked = self.table.names(), self.params.get(COLUMNS, "")
        named = [*known] if asked == ALL else [name.strip() for name in asked.split(",") if name.strip()]
        unknown = [name for name in named if name not in known]
        if unknown:
            self._refuse(COLUMNS, _("This list has no column %(names)s.") % {"names": ", ".join(unknown)})
        if unknown or not named:
            return self.table.names(detail=False)
        return tuple(dict.fromkeys([known[0], *named]))


@dataclass(frozen=True)
class StaffList(ListPage):
    """`name` is that of its address; `detail` says nothing here."""

    detail: bool = True
    partials: ClassVar = "admin/listing/"

    def ask(self, params: QueryDict, *, complete: bool = False) -> StaffQuestion:
        """A text to look for may have been copied from a cell, with the blanks around it."""
        if "q" in params:
            params = params.copy()
            params.setlist("q", [" ".join(text.split()) for text in params.getlist("q")])
        return StaffQuestion(self.table, self.filterset, params, complete=complete)

    @property
    def file_title(self):
        return _("%(title)s_internal") % {"title": self.title}

    @property
    def notes(self):
        told = _("For staff only: holds what is not published, and internal remarks.")
        return [(_("Internal"), told)]


def address_of_list(model, **asked) -> str:
    """The list of a model in the admin, asked so: `address_of_list(Organisation, state="draft")`."""
    page = admin.site.get_model_admin(model).staff_list
    question = page.ask(QueryDict())
    return f"{page.address}{question.address(**asked)}" if asked else page.address


def shown_list(model) -> ListPage | None:
    """The list on the site that has the pages of a model's records."""
    return next((page for page in site_lists() if page.detail and page.table.model() is model), None)


def staff_list_of(model, names, questions, searched) -> StaffList:
    """Derived from its list on the site; `names` and `questions` are fields that staff see and ask beside it."""
    shown = shown_list(model)
    table = staff_table(model, shown.table if shown else None, tuple(names))
    filterset = staff_filterset(model, shown.filterset if shown else None, tuple(questions), tuple(searched))
    return StaffList(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", table, filterset)
