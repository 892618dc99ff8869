"""Large files of a clerk, made anew and taken once: what preview and commit cost, and the most memory they held."""

import csv
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random

from django.core.files import File
from django.db import transaction

from fengtai.importing.reading.answers import Answers
from fengtai.importing.taking import steps
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from partners.models import Organisation
from tests.bench import words
from tests.bench.generator import HOME
from tests.bench.meters import CpuMeter, forget_peak, memory
from tests.bench.words import EXAMPLE

HEADINGS = ["单位名称", "简称", "单位性质", "地址", "时间", "备注"]
YEARS = range(1950, 2012)


def new_names(rows: int) -> dict:
    """So many organisations that are not on file, each with five other columns."""
    return _taken("organisations", _written("names", _named(rows)))


def changed(rows: int) -> dict:
    """So many that are on file by their credit codes, each with one cell that differs."""
    return _taken("organisations", _written("changed", _on_file(rows)))


def wide(figures: int) -> dict:
    """A table of indicators by years."""
    rows = _across(figures // len(YEARS))
    answers = Answers(decided={"set": {"scope": "示例区"}}, references={"*": {"*": "create"}})
    return _taken("observations", _written("wide", rows), answers)


def _named(rows: int) -> Iterator[list[str]]:
    yield HEADINGS
    names = list(product(words.SECOND, words.FIRST, words.SECTORS, words.FORMS[:4]))
    Random(1).shuffle(names)
    for number, parts in enumerate(names[:rows]):
        name = f"{EXAMPLE}{''.join(parts)}"
        yield [name, f"{EXAMPLE}{parts[1]}{number}", "企业", f"{EXAMPLE}路{number % 900}号", "2023年5月", EXAMPLE]


def _on_file(rows: int) -> Iterator[list[str]]:
    yield ["单位名称", "平台编号", "地址"]
    known = Organisation.objects.order_by("pk").values_list("name", "pk")[:rows]
    for number, (name, key) in enumerate(known.iterator()):
        yield [name, key, f"{EXAMPLE}新路{number}号"]


def _across(rows: int) -> Iterator[list[str]]:
    chance = Random(2)
    yield ["指标", *(f"{year}年" for year in YEARS)]
    for number in range(rows):
        yield [f"{EXAMPLE}总量{number}(亿元)", *(f"{chance.randint(1, 99_999)}.{chance.randint(1, 9)}" for _ in YEARS)]


def _written(name: str, rows: Iterator[list]) -> Path:
    path = HOME / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _taken(list_name: str, path: Path, answers: Answers | None = None) -> dict:
    """CPU seconds of both steps, MB at most in each; what is written is rolled back."""
    meter = CpuMeter()
    forget_peak()
    with transaction.atomic():
        with path.open("rb") as file:
            batch = steps.receive(page_of(list_name), File(file, path.name), answers=answers)
        previewed = _measured(meter, steps.preview, batch)
        assert batch.state == ImportBatch.State.PREVIEWED, batch.notes
        committed = _measured(meter, steps.commit, batch)
        assert batch.state == ImportBatch.State.COMMITTED, batch.notes["problems"][:3]
        transaction.set_rollback(True)
    return {"preview": previewed, "commit": committed, "peak": memory("VmHWM"), "counts": batch.counts}


def _measured(meter: CpuMeter, step: Callable, batch: ImportBatch) -> float:
    start = meter.read()
    step(batch)
    return meter.read() - start
