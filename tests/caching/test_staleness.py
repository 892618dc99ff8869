"""What is kept never outlives a write that changes it: after any write a list answers as if nothing had been kept."""

import random

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, models, transaction
from django.http import QueryDict

from fengtai.caching.store import one_generation
from fengtai.lists import paging
from fengtai.lists.site import site_lists
from fengtai.records.trail.entries import TrailEntry
from tests.operations.whole import is_whole
from tests.pages.hidden_world import make_hidden_world

pytestmark = pytest.mark.django_db(transaction=True)
SEEDS, ROUNDS = ((1, 2, 3, 4), 40) if is_whole() else ((2,), 20)  # writes
AT_A_TIME = 4  # lists that are asked after each
STATES = ("draft", "review", "published", "published", "withdrawn")


def tables() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    ours = [model for model in found if model._meta.app_label in settings.SUBJECTS and model is not TrailEntry]
    return [model for model in ours if "history_id" not in {field.name for field in model._meta.local_concrete_fields}]


def questions_of(page) -> list[str]:
    """Nothing, each choice of each filter, a word, a sort."""
    found = ["", "q=示例", f"sort={next(iter(page.table.sortable()))}"]
    for name, field in page.ask(QueryDict()).offered.form.fields.items():
        codes = [str(getattr(code, "value", code)) for code, _label in getattr(field, "choices", ())]
        found += [f"{name}={code}" for code in codes if code]
    return found


def told(page, query: str, *, for_anybody: bool) -> tuple:
    with one_generation(for_anybody=for_anybody):
        question = page.ask(QueryDict(query))
        if question.errors:
            return tuple(question.errors)
        counts = question.offered.facets(question.table.seen_rows(), question.answer, question.known)
        return question.count, question.window.keys, {name: told_of(rows) for name, rows in counts.items()}


def told_of(rows: dict) -> dict[str, str]:
    return {code: str(one) for code, one in rows.items()}


def write(chance: random.Random) -> str:
    """Something to some row of some table, below all our own code; what the database refuses is no write."""
    model = chance.choice(tables())
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return ""
    columns = {field.column: field for field in model._meta.local_concrete_fields}
    changes = [name for name in columns if name in ("state", "held_back", "publish_at", "doubt", "kind")]
    changes += [name for name, field in columns.items() if field.is_relation]
    key, act = chance.choice(keys), chance.choice(("update", "update", "update", "add", "delete"))
    rows = models.QuerySet(model).filter(pk=key)
    try:
        with transaction.atomic():
            if act == "delete":
                rows._raw_delete("default")
            elif act == "add":
                add_like(chance, rows.get())
            elif changes:
                column = chance.choice(changes)
                rows.update(**{columns[column].attname: other_value(chance, model, columns[column], column)})
            connection.check_constraints()
    except DatabaseError:
        return ""
    return f"{act} {model._meta.db_table} {key}"


def add_like(chance: random.Random, row) -> None:
    """Another row like it, mostly a draft, with links of its own."""
    row.pk, row.state = None, chance.choice(STATES)
    for field in row._meta.local_concrete_fields:
        if field.is_relation:
            setattr(row, field.attname, other_value(chance, type(row), field, field.column))
    models.QuerySet(type(row)).bulk_create([row])


def other_value(chance: random.Random, model, field, column: str):
    if column == "state":
        return chance.choice(STATES)
    if column == "held_back":
        return chance.random() < 0.5
    others = list(model._base_manager.order_by("pk").values_list(field.attname, flat=True))
    return chance.choice(others)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_write_a_list_answers_as_if_nothing_were_kept(seed, monkeypatch):
    if seed == 2:
        monkeypatch.setattr(paging, "COUNTED", 3)
    make_hidden_world()
    cache.clear()
    chance, written = random.Random(seed), []
    asked = {page: questions_of(page) for page in site_lists()}
    for _round in range(ROUNDS):
        written.append(write(chance))
        for page in chance.sample(list(asked), AT_A_TIME):
            query = chance.choice(asked[page])
            anybody = chance.random() < 0.7  # others share what is kept for nobody in particular
            kept = told(page, query, for_anybody=anybody)
            with transaction.atomic():  # where nothing is remembered
                assert kept == told(page, query, for_anybody=anybody), (page.name, query, written)
    assert len([one for one in written if one]) > ROUNDS / 3


def test_a_write_elsewhere_keeps_what_was_made(client):
    make_hidden_world()
    client.get("/partners/")
    for name in ("indicators_observation", "fengtai_importbatch", "partners_policy"):  # nothing of them shows there
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {name} SET id = id")
    with connection.execute_wrapper(_only_generations):
        assert client.get("/partners/").status_code == 200


def _only_generations(execute, sql, params, many, context):
    assert "fengtai_generations" in sql
    return execute(sql, params, many, context)
