"""The last page needs nothing: no collected files, no templates, no database, no cache."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from fengtai import settings as configured
from fengtai.templatetags.once import _rendered


@pytest.fixture
def nothing_collected(settings, tmp_path):
    """As on a site that was restored and not started yet."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": configured.STORAGES["staticfiles"]}
    cache.clear()
    _rendered.cache_clear()
    yield
    _rendered.cache_clear()


def asked(address: str):
    return Client(raise_request_exception=False).get(address)


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_collected")
@pytest.mark.parametrize("address", ["/", "/en/organisations/", "/there-is-none/", "/admin/login/"])
def test_without_collected_files_a_fault_is_told_in_words(address):
    answer = asked(address)
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.text
    assert "Something went wrong here" in answer.text and "系统出错了" in answer.text


@pytest.mark.usefixtures("nothing_collected")
@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (DatabaseError, 500)])
def test_nor_with_the_database_lost_as_well(monkeypatch, error, status):
    def lost(*told, **named):
        raise error("gone") from Exception("gone")

    monkeypatch.setattr(connection, "ensure_connection", lost)
    monkeypatch.setattr(cache, "get", lost)
    answer = asked("/")
    assert (answer.status_code, answer.get("Retry-After")) == (status, "10" if status == 503 else None)
    assert 'lang="en"' in answer.text and 'lang="zh-hans"' in answer.text
