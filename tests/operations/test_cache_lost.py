"""The site without its Redis: refused, silent, full; and with it again."""

import re
import time
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import redis
from django.core.cache import caches
from django.urls import reverse

from fengtai.caching import soft_cache
from fengtai.downloads.turns import TURNS, take_turn
from fengtai.importing.taking.progress import Progress, end, is_alive
from fengtai.pages.corrections.limiting import may_send
from fengtai.records.batches import ImportBatch
from tests import factories
from tests.conftest import REDIS
from tests.operations.silent import Proxy
from tests.review.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.needs(REDIS)]
BACKENDS = "django.core.cache.backends"
STAND_INS = {
    "default": (f"{BACKENDS}.dummy.DummyCache", ""),
    "turns": (f"{BACKENDS}.locmem.LocMemCache", "turns of a test"),
    "progress": (f"{BACKENDS}.filebased.FileBasedCache", "progress"),
}
LONGEST = 3  # seconds that a lost cache may cost all pages of a walk together
ROOM = 4_000_000  # bytes; less than Redis takes for itself


@pytest.fixture
def way(redis_server, settings, tmp_path, monkeypatch):
    """The way to Redis, which a test may close or silence; caches go by it, and try it again after a blink."""
    server = urlsplit(redis_server)
    monkeypatch.setattr(soft_cache, "AGAIN", 0.5)
    monkeypatch.setattr(soft_cache, "_lines", {})
    with redis.from_url(redis_server) as direct, closing(Proxy(server.hostname, server.port)) as proxy:
        direct.flushdb()
        proxy.direct = direct
        settings.CACHES = {
            alias: {
                "BACKEND": "fengtai.caching.soft_cache.SoftRedisCache",
                "LOCATION": f"redis://127.0.0.1:{proxy.port}/0",
                "OPTIONS": {"stand_in": (backend, str(tmp_path / place) if place == "progress" else place)},
            }
            for alias, (backend, place) in STAND_INS.items()
        }
        yield proxy
        direct.config_set("maxmemory", 0)
        caches["turns"]._stand_in.clear()


def stop(way) -> None:
    way.close()


def silence(way) -> None:
    way.silent = True


def fill(way) -> None:
    way.direct.config_set("maxmemory", 1)


LOSSES = pytest.mark.parametrize("lose", [stop, silence, fill])


def walk(client, user) -> None:
    """Pages, files, a sign-in and pages of staff."""
    for address in ("/", "/en/", "/organisations/", "/organisations/?kind=firm", "/search/?q=示例"):
        assert client.get(address).status_code in (200, 400), address
    for extension in ("csv", "json", "xlsx"):
        assert b"".join(client.get(f"/organisations/?format={extension}").streaming_content)
    signed_in = {"username": user.username, "password": "x", "next": "/admin/"}
    assert client.post(reverse("admin:login"), signed_in).status_code == 302
    for address in ("/admin/", "/admin/partners/organisation/", "/admin/trail/"):
        assert client.get(address).status_code == 200, address
    client.logout()


@pytest.mark.django_db(transaction=True)  # within a transaction nothing is kept
def test_pages_work_and_are_never_stale_while_it_is_lost_and_once_it_is_back(way, client, caplog):
    user, row = person("示例管理员"), factories.organisation(name="示例旧名")
    walk(client, user)
    usual = _seconds(lambda: walk(client, user))
    for number, lose in enumerate((fill, silence, stop)):
        assert _name_shown(client, row) == row.name
        assert _is_kept(way)
        lose(way)
        caplog.clear()
        assert _seconds(lambda: walk(client, user)) < 20 * usual + LONGEST
        assert [record.message[:9] for record in caplog.records if record.name == soft_cache.__name__] == ["The cache"]
        caches["default"].set("asked", "told")
        assert caches["default"].get("asked") is None, "whoever looks sees that nothing is kept"
        row.name = f"示例新名{number}"
        row.save()
        assert _name_shown(client, row) == row.name
        if lose is not stop:
            come_back(way)
            assert [_name_shown(client, row) for _time in range(3)] == [row.name] * 3


def come_back(way) -> None:
    way.silent = False
    way.direct.config_set("maxmemory", 0)
    time.sleep(soft_cache.AGAIN)
    caches["default"].set("asked", "told")
    assert caches["default"].get("asked") == "told"


def _name_shown(client, row) -> str:
    page = client.get(f"/organisations/{row.pk}/").content.decode()
    return re.search(r"<h1[^>]*>\s*([^<]*?)\s*<", page)[1]


def _is_kept(way) -> bool:
    return way.direct.dbsize() > 3


@LOSSES
def test_limits_are_those_of_this_process(way, lose, rf, settings):
    settings.CORRECTIONS_PER_HOUR = 3
    lose(way)
    request = rf.get("/")
    request.user = type("Anybody", (), {"is_authenticated": False})()
    turns = [take_turn(request) for _ in range(4)]
    assert [turn is not None for turn in turns] == [True] * TURNS + [False] * 2
    turns[0].give_back()
    turn = take_turn(request)
    assert turn is not None
    turn.renewed = 0
    turn.renew()
    assert take_turn(request) is None
    senders = [ImportBatch().uuid for _ in range(5)]
    assert [may_send(request, sender) for sender in senders] == [True] * 3 + [False] * 2


@LOSSES
def test_progress_is_told_through_files(way, lose):
    batch = ImportBatch()
    Progress(batch).tell(1, 9)
    lose(way)
    Progress(batch).tell(9, 9)
    assert is_alive(batch)
    end(batch)
    assert lose is fill or not is_alive(batch)


def test_a_redis_that_was_started_again_costs_nothing(way, caplog):
    caches["turns"].set("asked", "told")
    for connection in list(way.ends):
        connection.close()
    assert caches["turns"].get("asked") == "told"
    assert not caplog.records


def test_while_it_is_silent_one_in_some_seconds_waits(way):
    way.silent = True
    caches["turns"].get("asked")
    assert _seconds(lambda: [caches["turns"].get("asked") for _ in range(100)]) < soft_cache.PATIENCE
    time.sleep(soft_cache.AGAIN)
    assert _seconds(lambda: caches["turns"].get("asked")) >= soft_cache.PATIENCE * 0.9


@LOSSES
def test_what_was_counted_meanwhile_counts_afterwards(way, lose):
    cache = caches["turns"]
    lose(way)
    assert cache.add("counted", 1)
    assert cache.incr("counted") == 2
    assert not cache.add("counted", 5)
    assert cache.get_many(["counted", "other"]) == {"counted": 2}
    assert cache.set_many({"other": 3}) == []
    assert (cache.has_key("other"), cache.touch("other", 60), cache.touch("none")) == (True, True, False)
    cache.delete_many(["other"])
    assert cache.get("other", "nothing") == "nothing"
    with pytest.raises(ValueError, match="other"):
        cache.incr("other")
    cache.clear()
    assert cache.get("counted") is None


def _seconds(act) -> float:
    start = time.monotonic()
    act()
    return time.monotonic() - start
