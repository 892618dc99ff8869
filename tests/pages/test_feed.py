"""The feed of what was published and revised: valid, bounded, in both languages, and silent on what is hidden."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from fengtai.pages.open_data import feed_entries
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, prefix=""):
    answer = client.get(f"{prefix}/feed.atom")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def entries(client, prefix="") -> list:
    return feed(client, prefix).findall(f"{ATOM}entry")


def text(node, name: str) -> str:
    return node.findtext(f"{ATOM}{name}")


def test_only_what_is_shown_is_told(client, monkeypatch):
    """The title and the facts of a record are five questions to the database."""
    told, title = [], feed_entries.record_title
    monkeypatch.setattr(feed_entries, "MOST", 2)
    monkeypatch.setattr(feed_entries, "record_title", lambda page, row: told.append(row) or title(page, row))
    for number in range(5):
        factories.policy(name=f"示例办法{number}")
    assert [text(entry, "title").partition(" ")[0] for entry in entries(client)] == ["示例办法4", "示例办法3"]
    assert len(told) == 2


def test_it_keeps_to_the_standard(client):
    """RFC 4287: what a feed and an entry must have, each once; ids that differ; moments with their zone."""
    factories.organisation(name="示例<b>&\"'")
    for prefix, language in (("", "zh-Hans"), ("/en", "en")):
        root = feed(client, prefix)
        assert root.tag == f"{ATOM}feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert root.find(f"{ATOM}author/{ATOM}name").text
        itself = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert itself == [f"http://testserver{prefix}/feed.atom"]
        nodes = [root, *root.findall(f"{ATOM}entry")]
        for node in nodes:
            assert [len(node.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
            assert datetime.fromisoformat(text(node, "updated")).tzinfo is not None
            assert text(node, "id").startswith("tag:testserver,2026:")
        ids = [text(node, "id") for node in nodes]
        assert (len(nodes), len(ids)) == (2, len({*ids}))


def test_it_tells_what_was_published_and_each_revision(client):
    row = factories.observation(value="300家", growth="")
    row.value = "456家"
    row.save()
    found = {text(entry, "id"): entry for entry in entries(client)}
    revised = found[f"tag:testserver,2026:observations/{row.pk}/{row.history.latest().pk}"]
    assert "300家 → 456家" in text(revised, "summary")
    assert f"tag:testserver,2026:observations/{row.pk}/published" in found
    assert text(entries(client)[0], "id") == text(revised, "id")


def test_ids_stay_and_the_newest_stands_first(client):
    first = factories.organisation(name="示例甲")
    before = [text(entry, "id") for entry in entries(client)]
    factories.organisation(name="示例乙")
    after = [text(entry, "id") for entry in entries(client)]
    assert (before, after[1:]) == ([f"tag:testserver,2026:organisations/{first.pk}/published"], before)


def test_nothing_hidden_stands_in_it(client):
    factories.organisation(name="示例草稿", state="draft")
    factories.organisation(name="示例待发", publish_at=timezone.now() + timedelta(days=1))
    row = factories.organisation(name="示例甲")
    row.remark = "示例秘密"
    row.save()
    row = factories.organisation(name="示例旧名", state="draft")
    row.name, row.state = "示例新名", "published"
    row.save()
    told = client.get("/feed.atom").text
    assert [word for word in ("示例草稿", "示例待发", "示例秘密", "示例旧名") if word in told] == []
    assert len(entries(client)) == 2


def test_hidden_rows_leave_the_room_to_those_that_readers_see(client, monkeypatch):
    monkeypatch.setattr(feed_entries, "LOOKED_AT", 3)
    factories.policy(name="示例办法")
    before = [text(entry, "id") for entry in entries(client)]
    for number in range(6):
        factories.policy(name=f"示例定时{number}", publish_at=timezone.now() + timedelta(days=9))
    assert [text(entry, "id") for entry in entries(client)] == before != []


def test_an_embargo_that_ended_is_news_of_that_moment(client):
    ended = timezone.now() - timedelta(hours=1)
    row = factories.organisation(publish_at=ended)
    row.history.update(history_date=ended - timedelta(days=1))
    [entry] = entries(client)
    assert datetime.fromisoformat(text(entry, "updated")) == ended


def test_it_is_bounded(client, monkeypatch):
    monkeypatch.setattr(feed_entries, "MOST", 3)
    for _row in range(5):
        factories.organisation()
    assert len(entries(client)) == 3


def test_a_reader_that_has_it_gets_nothing_again(client):
    factories.organisation()
    etag = client.get("/feed.atom")["ETag"]
    assert client.get("/feed.atom", HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert 'type="application/atom+xml"' in client.get("/").text
