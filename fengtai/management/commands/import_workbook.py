"""Reads a workbook into a list: shows what would become of it, and takes it with --commit.

It is taken whole or not at all; with --good-rows all but the refused rows are.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management.base import BaseCommand

from fengtai.importing.planning.faults import NO_DATABASE, problem_of, tell
from fengtai.importing.planning.good_rows import blocked, settle
from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import Plan
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.taking.continuing import continued, plan_continued
from fengtai.importing.taking.handing_back import returned, returned_file
from fengtai.importing.taking.steps import commit, keep_preview, known_files, receive
from fengtai.importing.taking.theirs import refuse_what_is_not_theirs
from fengtai.importing.taking.waiting import part
from fengtai.lists.site import imported_page, site_lists
from fengtai.management.import_options import add_decisions, answers_of
from fengtai.management.import_report import report, table
from fengtai.records.batches import ImportBatch
from fengtai.workbooks.data import WorkbookData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

DONE, REFUSED, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("list", metavar="LIST", help=", ".join(_names()))
        parser.add_argument("file", metavar="FILE", help="an .xlsx or .csv file")
        parser.add_argument("--commit", action="store_true", help="write it, if no row is refused")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
        parser.add_argument("--good-rows", action="store_true", help="take the rows that are good; the rest goes back")
        parser.add_argument("--returned", metavar="OUT.xlsx", help="write the file back with its faulty cells marked")
        parser.add_argument("--user", "--by", dest="by", metavar="NAME", help="who brings it, and may write it")
        parser.add_argument("--submit", action="store_true", help="submit the changes of published records for review")
        add_decisions(parser)

    def handle(self, **options):
        try:
            self._import(options)
        except NO_DATABASE as error:
            self._end(options, _failure("database", reason=str(error).partition("\n")[0]), UNREADABLE)

    def _import(self, options):
        page, path = imported_page(options["list"]), Path(options["file"])
        if page is None:
            known = ", ".join(_names())
            self._end(options, _failure("unknown_list", name=options["list"], known=known), UNREADABLE)
        options["list"] = page.name
        if options["by"] and not get_user_model().objects.filter(username=options["by"]).exists():
            self._end(options, _failure("unknown_user", name=options["by"]), UNREADABLE)
        declared = list_import(page.table)
        workbook, found = self._planned(path, declared, options)
        earlier = known_files(page.name, workbook.sha256)
        known = {"sha256": workbook.sha256, "known_file": list(earlier.values_list("pk", flat=True))}
        result = {"list": page.name, **known, **report(found), "continues": self.first and self.first.pk}
        refused = blocked(found) if options["good_rows"] else found.refused
        if options["returned"]:
            content = partial(returned, path, declared, found, only_faulty=options["good_rows"])
            self._hand_back(options, content)
        if options["commit"] and not refused:
            batch = self._keep(page, path, found, options)
            del found, workbook  # planned anew when it is written: two plans at once are too large
            result |= self._commit(batch, options)
            refused = batch.state != ImportBatch.State.COMMITTED
            if options["returned"] and not refused:
                self._hand_back(options, partial(returned_file, batch, only_faulty=options["good_rows"]))
        self._end(options, result, REFUSED if refused else DONE)

    def _planned(self, path: Path, declared: ListImport, options):
        """The file as it was read, and what it would do."""
        try:
            workbook = read_file(path, declared)
            return workbook, self._plan(declared, workbook, options)
        except WorkbookError as error:
            return self._end(options, _nothing(Problem(error.code, explain(error))), UNREADABLE)
        except OSError as error:
            return self._end(options, _failure("no_file", reason=error.strerror or str(error)), UNREADABLE)
        except NO_DATABASE:
            raise
        except Exception as error:
            tell(str(path), error)
            return self._end(options, _nothing(problem_of(error)), UNREADABLE)

    def _plan(self, declared: ListImport, workbook: WorkbookData, options) -> Plan:
        user = _user(options)
        self.answers, self.first = answers_of(options, declared), continued(workbook, options["list"], user)
        if self.first is None:
            found = plan(declared, workbook, self.answers)
        else:
            found, self.answers = plan_continued(declared, workbook, self.answers, self.first)
        part(found)
        refuse_what_is_not_theirs(found, user)
        settle(found)
        return found

    def _hand_back(self, options, content: Callable[[], bytes]):
        try:
            Path(options["returned"]).write_bytes(content())
        except OSError as error:
            self._end(options, _failure("not_returned", reason=error.strerror or str(error)), UNREADABLE)

    def _keep(self, page, path: Path, found: Plan, options) -> ImportBatch:
        with path.open("rb") as file:
            kept = {"answers": self.answers, "continues": self.first}
            batch = receive(page, File(file, path.name), by=_user(options), **kept)
        keep_preview(batch, found)
        return batch

    def _commit(self, batch: ImportBatch, options) -> dict:
        # Without a user all drafts may be written, as by who runs commands.
        commit(batch, by=batch.by, submit=options["submit"], good_rows=options["good_rows"])
        batch.refresh_from_db()
        taken = batch.state == ImportBatch.State.COMMITTED
        author = batch.by.get_username() if batch.by else None
        pending = {"changes": batch.pending.count(), "author": author, "submitted": options["submit"]}
        found = {"batch": batch.pk, "state": batch.state, "pending": pending}
        if taken and options["good_rows"]:
            return found  # what went back stays told
        return {**found, "problems": [] if taken else batch.notes["problems"]}

    def _end(self, options, result: dict, status: int):
        text = json.dumps(result, ensure_ascii=False) if options["json"] else table(result)
        self.stdout.write(text)
        self.stdout.flush()
        sys.exit(status)


def _names() -> list[str]:
    return [name for page in site_lists() for name in page.import_names]


def _user(options):
    return get_user_model().objects.get(username=options["by"]) if options["by"] else None


def _failure(code: str, **details) -> dict:
    return _nothing(Problem(code, sentence(code, **details)))


def _nothing(problem: Problem) -> dict:
    """The report of a file that was not read."""
    return report(Plan(problems=[problem]))
