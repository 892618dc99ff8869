"""What a chart says in words: of exact values alone, and what is compared is told as this site's own."""

from decimal import Decimal

from django.utils.translation import override

from fengtai.pages.charts.marks import Chart, Mark, Role
from fengtai.pages.charts.words import key, remarks, summary


def mark(year: int, value, **further) -> Mark:
    return Mark(f"{value}家", Decimal(value), year * 12, f"{year}年", str(year), **further)


def chart(*marks: Mark, **further) -> Chart:
    return Chart("example", "示例", further.pop("kind", "line"), marks, "家", 12, **further)


def said(*marks: Mark, **further) -> str:
    with override("en"):
        return summary(chart(*marks, **further))


def test_the_course_is_told_from_the_first_exact_value_to_the_last():
    assert said(mark(2019, 10), mark(2020, 30), mark(2021, 20)) == (
        "From 10家 (2019年) to 20家 (2021年). Compared by this site: highest 30家 (2020年), lowest 10家 (2019年)."
    )


def test_english_readers_are_told_what_the_print_says():
    both = [
        mark(year, value, english=f"{value} enterprises", english_when=str(year))
        for year, value in ((2019, 10), (2020, 30))
    ]
    assert said(*both) == "From 10家 · 10 enterprises (2019) to 30家 · 30 enterprises (2020)."
    with override("zh-hans"):
        assert summary(chart(*both)) == "从2019年的10家到2020年的30家。"


def test_of_two_values_none_is_called_the_highest():
    assert said(mark(2019, 10), mark(2020, 30)) == "From 10家 (2019年) to 30家 (2020年)."


def test_inexact_values_and_targets_are_compared_with_nothing():
    marks = mark(2019, 10), mark(2020, 99, exact=False), mark(2021, 20), mark(2022, 500, role=Role.TARGET)
    assert said(*marks) == "From 10家 (2019年) to 20家 (2021年). 1 inexact value is not compared."


def test_a_gap_is_told():
    assert said(mark(2019, 10), mark(2022, 30)) == (
        "From 10家 (2019年) to 30家 (2022年). Nothing is on file between 2019年 and 2022年."
    )


def test_counts_are_told_as_this_site_s():
    rows = Mark("4", Decimal(4), 0, "签约"), Mark("1", Decimal(1), 1, "投产")
    assert said(*rows, kind="funnel", counted=True) == "Counted by this site: 签约 4, 投产 1."


def test_of_sums_since_january_the_last_of_each_year_is_told():
    sums = [Mark(f"{n}家", Decimal(n), 2022 * 12 + n, f"第{n}月") for n in (2, 5, 11, 14, 23)]
    told = Chart("example", "示例", "line", tuple(sums), "家", 3, restarts=True)
    with override("en"):
        assert summary(told) == (
            "From 11家 (第11月) to 23家 (第23月). Nothing is on file between 第5月 and 第11月, 第14月 and 第23月."
        )
        assert remarks(told)[-1] == "Each value is a sum since January; the line begins anew every year."


def test_the_key_names_only_what_is_drawn():
    assert key(chart(mark(2019, 10), mark(2020, 20))) == []
    past = (("5家", Decimal(5)),)
    marks = mark(2019, 10, past=past), mark(2020, 20, exact=False, upper=Decimal(25)), mark(2021, 9, role=Role.TARGET)
    assert [css for css, _meaning in key(chart(*marks))] == ["c-firm", "c-inexact", "c-span", "c-target", "c-past"]


def test_an_axis_that_leaves_out_nought_says_so():
    with override("en"):
        assert remarks(chart(mark(2019, 1800), mark(2020, 2200))) == ["The axis does not begin at nought."]
        assert remarks(chart(mark(2019, 1), mark(2020, 2200))) == []
        assert remarks(chart(mark(2019, 1800), mark(2020, 2200), kind="bars")) == []
