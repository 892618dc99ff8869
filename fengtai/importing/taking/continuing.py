"""A returned file that comes back: it names the import that it continues, and that import's decisions still hold."""

from collections.abc import Callable

from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import Plan
from fengtai.importing.planning.unmatched import holds, without
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.problems import sentence
from fengtai.importing.taking.seeing import may_see
from fengtai.records.batches import ImportBatch
from fengtai.workbooks.data import WorkbookData


def continued(workbook: WorkbookData, list_name: str, by) -> ImportBatch | None:
    """The import that a file was returned by, if it is one of the same list that its bringer may see."""
    found = ImportBatch.objects.filter(uuid=workbook.batch, list_name=list_name).first() if workbook.batch else None
    return found if found is not None and may_see(by, found) else None


def plan_continued(
    declared: ListImport, workbook: WorkbookData, own: Answers, first: ImportBatch, tick: Callable | None = None
) -> tuple[Plan, Answers]:
    """The plan with the first import's decisions, as far as they are about anything in the file, and all that hold."""
    carried = Answers.from_json(first.answers)
    names = {sheet.name for sheet in workbook.sheets}
    answers = carried.under(own, [name for name in carried.sheets if name in names])
    found = plan(declared, workbook, answers, tick)
    stale = [pair for pair in found.unmatched if not holds(own, *pair)]
    messages = {sentence("unmatched", topic=topic, key=key) for topic, key in stale}
    found.problems = [problem for problem in found.problems if problem.message not in messages]
    found.unmatched = [pair for pair in found.unmatched if pair not in stale]
    return found, without(answers, stale)


def rows_returned(batch: ImportBatch) -> int:
    """How many rows of an import went back to the sender."""
    if batch.state == ImportBatch.State.COMMITTED:
        return batch.counts.get("go_back", 0) if batch.good_rows else 0
    return batch.counts.get("read", 0)
