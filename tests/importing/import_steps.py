"""Workbooks as offices send them, taken through the import by tests: `plan_of("organisations", rows)`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.management import call_command
from openpyxl import Workbook

from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import Plan
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import list_import
from fengtai.importing.taking.steps import preview, receive
from fengtai.lists.site import page_of

CREATE_ALL = {"references": {"*": {"*": "create"}}}


def saved(path: Path, *sheets: tuple[str, list[list]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def planned(name: str, path: Path, **answers) -> Plan:
    declared = list_import(page_of(name).table)
    return plan(declared, read_file(path, declared), Answers.from_json(answers))


def asked_about(found: Plan) -> list:
    """The questions, without the offer to leave out a row that is refused."""
    return [one for one in found.questions if one.required or one.topic != "row"]


def received(name: str, path: Path, **answers):
    """A batch with its preview."""
    with path.open("rb") as file:
        batch = receive(page_of(name), File(file, path.name), answers=Answers.from_json(answers))
    preview(batch)
    return batch


def outcomes(found: Plan) -> list[str]:
    return [row.outcome for row in found.rows]


def codes(found: Plan) -> list[tuple[int, str]]:
    """Row and code of every problem and warning."""
    return [(problem.row, problem.code) for problem in found.all_problems()]


def said(found: Plan) -> list[str]:
    return [f"{problem.row} {problem.heading}: {problem.message}" for problem in found.all_problems()]


def run(*arguments) -> tuple[int, dict]:
    """What the command ends with and what it says."""
    output = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_workbook", *map(str, arguments), "--json", stdout=output)
    return ended.value.code, json.loads(output.getvalue())
