"""What goes back to the sender: the template of a list, and the sender's own file with its faults marked."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from fengtai.importing.planning.plans import REFUSED, Plan
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.own_headings import WRONG
from fengtai.importing.reading.row_fields import Computed, RowField
from fengtai.lists.site import ListPage, page_of
from fengtai.records.batches import ImportBatch, ImportRow
from fengtai.workbooks.returned import returned_workbook
from fengtai.workbooks.template import Template, TemplateColumn, template_workbook

KINDS = {"choice": "choice", "figure": "figure", "period": "period", "number": "number", "date": "date"}


def template_file(page: ListPage) -> bytes:
    """A list's template, described by what its import reads; the version is that of its headings and choices."""
    declared = list_import(page.table)
    fields = [field for field in declared.fields.values() if not isinstance(field, Computed)]
    columns = [column for field in fields for column in _columns(declared, field)]
    text = repr([(column.heading, column.choices, column.required) for column in columns])
    lines = [
        _("A blank cell leaves what is on file; %(word)s empties it.") % {"word": _("[erase]")},
        _("Figures and periods as the source prints them: 约3.5亿元, 2024年上半年."),
    ]
    template = Template(
        name=page.name,
        version=hashlib.sha256(text.encode()).hexdigest()[:8],
        title=page.title,
        columns=columns,
        lines=lines,
        label=_("template"),
        example=_("example"),
    )
    return template_workbook(template)


def _columns(declared: ListImport, field: RowField) -> Iterator[TemplateColumn]:
    """A field's own column, and those of its parts that clerks keep beside it."""
    required = field.name in declared.needs or field.attribute in {name for name, *_rest in declared.required}
    kind = "code" if getattr(field, "text_only", False) else KINDS.get(field.kind, "text")
    example = _example(declared, field)
    yield TemplateColumn(field.label, kind, _note(field), tuple(field.choices), required, example=example)
    for part in field.beside:
        yield TemplateColumn(declared.heading_of(field.name, part))


def _note(field: RowField) -> str:
    help_text = str(getattr(field.model_field, "help_text", "") or "")
    notes = {
        "reference": _("The name of a record on file."),
        "references": _("Names of records on file, between 、 or ；."),
        "texts": _("Several between ；."),
        "source": _("The title of a source on file, or its number in a sheet of sources."),
    }
    return " ".join(filter(None, (notes.get(field.kind, ""), help_text)))


def _example(declared: ListImport, field: RowField):
    """An invented row that says so."""
    if field.choices:
        return field.choices[0]
    if field.name in declared.needs:
        return _("Example: %(label)s") % {"label": field.label}
    return {"figure": "约3.5亿元", "period": "2024年上半年"}.get(field.kind) if field.name != "growth" else "增长6.5%"


def returned_file(batch: ImportBatch, *, only_faulty: bool = False) -> bytes:
    """The batch's file with every problem marked where it is; `only_faulty`: the rows that are refused, alone.

    It names the batch, so that what comes back is known to continue it.
    """
    declared = list_import(page_of(batch.list_name).table)
    rows = [Told(*values) for values in batch.rows.values_list("part", "sheet", "number", "outcome", "problems")]
    options = {"only_faulty": only_faulty, "batch": str(batch.uuid), "layouts": batch.notes.get("layouts", ())}
    return _returned(batch.file.path, declared, rows, batch.notes.get("problems", []), **options)


def returned(path, declared: ListImport, plan: Plan, *, only_faulty: bool = False) -> bytes:
    """A file that is in no batch, marked by its plan."""
    parts = {ImportRow.Part.SOURCES: plan.sources, ImportRow.Part.TOTALS: plan.totals, ImportRow.Part.ROWS: plan.rows}
    rows = [
        Told(part, row.sheet, row.number, row.outcome, [problem.as_json() for problem in row.problems])
        for part, rows in parts.items()
        for row in rows
    ]
    problems = [problem.as_json() for problem in plan.problems]
    return _returned(path, declared, rows, problems, only_faulty=only_faulty, layouts=plan.layouts)


class Told(NamedTuple):
    """What was said of a row."""

    part: str
    sheet: str
    number: int
    outcome: str
    problems: list[dict]


def _returned(
    path, declared: ListImport, rows: list[Told], problems: list[dict], *, only_faulty: bool, batch="", layouts=()
) -> bytes:
    """Of a sheet of sources every row stays: rows that go back may name it by its number.

    So it does of a table across: what a row is of, the rows above it say.
    """
    book, across = read_file(path, declared), {layout["sheet"] for layout in layouts}
    also: dict[str, list[int]] = {row.sheet: [] for row in rows}
    for sheet in [sheet for sheet in book.sheets if sheet.name in across]:
        also.setdefault(sheet.name, []).extend([row.number for row in sheet.rows] + [row.row for row in sheet.skipped])
    for row in rows:
        if row.part == ImportRow.Part.SOURCES:
            also[row.sheet].append(row.number)
    told = [row for row in rows if row.outcome == REFUSED or not only_faulty]
    of_rows = {(row.sheet, row.number) for row in told}
    kept = [p for p in problems if not (only_faulty and p["row"]) or (p["sheet"], p["row"]) in of_rows]
    placed = [p for p in (*kept, *(p for row in told for p in row.problems)) if p["sheet"]]
    options = {"only_faulty": only_faulty, "also": also, "batch": batch}
    return returned_workbook(path, book, placed, heading=_(WRONG), **options)
