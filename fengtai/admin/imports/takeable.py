"""Whether a previewed file can be taken, whole or in its good rows, and what that would do."""

from django.utils.translation import ngettext

from fengtai.importing.reading.problems import ERROR
from fengtai.records.batches import ImportBatch


def has_faults(batch: ImportBatch) -> bool:
    """Whether anything stands at a cell or row that the returned file could mark."""
    return batch.rows.exclude(problems=[]).exists() or any(p["sheet"] for p in batch.notes.get("problems", ()))


def is_refused(batch: ImportBatch) -> bool:
    """Whether the file, one of its sheets or one of its rows cannot be taken."""
    errors = any(problem["severity"] == ERROR for problem in batch.notes.get("problems", ()))
    return errors or batch.rows.filter(outcome="refused").exists()


def is_takeable(batch: ImportBatch) -> bool:
    """Nothing is refused, and something would be written."""
    return not is_refused(batch) and batch.rows.exclude(digest="").exists()


def may_part(batch: ImportBatch) -> bool:
    """Nothing stands against the file as a whole, some rows are refused, and others would write something."""
    if any(problem["severity"] == ERROR and not problem["row"] for problem in batch.notes.get("problems", ())):
        return False
    good = batch.rows.exclude(outcome="refused").exclude(digest="")
    return bool(batch.counts.get("go_back")) and good.exists()


def has_fault(batch: ImportBatch) -> bool:
    """Whether a row made the platform itself fail: then the same file may pass once that is mended."""
    return any(problem["code"] == "fault" for row in batch.rows.filter(outcome="refused") for problem in row.problems)


def what_it_does(batch: ImportBatch) -> list[str]:
    """What confirming will do, in sentences."""
    counts, sources = batch.counts, batch.counts.get("sources", {})
    created = sum(one["answered"] for one in batch.notes.get("missing", ()))
    sentences = [
        (counts["new"], ngettext("%(count)d record is created", "%(count)d records are created", counts["new"])),
        (counts["changed"], ngettext("%(count)d record changes", "%(count)d records change", counts["changed"])),
        (
            sources.get("new", 0),
            ngettext("%(count)d source is added", "%(count)d sources are added", sources.get("new", 0)),
        ),
        (
            created,
            ngettext(
                "%(count)d decision on a missing name is carried out",
                "%(count)d decisions on missing names are carried out",
                created,
            ),
        ),
    ]
    return [text % {"count": count} for count, text in sentences if count]
