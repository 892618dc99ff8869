"""What the heading of a section says of its rows (产业类, 链长单位): asked, filled in only on a person's word."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fengtai.importing.reading.cells import is_blank
from fengtai.importing.reading.headings import DATA, VIRTUAL, FileColumn
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.row_questions import LEAVE, RECORD
from fengtai.importing.reading.totals import bare_section
from fengtai.workbooks.data import WITHIN

SECTION = "section"  # the topic; the key is the words of the section's heading
BEYOND = VIRTUAL + 1_000  # columns that no sheet has
ENDINGS = ("类项目", "类企业", "类单位", "项目", "企业", "单位", "类")
MOST = 500  # rows of a name alone among which sections are looked for
NAMED = ("reference", "references")


@dataclass(slots=True)
class _Section:
    words: str
    heading: object = None  # the row, where it may as well be a record of which nothing but the name is known
    rows: list = field(default_factory=list)


def offer(planner, sheet) -> None:
    """Asks of each section whether its words are what a column of its rows leaves open; fills in what was answered."""
    for section in (*_sections(planner, sheet), *_lone_names(planner, sheet)):
        fits = dict(_fields(planner, sheet, section.words))
        if section.heading is None:
            fits = {name: word for name, word in fits.items() if _open(sheet, name, section.rows)}
        if not fits or not section.rows:
            continue
        question = _question(sheet, section, fits)
        answer = planner.asked.ask(question)
        if section.heading is not None and answer != RECORD:
            sheet.headed[section.heading.number] = "" if answer else question.text
        if answer in fits:
            _fill(sheet, answer, fits[answer], section.rows)


def _sections(planner, sheet) -> list[_Section]:
    found: dict[str, _Section] = {}
    parts: dict[str, list[str]] = {}  # the same sections hold for many rows
    for row in sheet.sheet.rows if any(row.section for row in sheet.sheet.rows) else ():
        if row.section not in parts:
            parts[row.section] = list(filter(None, map(bare_section, row.section.split(WITHIN))))
        if parts[row.section] and row.number not in sheet.totals and sheet.filled(row):
            for words in parts[row.section]:
                found.setdefault(words, _Section(words)).rows.append(row)
    if found:
        _prepare(planner, sheet, found)
    return list(found.values())


def _lone_names(planner, sheet) -> list[_Section]:
    """Rows of a name alone that is a word for a kind, an industry, a level, with the rows down to the next of them."""
    names = {row.number: bare_section(sheet.name_of(row)) for row in sheet.sheet.rows if len(row.cells) == 1}
    if not names or len(names) > min(MOST, len(sheet.sheet.rows) / 2):
        return []  # a list of names
    _prepare(planner, sheet, names.values())
    found: list[_Section] = []
    for row in sheet.sheet.rows:
        name = names.get(row.number, "")
        if name and any(_fields(planner, sheet, name)):
            found.append(_Section(name, row))
        elif found and row.number not in sheet.totals and sheet.filled(row):
            found[-1].rows.append(row)
    return found


def _prepare(planner, sheet, names: Iterable[str]) -> None:
    """Looks all names up together."""
    forms = [form for name in names for form in _forms(name)]
    targets = {one.target for one in sheet.declared.fields.values() if one.kind in NAMED and one.target is not None}
    for target in targets - {sheet.declared.model}:
        planner.resolver.book(target).prepare(forms)


def _fields(planner, sheet, words: str):
    """Fields of the list that know a section's words, each with the form of them that it knows."""
    for name, one in sheet.declared.fields.items():
        for form in _forms(words):
            known = (
                one.kind in NAMED
                and one.target not in (None, sheet.declared.model)
                and planner.resolver.knows(one.target, form)
            )
            if known or one.understands(form):
                yield name, form
                break


def _forms(words: str) -> list[str]:
    stem = next((words.removesuffix(ending) for ending in ENDINGS if words.endswith(ending)), words)
    return list(dict.fromkeys(filter(None, (words, stem, f"{stem}项目", f"{stem}企业", f"{stem}单位"))))


def _open(sheet, name: str, rows: list) -> bool:
    """Whether some of the rows say nothing of the field."""
    columns = [column for column in sheet.by_field.get(name, ()) if not column.part]
    return any(all(is_blank(row.cells.get(column.number)) for column in columns) for row in rows)


def _question(sheet, section: _Section, fits: dict[str, str]) -> Question:
    text = _("“%(section)s” heads %(rows)d rows: what does it say of those that leave it open?") % {
        "section": section.words,
        "rows": len(section.rows),
    }
    choices = [(name, f"{sheet.declared.fields[name].label}: {word}") for name, word in fits.items()]
    choices.append((LEAVE, _("nothing")))
    is_open = section.heading is not None
    if is_open:
        choices.append((RECORD, _("it is a record itself")))
    offered = next(iter(fits)) if len(fits) == 1 else ""
    first = (section.heading or section.rows[0]).number
    return Question(SECTION, section.words, text, choices, offered, required=is_open, sheet=sheet.name, row=first)


def _fill(sheet, name: str, word: str, rows: list) -> None:
    column = next((column for column in sheet.by_field.get(name, ()) if not column.part), None)
    if column is None:
        label = sheet.declared.fields[name].label
        column = FileColumn(sheet.name, BEYOND + len(sheet.data), label, use=DATA, field=name, is_constant=True)
        sheet.by_field[name].append(column)
        sheet.data.append(column)
    for row in rows:
        if is_blank(row.cells.get(column.number)):
            row.cells[column.number] = word
