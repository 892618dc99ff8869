"""Two heavy downloads per reader at a time: a third waits, small ones never do, and every turn comes back."""

import json
import time
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import caches
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from fengtai.downloads import turns
from fengtai.downloads.turns import HeldStream, Turn, take_turn
from tests import factories
from tests.conftest import REDIS
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
HEAVY = "/organisations/?format="


@pytest.fixture(autouse=True)
def few_rows_are_many(monkeypatch, settings, request):
    """Three rows, of which one is counted: a heavy download that takes no minute. Turns of this test alone."""
    _keep_in(settings, BACKEND="django.core.cache.backends.locmem.LocMemCache", LOCATION=request.node.name)
    count_to(monkeypatch, 1)
    for number in range(3):
        factories.organisation(name=f"示例{number}")


@pytest.mark.parametrize("extension", ["xlsx", "csv", "json", "jsonl"])
def test_a_third_heavy_download_waits_and_the_end_of_one_makes_room(client, extension):
    first, second = client.get(f"{HEAVY}{extension}"), client.get(f"{HEAVY}{extension}")
    third = client.get(f"{HEAVY}{extension}")
    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert third["Retry-After"] == "30"
    assert b"".join(first.streaming_content) != b""
    assert client.get(f"{HEAVY}{extension}").status_code == 200
    give_up(second)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_says_why_in_the_readers_language(client, language):
    said = {"zh-hans": "最多同时下载 2 个大文件", "en": "At most 2 large files at a time"}[language]
    address = f"{'/en' if language == 'en' else ''}{HEAVY}"
    held = [client.get(f"{address}csv") for _ in range(2)]
    page, data = client.get(f"{address}xlsx"), client.get(f"{address}jsonl")
    assert said in page.content.decode()
    assert f'lang="{language}"' in page.content.decode().lower()
    assert said in json.loads(data.content)["errors"]["format"]
    give_up(*held)


def test_a_download_that_is_not_wanted_any_more_gives_its_turn_back(rf, client):
    with translation.override("zh-hans"):
        view = resolve("/organisations/").func
    held = [view(_request(rf, f"{HEAVY}xlsx")) for _ in range(2)]
    assert client.get(f"{HEAVY}xlsx").status_code == 429
    next(iter(held[0]))
    give_up(*held)  # the second was never begun
    assert [client.get(f"{HEAVY}xlsx").status_code for _ in range(3)] == [200, 200, 429]


def test_a_download_that_breaks_gives_its_turn_back(rf, client):
    def broken():
        yield b"x"
        raise RuntimeError("broken")

    request = _request(rf)
    stream = HeldStream(broken(), take_turn(request))
    with pytest.raises(RuntimeError):
        list(stream)
    taken = [take_turn(request) for _ in range(3)]
    assert [turn is not None for turn in taken] == [True, True, False]


def test_small_downloads_are_never_held_up(client, monkeypatch):
    held = [client.get(f"{HEAVY}xlsx") for _ in range(2)]
    count_to(monkeypatch, 3)
    assert [client.get(f"{HEAVY}xlsx").status_code for _ in range(5)] == [200] * 5
    give_up(*held)


def test_who_asks_for_the_head_alone_takes_no_turn_and_reads_no_row(client, django_assert_max_num_queries):
    for _ in range(3):
        with django_assert_max_num_queries(2):
            response = client.head(f"{HEAVY}xlsx")
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == b""
        assert not response.has_header("Content-Length")
        assert not response.has_header("Accept-Ranges")
        assert ".xlsx" in response["Content-Disposition"]
    assert client.get(f"{HEAVY}xlsx").has_header("Content-Disposition")


def test_a_turn_whose_process_was_killed_expires(rf, monkeypatch):
    monkeypatch.setattr(turns, "LIFETIME", 0.2)
    request = _request(rf)
    assert [take_turn(request) is not None for _ in range(3)] == [True, True, False]
    assert _comes_true(lambda: take_turn(request) is not None)


def test_a_turn_is_kept_as_long_as_its_file_is_sent(rf, monkeypatch):
    monkeypatch.setattr(turns, "RENEWED", 0)
    request = _request(rf)
    turn = take_turn(request)
    caches["turns"].delete(turn.key)  # expired while the reader read slowly
    turn.renew()
    assert caches["turns"].get(turn.key) == turn.token
    caches["turns"].set(turn.key, "another download's")
    turn.renew()
    turn.give_back()
    assert caches["turns"].get(turn.key) == "another download's"


def test_readers_at_different_addresses_do_not_wait_for_each_other(client):
    held = [client.get(f"{HEAVY}csv", REMOTE_ADDR=f"192.0.2.{number % 2}") for number in range(4)]
    assert [response.status_code for response in held] == [200] * 4
    assert client.get(f"{HEAVY}csv", REMOTE_ADDR="192.0.2.1").status_code == 429


def test_an_address_is_believed_only_from_a_trusted_proxy(client, settings):
    def statuses() -> list[int]:
        caches["turns"].clear()  # in this test's own memory
        forwarded = [f"198.51.100.{number}, 203.0.113.7" for number in range(3)]
        return [client.get(f"{HEAVY}csv", HTTP_X_FORWARDED_FOR=addresses).status_code for addresses in forwarded]

    assert statuses() == [200, 200, 429]
    settings.TRUSTED_PROXIES = 1
    assert statuses() == [200, 200, 429]  # the proxy saw one address; what stands before it anybody can write
    settings.TRUSTED_PROXIES = 2
    assert statuses() == [200, 200, 200]


def test_people_of_one_office_who_signed_in_do_not_wait_for_each_other(client):
    for name in ("示例甲", "示例乙"):
        client.force_login(User.objects.create_user(name))
        assert [client.get(f"{HEAVY}csv").status_code for _ in range(3)] == [200, 200, 429]


def ask_at_once(request, times: int) -> list[Turn]:
    found, start = [], Barrier(times)

    def ask():
        start.wait()
        found.append(take_turn(request))

    threads = [Thread(target=ask) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [turn for turn in found if turn]


def test_of_many_at_once_two_get_a_turn(rf):
    assert len(ask_at_once(_request(rf), 8)) == 2


@pytest.mark.needs(REDIS)
def test_turns_are_counted_in_the_cache_that_processes_share(rf, settings, redis_server):
    _keep_in(settings, BACKEND="django.core.cache.backends.redis.RedisCache", LOCATION=redis_server)
    request = _request(rf)
    taken = ask_at_once(request, 8)
    assert len(taken) == 2
    taken[0].give_back()
    assert len(ask_at_once(request, 4)) == 1
    assert 0 < caches["turns"]._cache.get_client().pttl(f":1:{taken[1].key}") <= turns.LIFETIME * 1000


def give_up(*responses):
    """As a server does when a reader goes away; the database connection is this test's own and stays open."""
    for response in responses:
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)


def _keep_in(settings, **cache):
    settings.CACHES = {**settings.CACHES, "turns": cache}


def _request(rf: RequestFactory, address: str = "/"):
    request = rf.get(address)
    request.user = AnonymousUser()
    return request


def _comes_true(condition) -> bool:
    until = time.monotonic() + 10
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
