"""Reads a workbook into a list: shows what would become of it, and with --commit takes it whole or not at all."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from fengtai.importing.planning.faults import NO_DATABASE, problem_of, tell
from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import OUTCOMES, Plan
from fengtai.importing.reading.answers import ALL, CREATE, LEAVE, Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.headings import folded
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.reading.questions import SET
from fengtai.importing.taking.handing_back import returned
from fengtai.importing.taking.steps import commit, keep_preview, known_files, receive
from fengtai.importing.taking.theirs import refuse_what_is_not_theirs
from fengtai.importing.taking.waiting import part, records_waiting, rows_waiting, waiting_in_words
from fengtai.lists.site import page_of, site_lists
from fengtai.records.batches import ImportBatch
from fengtai.review.pending import PendingChange
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

DONE, REFUSED, UNREADABLE = 0, 1, 2
DECISIONS = (  # options that may be given more than once
    ("--sheet", "SHEET", "this sheet; otherwise every one that fits"),
    ("--map", "HEADING=COLUMN", "what a column is"),
    ("--ignore", "HEADING", "leave a column out"),
    ("--create", "KIND[=NAME]", "make what is not on file; all: every kind"),
    ("--use", "KIND=NAME=EXISTING", "take an existing record for a name"),
    ("--leave", "KIND=NAME", "leave a name out"),
    ("--same", "NAME=NUMBER", "a near match is the same"),
    ("--set", "COLUMN=TEXT", "what the whole file states once: scope, period, unit, kind, source"),
    ("--decide", "TOPIC:KEY=ANSWER", "the answer to a question of the report"),
)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("list", metavar="LIST", help=", ".join(page.name for page in site_lists()))
        parser.add_argument("file", metavar="FILE", help="an .xlsx or .csv file")
        parser.add_argument("--commit", action="store_true", help="write it, if no row is refused")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
        parser.add_argument("--returned", metavar="OUT.xlsx", help="write the file back with its faulty cells marked")
        parser.add_argument("--user", "--by", dest="by", metavar="NAME", help="who brings it, and may write it")
        parser.add_argument("--submit", action="store_true", help="submit the changes of published records for review")
        for option, metavar, text in DECISIONS:
            kind = _with_parts(metavar)
            parser.add_argument(option, action="append", default=[], type=kind, metavar=metavar, help=text)

    def handle(self, **options):
        try:
            self._import(options)
        except NO_DATABASE as error:
            self._end(options, _failure("database", reason=str(error).partition("\n")[0]), UNREADABLE)

    def _import(self, options):
        page, path = page_of(options["list"]), Path(options["file"])
        if page is None:
            known = ", ".join(each.name for each in site_lists())
            self._end(options, _failure("unknown_list", name=options["list"], known=known), UNREADABLE)
        if options["by"] and not get_user_model().objects.filter(username=options["by"]).exists():
            self._end(options, _failure("unknown_user", name=options["by"]), UNREADABLE)
        declared = list_import(page.table)
        workbook, found = self._planned(path, declared, options)
        earlier = known_files(page.name, workbook.sha256)
        known = {"sha256": workbook.sha256, "known_file": list(earlier.values_list("pk", flat=True))}
        result = {"list": page.name, **known, **report(found)}
        if options["returned"]:
            self._hand_back(options, path, declared, result["problems"] + result["warnings"])
        refused = found.refused
        if options["commit"] and not refused:
            batch = self._keep(page, path, declared, found, options)
            del found, workbook  # planned anew when it is written: two plans at once are too large
            result |= self._commit(batch, submit=options["submit"])
            refused = batch.state != ImportBatch.State.COMMITTED
        self._end(options, result, REFUSED if refused else DONE)

    def _planned(self, path: Path, declared: ListImport, options):
        """The file as it was read, and what it would do."""
        try:
            workbook = read_file(path, declared)
            found = plan(declared, workbook, answers_of(options, declared))
            part(found)
            refuse_what_is_not_theirs(found, _user(options))
            return workbook, found
        except WorkbookError as error:
            return self._end(options, _nothing(Problem(error.code, explain(error))), UNREADABLE)
        except OSError as error:
            return self._end(options, _failure("no_file", reason=error.strerror or str(error)), UNREADABLE)
        except NO_DATABASE:
            raise
        except Exception as error:
            tell(str(path), error)
            return self._end(options, _nothing(problem_of(error)), UNREADABLE)

    def _hand_back(self, options, path: Path, declared: ListImport, problems: list[dict]):
        try:
            Path(options["returned"]).write_bytes(returned(path, declared, problems))
        except OSError as error:
            self._end(options, _failure("not_returned", reason=error.strerror or str(error)), UNREADABLE)

    def _keep(self, page, path: Path, declared: ListImport, found: Plan, options) -> ImportBatch:
        with path.open("rb") as file:
            batch = receive(page, File(file, path.name), by=_user(options), answers=answers_of(options, declared))
        keep_preview(batch, found)
        return batch

    def _commit(self, batch: ImportBatch, *, submit: bool) -> dict:
        commit(batch, by=batch.by, submit=submit)  # without a user all drafts may be written, as by who runs commands
        batch.refresh_from_db()
        taken = batch.state == ImportBatch.State.COMMITTED
        author = batch.by.get_username() if batch.by else None
        pending = {"changes": batch.pending.count(), "author": author, "submitted": submit}
        problems = [] if taken else batch.notes["problems"]
        return {"batch": batch.pk, "state": batch.state, "problems": problems, "pending": pending}

    def _end(self, options, result: dict, status: int):
        text = json.dumps(result, ensure_ascii=False) if options["json"] else _table(result)
        self.stdout.write(text)
        self.stdout.flush()
        sys.exit(status)


def _user(options):
    return get_user_model().objects.get(username=options["by"]) if options["by"] else None


def _with_parts(metavar: str):
    """The type of an option that must hold as many "=" as its metavar has outside of brackets."""

    def checked(text: str) -> str:
        if text.count("=") < metavar.partition("[")[0].count("="):
            raise ArgumentTypeError(_("“%(text)s” lacks an “=”.") % {"text": text})
        return text

    return checked


def answers_of(options, declared: ListImport) -> Answers:
    columns = {heading: _column(where, declared) for heading, where in (text.split("=", 1) for text in options["map"])}
    columns |= dict.fromkeys(options["ignore"], "")
    references: dict[str, dict] = {}
    for answer, texts in ((CREATE, options["create"]), (LEAVE, options["leave"])):
        for kind, _equals, name in (text.partition("=") for text in texts):
            references.setdefault(ALL if kind == "all" else kind, {})[name or ALL] = answer
    for kind, name, existing in (text.split("=", 2) for text in options["use"]):
        references.setdefault(kind, {})[name] = int(existing) if existing.isdecimal() else f"={existing}"
    same = dict(text.rsplit("=", 1) for text in options["same"])
    decided: dict[str, dict] = {}
    for question, answer in (text.rsplit("=", 1) for text in (*options["decide"], *_constants(options["set"]))):
        topic, _colon, key = question.partition(":")
        decided.setdefault(topic, {})[key] = answer
    data = {"columns": columns, "references": references, "same": same, "sheets": options["sheet"], "decided": decided}
    return Answers.from_json(data)


def _constants(texts: list[str]) -> list[str]:
    return [f"{SET}:{text}" for text in texts]


def _column(where: str, declared: ListImport) -> str:
    """A column by its name in the list or by a heading that the list knows."""
    known = declared.headings.get(folded(where))
    return ".".join(filter(None, known)) if known and where.partition(".")[0] not in declared.fields else where


def report(found: Plan) -> dict:
    problems = found.all_problems()
    return {
        **found.counts(),
        "skipped": [asdict(row) for row in found.skipped],
        "problems": [problem.as_json() for problem in problems if problem.is_error],
        "warnings": [problem.as_json() for problem in problems if not problem.is_error],
        "missing": [asdict(missing) for missing in found.missing],
        "layouts": found.layouts,
        "questions": [question.as_json() for question in found.questions],
        "sources": {name: sum(row.outcome == name for row in found.sources) for name in OUTCOMES},
        "waiting_records": records_waiting(found),
        "waiting_rows": rows_waiting(found),
    }


def _failure(code: str, **details) -> dict:
    return _nothing(Problem(code, sentence(code, **details)))


def _nothing(problem: Problem) -> dict:
    """The report of a file that was not read."""
    return report(Plan(problems=[problem]))


def _waiting(result: dict) -> Iterator[str]:
    """What becomes of published records: nothing before a second person releases it."""
    yield waiting_in_words(result)
    pending = result.get("pending")
    if pending and pending["changes"]:
        author = _("author: %(name)s") % {"name": pending["author"] or _("nobody was named (--user)")}
        state = PendingChange.State.SUBMITTED if pending["submitted"] else PendingChange.State.DRAFT
        yield f"{PendingChange._meta.verbose_name_plural} {pending['changes']}: {state.label}; {author}"


def _table(result: dict) -> str:
    """For people: the counts, then what is wrong and where."""
    counts = "  ".join(f"{name} {result[name]}" for name in ("read", *OUTCOMES))
    lines = [
        counts,
        *_waiting(result),
        *(f"{layout['sheet']}: {layout['text']}" for layout in result["layouts"]),
        *(f"{row['kind']}: {row['sheet']} {row['row']} {row['text']}" for row in result["skipped"]),
    ]
    for row in (*result["problems"], *result["warnings"]):
        position = " ".join(filter(None, (row["sheet"], str(row["row"] or ""), row["column"], row["heading"])))
        lines.append(f"{row['severity']}: {position}: {row['message']}")
    for missing in result["missing"]:
        near = "、".join(name for _key, name in missing["near"])
        lines.append(_("not on file: %(kind)s %(text)s") % missing + (f" ({near}?)" if near else ""))
    return "\n".join(lines)
