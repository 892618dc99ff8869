"""Values that make no sense are told at their field: numbers beyond the database, rings of links, strange revisions."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from fengtai.importing.reading.cells import CellError
from fengtai.importing.reading.row_fields import Number
from fengtai.importing.reading.said import Said
from fengtai.records.models import Followed
from fengtai.records.rings import own_links
from indicators.models import Observation
from partners.models import Membership
from projects.models import Place
from tests import factories
from tests.admin.admin_pages import errors_of, form_data
from tests.importing.import_steps import planned

RANGES = BaseDatabaseOperations.integer_field_ranges  # as PostgreSQL keeps to them
INTEGERS = [
    field
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if issubclass(model, Followed) and isinstance(field, models.IntegerField)
    if field.editable and not field.primary_key
]


@pytest.mark.parametrize("field", INTEGERS, ids=str)
def test_a_number_beyond_postgresql_is_refused_on_every_database(field):
    _least, most = RANGES[field.get_internal_type()]
    assert field.clean(most, None) == most
    with pytest.raises(ValidationError):
        field.clean(most + 1, None)
    if formfield := field.formfield():
        with pytest.raises(ValidationError):
            formfield.clean(str(most + 1))


def test_the_numbers_that_staff_type_are_looked_at():
    assert {"paragraph", "headline", "position", "rank"} <= {field.name for field in INTEGERS}


@pytest.mark.django_db
def test_a_number_that_is_too_large_is_told_at_its_field_in_chinese(admin_client):
    sent = form_data(admin_client.get("/admin/partners/level/add/")) | {"name": "示例级别", "code": "one"}
    answer = admin_client.post("/admin/partners/level/add/", sent | {"rank": "32768"})
    assert errors_of(answer) == {"rank": ["确保该值小于或等于32767。"]}


@pytest.mark.parametrize("cell", ["32768", "1e999999", -1])
def test_a_number_that_is_too_large_is_refused_in_a_cell(cell):
    position = Membership._meta.get_field("position")
    with pytest.raises(CellError) as refused:
        Number("position", "次序", position).value(Said({"": cell}), None)
    assert refused.value.code == "not_in_range"
    assert Number("position", "次序", position).value(Said({"": "32767"}), None) == 32767


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_place_lies_in_no_place_that_lies_in_it(admin_client, length):
    places = [factories.place(name=f"示例园区{number}") for number in range(length)]
    for inner, outer in zip(places[1:], places, strict=False):
        Place.objects.filter(pk=inner.pk).update(parent=outer)
    address = f"/admin/projects/place/{places[0].pk}/change/"
    sent = form_data(admin_client.get(address)) | {"parent": str(places[-1].pk)}
    sent = {name: value for name, value in sent.items() if value != [""]}
    assert errors_of(admin_client.post(address, sent)) == {"parent": ["沿此关系会绕回本记录，形成循环。"]}
    places[0].refresh_from_db()
    assert places[0].parent is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field", [f for m in apps.get_models() if issubclass(m, Followed) for f in own_links(m)], ids=str
)
def test_no_record_leads_back_to_itself(field):
    row = factories.made_row(field.model)
    setattr(row, field.name, row)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert field.name in refused.value.error_dict


@pytest.mark.django_db
def test_a_ring_is_told_at_its_cell_also_where_two_rows_make_it(tmp_path):
    for name in ("示例甲园", "示例乙园", "示例丙园"):
        factories.place(name=name)
    path = tmp_path / "载体.csv"
    path.write_text("名称,所在片区\n示例甲园,示例乙园\n示例乙园,示例甲园\n示例丙园,示例丙园\n", "utf-8")
    found = [(problem.code, problem.row, problem.column) for problem in planned("places", path).all_problems()]
    assert found == [("ring", 3, "B"), ("ring", 4, "B")]


@pytest.mark.django_db
def test_observations_replace_each_other_in_no_ring():
    first = factories.observation()
    second = factories.observation(indicator=first.indicator, supersedes=first, reason="示例")
    first.supersedes, first.reason = second, "示例"
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert [*refused.value.error_dict] == ["supersedes"]
    assert list(Observation.objects.latest_published()) == [second]


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["indicator", "scope", "period"])
def test_a_revision_speaks_of_what_it_replaces(other):
    first = factories.observation(period="2023年")
    same = {"indicator": first.indicator, "scope": first.scope, "period": "2023年度"}
    different = {"indicator": factories.indicator(), "scope": factories.scope(name="示例园"), "period": "2022年"}
    revision = factories.observation(**same, supersedes=first, reason="示例")
    revision.full_clean()
    for row in (revision, first):  # whichever of the two is edited
        kept = getattr(row, other)
        setattr(row, other, different[other])
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert [*refused.value.error_dict] == ["supersedes"]
        setattr(row, other, kept)
