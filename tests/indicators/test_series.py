"""Which figures are comparable over time, and which of several for one period stands."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from fengtai.pages.charts.marks import Role
from fengtai.values.figures import parse_figure
from fengtai.values.growths import parse_growth
from fengtai.values.periods import parse_period
from indicators.expected import is_overdue, next_expected, next_start
from indicators.series import Stated, series_of

pytestmark = pytest.mark.one_database


def stated(key: int, period: str, value: str, *, growth: bool = False, **about) -> Stated:
    read = parse_growth if growth else parse_figure
    return Stated(key, about.pop("scope", 1), parse_period(period), read(value), **about)


def values(*given: Stated, frequency: str = "") -> list[list[str]]:
    return [[mark.printed for mark in one.marks] for one in series_of(given, frequency)[0]]


def test_another_scope_unit_coverage_or_kind_of_period_is_another_series():
    found = values(
        stated(1, "2021年", "10家"),
        stated(2, "2022年", "20家"),
        stated(3, "2022年", "30家", scope=2),
        stated(4, "2022年", "5亿元"),
        stated(5, "2022年", "40家", coverage="不含园区"),
        stated(6, "2022年上半年", "8家"),
    )
    assert found == [["10家", "20家"], ["30家"], ["5亿元"], ["40家"], ["8家"]]


def test_growths_of_another_basis_or_measure_are_another_series():
    found = values(
        stated(1, "2021年", "增长6%", growth=True, basis="real"),
        stated(2, "2022年", "增长7%", growth=True, basis="real"),
        stated(3, "2022年", "增长9%", growth=True, basis="nominal"),
        stated(4, "2022年", "提高1.9个百分点", growth=True),
    )
    assert found == [["增长6%", "增长7%"], ["增长9%"], ["提高1.9个百分点"]]


def test_what_has_no_place_on_the_axis_is_told_beside_it():
    given = [stated(1, "", "300余家"), stated(2, "2022年", "20家"), stated(3, "2023年3月以来", "9家")]
    given.append(stated(4, "2022年", "增长到2.3倍", growth=True))
    series, beside = series_of(given)
    assert ([mark.printed for one in series for mark in one.marks], [one.key for one in beside]) == (
        ["20家"],
        [1, 3, 4],
    )


def test_a_revision_stands_and_what_it_replaced_stays_in_sight():
    given = stated(1, "2022年", "10家", vintage="preliminary"), stated(2, "2022年", "12家", vintage="final", replaces=1)
    for order in (given, given[::-1]):
        [one] = series_of(order)[0]
        [mark] = one.marks
        assert (mark.printed, mark.role, [printed for printed, _value in mark.past]) == ("12家", Role.FIRM, ["10家"])


def test_without_a_link_the_figure_that_was_worked_out_last_stands():
    [one] = series_of([stated(1, "2022年", "12家", vintage="final"), stated(2, "2022年", "9家", vintage="expected")])[0]
    assert [mark.printed for mark in one.marks] == ["12家"]


def test_a_target_replaces_no_figure():
    [one] = series_of([stated(1, "2022年", "12家"), stated(2, "2022年", "15家", vintage="target")])[0]
    assert [(mark.printed, mark.role) for mark in one.marks] == [("12家", Role.FIRM), ("15家", Role.TARGET)]


def test_inexact_values_and_ranges_are_marked():
    [one] = series_of([stated(1, "2021年", "300余家"), stated(2, "2022年", "150—180家"), stated(3, "2023年", "9家")])[0]
    assert [(mark.exact, mark.upper and int(mark.upper)) for mark in one.marks] == [
        (False, None),
        (False, 180),
        (True, None),
    ]


def test_sums_since_january_are_one_line_where_a_year_has_several():
    given = [stated(n, f"{2021 + n // 3}年1—{3 + n % 3}月", f"{n}家") for n in range(1, 6)]
    [one] = series_of(given, "monthly")[0]
    assert (one.restarts, one.step) == (True, 1)


def test_sums_of_which_a_year_has_one_are_compared_by_the_month_they_end_in():
    given = [stated(1, "2021年前三季度", "7家"), stated(2, "2022年前三季度", "8家"), stated(3, "2023年1—2月", "1家")]
    found, _beside = series_of(given)
    assert [([mark.printed for mark in one.marks], one.step, one.restarts) for one in found] == [
        (["7家", "8家"], 12, False),
        (["1家"], 12, False),
    ]


@pytest.mark.parametrize(
    ("period", "step"),
    [("{}年", 12), ("{}年上半年", 6), ("{}年一季度", 3), ("{}年3月", 1), ("{}年末", 12)],
)
def test_a_missing_period_is_as_far_as_its_kind_says(period, step):
    [one] = series_of([stated(1, period.format(2019), "1家"), stated(2, period.format(2020), "2家")])[0]
    assert one.step == pytest.approx(step)


@pytest.mark.parametrize(
    ("frequency", "period", "start", "words"),
    [
        ("yearly", "2023年", "2024-01-01", "the year 2024"),
        ("yearly", "2023年前三季度", "2023-01-01", "the year 2023"),
        ("yearly", "2023年末", "2024-01-01", "the year 2024"),
        ("quarterly", "2023年四季度", "2024-01-01", "quarter 1 of 2024"),
        ("quarterly", "2023年前三季度", "2023-10-01", "quarter 4 of 2023"),
        ("monthly", "2023年11月", "2023-12-01", "2023-12"),
        ("monthly", "2024年1—2月", "2024-03-01", "2024-03"),
        ("", "2023年", None, ""),
        ("yearly", "", None, ""),
        ("yearly", "2023年3月以来", None, ""),
    ],
)
def test_the_next_period_is_told_by_the_frequency_and_never_made_up(frequency, period, start, words):
    with override("en"):
        assert next_expected(frequency, parse_period(period)) == words
    found = next_start(frequency, parse_period(period))
    assert (found and found.isoformat()) == start


@pytest.mark.parametrize(
    ("frequency", "period", "last_day"),
    [
        ("yearly", "2022年", "2024-12-31"),
        ("yearly", "2023年前三季度", "2024-12-31"),
        ("quarterly", "2023年四季度", "2024-06-30"),
        ("monthly", "2023年11月", "2024-01-31"),
    ],
)
def test_what_is_next_is_overdue_once_the_period_after_it_is_over(frequency, period, last_day):
    day, period = date.fromisoformat(last_day), parse_period(period)
    assert not is_overdue(frequency, period, day)
    assert is_overdue(frequency, period, day + timedelta(days=1))


def test_without_a_frequency_or_a_period_nothing_is_overdue():
    assert not is_overdue("", parse_period("2001年"), date(2024, 1, 1))
    assert not is_overdue("yearly", parse_period(""), date(2024, 1, 1))
    assert not is_overdue("yearly", None, date(2024, 1, 1))
