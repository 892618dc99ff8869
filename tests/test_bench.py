"""The generator of synthetic rows: the same rows each time, none that could be taken for real, never among others."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from partners.credit_codes import check_credit_code
from partners.models import Membership, Organisation, OrganisationName
from tests import factories
from tests.bench.organisations import credit_code
from tests.bench.own_database import NAMED, NotOurs, claim
from tests.bench.rows import write_rows

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def content_types_looked_up_anew():
    """The generator empties the database, and the test takes that back: keys learnt in between are nobody's."""
    yield
    ContentType.objects.clear_cache()


def written() -> list:
    columns = ("pk", "name", "kind", "credit_code", "region", "memberships__level__code", "industries__name")
    return sorted(Organisation.objects.values_list(*columns), key=str)


def test_the_same_seed_gives_the_same_rows():
    write_rows(40, seed=1)
    first = written()
    connection.check_constraints()  # PostgreSQL empties no table while links still wait for their check
    claim()
    assert written() == []
    write_rows(40, seed=1)
    assert written() == first
    connection.check_constraints()
    claim()
    write_rows(40, seed=2)
    assert written() != first


def test_a_third_are_partners_and_a_fifth_have_other_names():
    counts = write_rows(60, seed=1)
    assert counts["organisations"] == Organisation.objects.count() == 60
    assert counts["memberships"] == Membership.objects.count() == 20
    assert counts["names"] == OrganisationName.objects.count() == 12
    assert Organisation.objects.filter(kind="institute").count() == 12


def test_every_generated_name_says_that_it_is_an_example():
    write_rows(40, seed=1)
    for model, field in {**NAMED, OrganisationName: "name"}.items():
        assert not model.objects.exclude(**{f"{field}__startswith": "示例"}).exists(), model


def test_every_generated_row_is_public_and_found_by_what_it_says():
    write_rows(40, seed=1)
    assert Organisation.objects.public().count() == 40
    for row in Organisation.objects.all():
        assert (row.__dict__["search"], row.__dict__["sort_key"]) == (row.search, row.sort_key)


def test_generated_credit_codes_are_valid_and_of_no_real_region():
    codes = [credit_code(number) for number in range(1, 500)]
    for code in codes:
        check_credit_code(code)
    assert {code[2:8] for code in codes} == {"000000"}
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", ["某单位", "示例单位"])
def test_a_database_with_rows_of_others_is_refused_and_left_alone(name):
    factories.organisation(name=name)
    with pytest.raises(NotOurs):
        claim()
    assert list(Organisation.objects.values_list("name", flat=True)) == [name]


def test_own_rows_with_a_strange_one_among_them_are_left_alone():
    write_rows(10, seed=1)
    factories.organisation(name="某单位")
    with pytest.raises(NotOurs):
        claim()
    assert Organisation.objects.count() == 11
