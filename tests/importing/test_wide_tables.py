"""Tables that lie across: every figure with its indicator, area, period, unit and growth, and the cell it stands in."""

import pytest

from indicators.models import Observation
from tests.importing.import_steps import CREATE_ALL, planned
from tests.importing.wide_tables import SHAPES, Numbers

pytestmark = pytest.mark.django_db


def figures(found):
    """What the plan would write, as the generator tells it."""

    def name(target):
        return target.values["name"]

    return [
        (
            f"{row.column}{row.number}",
            name(row.item.values["indicator"]),
            name(row.item.values["scope"]),
            *(str(row.item.values.get(each, "")) for each in ("period", "value", "growth")),
        )
        for row in found.rows
        if row.item.model is Observation
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_figure_of_a_table_is_read_as_it_lies(tmp_path, shape):
    made = shape(tmp_path, Numbers(shape.__name__))
    found = planned("indicators", made.path, **CREATE_ALL, decided=made.decided)
    assert [problem.message for problem in found.all_problems()] == []
    assert sorted(figures(found)) == sorted(made.figures)
