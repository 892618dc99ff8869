"""Our own import as the bench runs it: every run finds the database as the one before found it."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.files import File
from django.db import transaction

from fengtai.downloads.sheet_rows import sheet_headings, sheet_kinds
from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.importing.taking import steps
from fengtai.lists.rows import row_reader
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from partners.models import Organisation
from tests.bench.generator import HOME
from tests.bench.meters import forget_peak, memory
from tests.bench.words import EXAMPLE

FILE, NEW_FILE = HOME / "import.xlsx", HOME / "import_new.xlsx"
LIST, BATCH = "organisations", 1000


def prepare(rows: int, changed: int) -> None:
    """Downloads so many rows, changes two cells of some, and keeps the file as a batch."""
    table = page_of(LIST).table
    headings = sheet_headings(table, table.names())
    places = [headings.index(table.label(name)) for name in ("address", "region")]
    _write(FILE, headings, sheet_kinds(table, table.names()), _changed(table, rows, rows // changed, places))
    with FILE.open("rb") as file:
        steps.receive(page_of(LIST), File(file, FILE.name))


def _write(path: Path, headings: list[str], kinds: list[str], rows: Iterator[list]) -> None:
    batches = (list(zip(*some, strict=True)) for some in iter(lambda: list(islice(rows, BATCH)), []))
    path.write_bytes(b"".join(stream_workbook(LIST, headings, kinds, batches, lambda count: (EXAMPLE, []))))


def _changed(table, rows: int, every: int, places: list[int]) -> Iterator[list]:
    cells = [column.cells for column in table.declared().values()]
    keys = Organisation.objects.order_by("pk").values_list("pk", flat=True)[:rows]
    for number, (key, values) in enumerate(row_reader(table, table.names()).read(keys)):
        row = [*(cell for make, value in zip(cells, values, strict=True) for cell in make(value)), None, key]
        if number % every == 0:
            for place in places:
                row[place] = f"{EXAMPLE}{number}"
        yield row


def preview() -> None:
    with transaction.atomic():
        assert steps.preview(ImportBatch.objects.latest("pk"))


def commit() -> None:
    """Taken, and rolled back."""
    batch = ImportBatch.objects.latest("pk")
    with transaction.atomic():
        assert steps.commit(batch) and batch.state == ImportBatch.State.COMMITTED, batch.notes
        transaction.set_rollback(True)


def peak(rows: int) -> float:
    """MB that this process holds at most while it plans and takes so many new rows; they are not kept."""
    headings = ["单位名称", "简称", "单位性质", "身份", "地址", "时间", "备注"]
    each = ["企业", "签约单位", f"{EXAMPLE}路1号", "2023年5月", EXAMPLE]
    new = ([f"{EXAMPLE}新{n}有限公司", f"{EXAMPLE}新{n}", *each] for n in range(rows))
    _write(NEW_FILE, headings, ["text"] * len(headings), new)
    forget_peak()
    with NEW_FILE.open("rb") as file:
        batch = steps.receive(page_of(LIST), File(file, NEW_FILE.name))
    assert steps.preview(batch)
    commit()
    return memory("VmHWM")
