"""A revision is told as one: in JSON, sheets and the feed, of both figures and only as far as both are public."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from fengtai.importing.planning.planning import plan
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import list_import
from fengtai.lists.site import page_of
from tests import factories
from tests.pages.marked_rows import HIDDEN_STATES

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = ("supersedes", "superseded_by")


@pytest.fixture
def indicator():
    return factories.indicator(name="示例外资", name_en="Example investment", code="example-investment", unit="亿美元")


@pytest.fixture
def older(indicator):
    return factories.observation(indicator=indicator, period="2023年", value="1.93亿美元")


def revise(older, **given):
    said = {"indicator": older.indicator, "scope": older.scope, "period": "2023年", "value": "1.95亿美元"}
    return factories.observation(**{**said, "supersedes": older, "reason": "公报更正", **given})


@pytest.fixture
def newer(older):
    return revise(older)


def body(client, address: str) -> str:
    return b"".join(client.get(address)).decode("utf-8-sig")


def linked(row) -> dict:
    return {"id": row.pk, "name": str(row), "record_url": f"http://testserver{row.get_absolute_url()}"}


def test_json_of_both_names_the_other_with_number_and_address(client, older, newer):
    rows = {row["id"]: row for row in json.loads(body(client, "/observations/?format=json"))["rows"]}
    lines = {row["id"]: row for row in map(json.loads, body(client, "/observations/?format=jsonl").splitlines())}
    single = {one.pk: client.get(f"{one.get_absolute_url()}?format=json").json()["record"] for one in (older, newer)}
    assert rows == lines == single
    assert [rows[older.pk][name] for name in LINK] == [None, linked(newer)]
    assert [rows[newer.pk][name] for name in LINK] == [linked(older), None]


def test_sheets_hold_the_number_of_the_other(client, older, newer):
    rows = [*csv.DictReader(io.StringIO(body(client, "/observations/?format=csv&columns=keys")))]
    found = {row["id"]: (row["supersedes.id"], row["superseded_by.id"], row["superseded_by.name"]) for row in rows}
    old, new = str(older.pk), str(newer.pk)
    assert found == {old: ("", new, str(newer)), new: (old, "", "")}
    headings = next(csv.reader(io.StringIO(body(client, "/observations/?format=csv"))))
    assert {"取代的数据（平台编号）", "被取代为", "被取代为（平台编号）"} <= {*headings}


@pytest.mark.parametrize("state", HIDDEN_STATES)
@pytest.mark.parametrize("hidden", ["older", "newer"])
def test_what_is_hidden_is_named_nowhere(client, older, newer, hidden, state):
    shown, secret = (newer, older) if hidden == "older" else (older, newer)
    type(secret).objects.filter(pk=secret.pk).update(**HIDDEN_STATES[state])
    record = client.get(f"{shown.get_absolute_url()}?format=json").json()["record"]
    assert [record[name] for name in LINK] == [None, None]
    assert secret.value.printed not in body(client, "/observations/?format=csv")
    assert secret.value.printed not in client.get("/feed.atom").text


def test_a_download_of_both_brought_back_changes_nothing(client, tmp_path, older, newer):
    for extension in ("csv", "xlsx"):
        path = tmp_path / f"observations.{extension}"
        path.write_bytes(b"".join(client.get(f"/observations/?format={extension}")))
        declared = list_import(page_of("observations").table)
        found = plan(declared, read_file(path, declared))
        assert [*found.all_problems()] == []
        assert found.counts()["same"] == found.counts()["read"] > 0


def entries(client, prefix: str) -> list[tuple[str, str]]:
    root = ElementTree.fromstring(client.get(f"{prefix}/feed.atom").content)
    return [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) for one in root.findall(f"{ATOM}entry")]


def told(client, prefix: str) -> tuple[str, str]:
    return next(one for one in entries(client, prefix) if one[0].startswith(("修订", "Revised")))


def test_the_feed_tells_what_a_revision_changed_and_why(client, older, newer):
    title, summary = told(client, "")
    assert title == "修订：示例外资 2023年（示例区）：由1.93亿美元改为1.95亿美元，公报更正"
    assert f'<a href="http://testserver/observations/{older.pk}/">' in summary
    title, summary = told(client, "/en")
    changed = "from 1.93亿美元 (USD 193 million) to 1.95亿美元 (USD 195 million)"
    assert title == f"Revised: Example investment 2023 (示例区): {changed}, 公报更正"
    assert f'<a href="http://testserver/en/observations/{older.pk}/">' in summary


def test_a_revision_of_the_growth_or_the_vintage_alone_says_so(client, indicator):
    said = {"indicator": indicator, "value": "1.93亿美元"}
    older = factories.observation(**said, growth="3%", vintage="preliminary")
    revise(older, value="1.93亿美元", growth="4%", vintage="final")
    assert "：同比增减由3%改为4%，数据版本由初步核算改为最终核实，公报更正" in told(client, "")[0]
