"""A page that is kept never outlives a write: after any it is the page made from nothing, but for its minute."""

import random
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from fengtai.lists.questions import Question
from fengtai.lists.site import site_lists
from fengtai.records.models import Citation
from fengtai.review.corrections.models import PublishedCorrection
from tests import factories
from tests.caching.test_staleness import tables, write
from tests.operations.whole import is_whole
from tests.pages import crawling
from tests.pages.hidden_world import make_hidden_world

pytestmark = pytest.mark.django_db(transaction=True)
SEEDS, ROUNDS = (range(20), 20) if is_whole() else ((1,), 8)  # writes
AT_A_TIME = 3  # pages that are asked for after each


def pages() -> list[str]:
    """Every list, some records of each, and what tells of several."""
    found = ["/", "/search/?q=示例", "/corrections/", "/data/", "/map/"]
    for page in site_lists():
        keys = page.table.rows().order_by("pk")[:3]
        found += [page.address, f"{page.address}?doubt=yes", *(row.get_absolute_url() for row in keys)]
    return found


def assert_made_anew(client, address: str, told) -> None:
    kept = client.get(address)
    cache.clear()
    made = client.get(address)
    assert kept.status_code == made.status_code, (address, told)
    different = set(crawling.text_of(kept).splitlines()) ^ set(crawling.text_of(made).splitlines())
    assert (different, len(kept.content)) == (set(), len(made.content)), (address, told)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_write_a_page_is_as_if_made_from_nothing(client, seed, monkeypatch):
    monkeypatch.setattr(Question, "most", None)  # however slow the machine is, no count is left for the next answer
    make_hidden_world()
    chance, written, asked = random.Random(seed), [], pages()
    for _round in range(ROUNDS):
        some = chance.sample(asked, AT_A_TIME)
        for address in some:
            client.get(address)
        written.append(write(chance))
        for address in some:
            assert_made_anew(client, address, written)
    assert len([one for one in written if one]) > ROUNDS / 3


def text_of(client, address: str) -> str:
    return crawling.text_of(client.get(address))


def test_each_kind_of_part_shows_in_the_very_next_page(client):
    row = factories.organisation(name="示例甲")
    address = row.get_absolute_url()
    assert "示例别名" not in text_of(client, address)
    row.names.create(name="示例别名", kind="short")
    assert "示例别名" in text_of(client, address)
    assert "示例原文" not in text_of(client, address)
    cited = factories.citation(row, words="示例原文")
    assert "示例原文" in text_of(client, address)
    Citation.objects.filter(pk=cited.pk).update(held_back=True)
    assert "示例原文" not in text_of(client, address)


def test_an_embargo_that_ends_shows_without_a_write(client):
    assert "示例丙" not in text_of(client, "/organisations/")
    factories.organisation(name="示例丙", publish_at=timezone.now() + timedelta(seconds=1.5))
    assert "示例丙" not in text_of(client, "/organisations/")
    time.sleep(1.6)
    assert "示例丙" in text_of(client, "/organisations/")


def test_what_was_rolled_back_never_shows_and_what_was_kept_stays(client):
    factories.organisation(name="示例甲")
    before = text_of(client, "/organisations/")
    with transaction.atomic():
        factories.organisation(name="示例乙")
        assert "示例乙" in text_of(client, "/organisations/")
        transaction.set_rollback(True)
    assert text_of(client, "/organisations/") == before
    factories.organisation(name="示例丁")
    assert "示例丁" in text_of(client, "/organisations/")


def test_loaded_data_shows_at_once(client, settings):
    addresses = [page.address for page in site_lists()]
    before = {address: text_of(client, address) for address in addresses}
    paths = [settings.BASE_DIR / app / "fixtures" / "report_2024.json" for app in settings.SUBJECTS]
    call_command("loaddata", *paths, verbosity=0)
    for address in addresses:
        assert_made_anew(client, address, "loaddata")
    assert sum(text_of(client, address) != before[address] for address in addresses) > len(addresses) / 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_an_emptied_table_shows_nothing(client):
    row = factories.organisation(name="示例甲")
    factories.citation(row, words="示例原文")
    assert "示例甲" in text_of(client, "/organisations/")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE partners_organisation CASCADE")
    assert "示例甲" not in text_of(client, "/organisations/")
    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_published_correction_is_among_the_tables_that_tell(client):
    assert PublishedCorrection in tables()
