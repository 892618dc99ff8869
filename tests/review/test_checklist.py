"""What stops a release: for each error a row that has it, and its neighbour that has not."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from fengtai.records.models import Labelled
from fengtai.review.checklist import checklist
from indicators.models import Observation
from partners.models import Organisation
from projects.models import Place
from tests import factories
from tests.review.findings import DRAFT, observation, proved, told

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
TOMORROW = timezone.now() + timedelta(days=1)


# A figure and its source


def test_a_figure_without_a_source_stops():
    place = factories.place(state=DRAFT, area="3万平方米")
    assert told(place) == {(True, place, "area")}
    (finding,) = checklist(place)
    assert finding.message == "面积 3万平方米：没有注明出处。"


@pytest.mark.parametrize("field", ["area", ""])
def test_a_figure_is_proved_by_its_field_or_by_the_row_as_a_whole(field):
    assert told(proved(factories.place(area="3万平方米"), field)) == set()


def test_a_citation_of_another_field_or_held_back_proves_no_figure():
    place = proved(factories.place(area="3万平方米"), "location")
    proved(place, "area", held_back=True)
    assert told(place) == {(True, place, "area")}


@pytest.mark.parametrize("figure", ["", "—"])
def test_what_is_not_given_needs_no_source(figure):
    assert told(factories.place(area=figure)) == set()


def test_a_growth_is_a_figure():
    row = factories.observation(value="", growth="增长6.5%")
    assert told(row) == {(True, row, "growth")}


def test_a_part_is_proved_by_itself_or_by_its_record_naming_the_relation():
    project = factories.project()
    one, other = factories.amount(project=project), factories.amount(project=project, kind="loan")
    assert told(project) == {(True, one, "figure"), (True, other, "figure")}
    proved(one, "figure")
    assert told(project) == {(True, other, "figure")}
    proved(project, "amounts")
    assert told(project) == set()


def test_a_record_cited_as_a_whole_does_not_prove_its_parts():
    amount = factories.amount(project=proved(factories.project()))
    assert told(amount.project) == {(True, amount, "figure")}


def test_a_part_that_is_held_back_is_not_looked_at():
    amount = factories.amount(held_back=True, doubt="示例疑点")
    assert told(amount.project) == set()


def test_a_source_that_is_not_public_proves_nothing_and_is_named():
    source = factories.source(state=DRAFT, title="示例公报")
    place = proved(factories.place(area="3万平方米"), "area", source=source)
    assert told(place) == {(True, place, "area"), (False, place, "citations")}
    assert [finding.message for finding in checklist(place)] == [
        "面积 3万平方米：来源尚未公开（示例公报）。",
        "引自示例公报的出处不会显示：该来源尚未公开。",
    ]
    assert told(place, released_with=[source]) == set()


def test_an_embargoed_source_proves_what_is_released_after_it():
    place = proved(factories.place(area="3万平方米"), source=factories.source(publish_at=TOMORROW))
    assert (True, place, "area") in told(place)
    assert told(place, at=TOMORROW + timedelta(minutes=1)) == set()


def test_a_citation_that_speaks_of_something_hidden_proves_nothing():
    project = proved(factories.project(), "amounts")
    shown, hidden = factories.amount(project=project), factories.amount(project=project, held_back=True)
    assert told(project) == {(True, shown, "figure")}
    assert "不公开的内容" in checklist(project)[0].message
    hidden.delete()
    assert told(project) == set()


def test_an_honour_of_an_organisation_is_no_part_of_its_roster():
    roster = factories.roster(stated="")
    named = factories.honour(roster=roster, doubt="示例疑点")
    owned = factories.honour(roster=roster, organisation=factories.organisation(), doubt="示例疑点")
    assert told(roster) == {(False, named, "doubt")}
    assert told(owned.organisation) == {(False, owned, "doubt")}


# A figure and its unit


def test_a_figure_without_the_unit_of_its_indicator_stops():
    gdp = factories.indicator(unit="亿元")
    bare, whole = observation(indicator=gdp, value="1214.2"), observation(indicator=gdp, value="1214.2亿元")
    assert told(bare) == {(True, bare, "value")}
    assert told(whole) == set()
    assert told(observation(value="1214.2")) == set()  # an indicator without a unit asks for none


# Texts that are not read, rules, constraints


def unread(row, field: str, text: str):
    """As a text is stored that an earlier release could read and this one cannot."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {field} = %s WHERE id = %s", [text, row.pk])


def test_a_text_that_is_not_read_stops():
    place, neighbour = factories.place(), factories.place(name="另外一园", area="—")
    unread(place, "area", "三五层楼")
    unread(place, "as_of", "2024年13月")
    assert told(place) == {(True, place, "area"), (True, place, "as_of")}
    assert told(neighbour) == set()


def test_what_a_form_would_refuse_stops():
    project = factories.project()
    entry = factories.stage_entry(project=project, stage="proposed")  # only funds are proposed
    organisation = factories.organisation(website="no address")
    Organisation.objects.filter(pk=organisation.pk).update(kind="unheard-of")
    assert told(project) == {(True, entry, "stage")}
    assert told(organisation) == {(True, organisation, "website"), (True, organisation, "kind")}
    project.kind = "fund"
    project.save()
    assert told(project) == set()


@pytest.mark.parametrize("replacing", [True, False])
def test_a_revision_of_something_else_stops_on_either_side(replacing):
    gdp = factories.indicator()
    old, same = (observation(indicator=gdp, period="2023年", value=f"{number}亿元") for number in (1, 2))
    new = observation(value="3亿元", supersedes=old, reason="示例", indicator=gdp, period="2023年")
    assert told(new) == told(old) == set()
    Observation.objects.filter(pk=new.pk).update(scope=factories.scope(name="示例另区"))
    asked = new if replacing else old
    assert told(asked) == {(True, asked, "supersedes")}
    assert told(same) == set()


def test_places_that_lie_in_each_other_stop():
    outer, single = factories.place(name="示例外城"), factories.place(name="示例独院")
    inner = factories.place(name="示例里弄", parent=outer)
    assert told(inner) == told(single) == set()
    Place.objects.filter(pk=outer.pk).update(parent=inner)
    assert told(inner) == {(True, inner, "parent")}
    assert told(outer) == {(True, outer, "parent")}


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, Labelled)])
def test_every_constraint_of_a_model_is_one_of_the_database(model):
    """No stored row can break them, so the checklist asks none of them."""
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert {constraint.name for constraint in model._meta.constraints} <= held.keys()
