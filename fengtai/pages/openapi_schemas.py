"""What the API description says of parameters and rows: of each question what may be asked, of each column its JSON."""

from functools import singledispatch

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.downloads.exporting import FORMATS
from fengtai.downloads.sheet_rows import RECORD_URL
from fengtai.lists import paging
from fengtai.lists.amounts import EXAMPLE
from fengtai.lists.choices import UNSTATED
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.ordering import LONGEST_CURSOR
from fengtai.lists.paragraph_filter import LAST, ParagraphFilter
from fengtai.lists.parameters import CONTROLS, CURSORS, KEYS
from fengtai.lists.site import ListPage
from fengtai.lists.value_filters import LONGEST, LeastFilter, PeriodFilter
from fengtai.values.figures import Bound
from fengtai.values.periods import Kind

TEXT = {"type": "string", "maxLength": LONGEST}
CURSOR = {"type": "string", "maxLength": LONGEST_CURSOR}
LARGEST_KEY = 2**63 - 1
OPTIONAL = {"type": ["string", "null"]}
DAY = {**OPTIONAL, "format": "date"}
AS_WORDED = _(
    "What the source's words say: `exact` where none such as “about” stands beside the figure, rounded or not."
)
CONTROL_NOTES = {
    "sort": _("The column to sort by; a leading minus turns the order round."),
    "show": _("Names of columns, with commas between; the row's name always comes first. A file without it holds all."),
    "format": _("The form of the answer; without it, the page for people. A file holds the rows of all pages."),
    "page": _("The number of a page; files have none."),
    "per_page": _("Rows of a page; files hold all."),
    "after": _("The row after which a page begins, as the link to the next page names it."),
    "columns": _("With `keys`, a CSV heads its columns with stable keys, which no language and no rewording changes."),
    "before": _("The row before which a page ends, as the link to the previous page names it."),
}


def _object(**properties) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


COMPONENTS = {
    "Figure": _object(
        printed={"type": "string"},
        value={"type": ["number", "null"], "description": _("In the base unit; known as finely as it is printed.")},
        unit=OPTIONAL,
        bound={"enum": [str(bound) for bound in Bound], "description": AS_WORDED},
    ),
    "Period": _object(printed={"type": "string"}, kind={"enum": [str(kind) for kind in Kind]}, start=DAY, end=DAY),
    "Record": _object(id={"type": "integer"}, name={"type": "string"}),
    "LinkedRecord": _object(id={"type": "integer"}, name={"type": "string"}, record_url=OPTIONAL),
    "Citation": _object(
        source={"type": "integer"},
        title={"type": "string"},
        paragraph={"type": ["integer", "null"]},
        words={"type": "string"},
        field={"type": "string"},
    ),
    "Errors": _object(errors={"type": "object", "additionalProperties": {"type": "string"}}),
}


def parameters(page: ListPage) -> list[dict]:
    """The questions of a list, and what is asked of every list."""
    asked = page.filterset.declared().items()
    questions = [_parameter(name, str(question.label), filter_schema(question)) for name, question in asked]
    return [*questions, *_controls(page)]


def _controls(page: ListPage) -> list[dict]:
    sortable = page.table.sortable()
    schemas = {
        "sort": {"type": "string", "enum": [*sortable, *(f"-{name}" for name in sortable)]},
        "format": {"type": "string", "enum": list(FORMATS)},
        "show": {**TEXT, "examples": [",".join(page.table.names()[:3])]},
        "page": {"type": "integer", "minimum": 1, "maximum": 10**9 - 1},
        "per_page": {"type": "integer", "enum": list(paging.PAGE_SIZES)},
        "columns": {"type": "string", "enum": [KEYS]},
        **dict.fromkeys(CURSORS, CURSOR),
    }
    return [_parameter(name, str(CONTROL_NOTES[name]), schemas[name]) for name in CONTROLS]


def _parameter(name: str, note: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "required": False, "description": note, "schema": schema}


@singledispatch
def filter_schema(question) -> dict:
    """What may be asked; `question` is a filter of a list."""
    return TEXT


@filter_schema.register
def _choice(question: django_filters.ChoiceFilter) -> dict:
    codes = [str(code) for code, _label in question.extra["choices"]]
    return {"type": "string", "enum": [*codes, *_unstated(question)]}


@filter_schema.register
def _record(question: RecordFilter) -> dict:
    if "to_field_name" in question.extra:
        return TEXT
    key = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
    return {"anyOf": [key, {"const": UNSTATED}]} if _unstated(question) else key


@filter_schema.register
def _amount(question: LeastFilter) -> dict:
    return {**TEXT, "examples": ["1000", "1,000", EXAMPLE, "5000万元以上"]}


@filter_schema.register
def _paragraph(question: ParagraphFilter) -> dict:
    return {"type": "integer", "minimum": 1, "maximum": LAST}


@filter_schema.register
def _date(question: django_filters.DateFilter) -> dict:
    return {"type": "string", "format": "date"}


@filter_schema.register
def _period(question: PeriodFilter) -> dict:
    return {**TEXT, "examples": ["2023", "2024年上半年", "2024-04-23"]}


def _unstated(question) -> list[str]:
    return [UNSTATED] if question.extra.get("null_label") else []


def row_schema(page: ListPage) -> dict:
    columns = page.table.declared()
    properties = {name: _titled(page, name, column) for name, column in columns.items()}
    own = {
        "id": {"type": "integer", "title": gettext("identifier")},
        RECORD_URL: {**OPTIONAL, "title": gettext("platform address")},
    }
    return {"type": "object", "required": [*own], "properties": {**own, **properties}}


def _titled(page: ListPage, name: str, column) -> dict:
    return {"title": page.table.label(name), **column.schema(page.table.model(), name)}
