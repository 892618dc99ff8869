"""The next period of an indicator, by its frequency and the latest period: never a day of publication."""

from datetime import date

from django.utils.translation import gettext as _

from fengtai.values.periods import Period

MONTHS = {"yearly": 12, "quarterly": 3, "monthly": 1}


def next_start(frequency: str, period: Period | None) -> date | None:
    """The first day of the next period; None where the frequency, or what was last, is not stated."""
    months = MONTHS.get(frequency)
    if months is None or not period or period.end is None:
        return None
    after = date.fromordinal(period.end.toordinal() + 1)  # a period that is not over yet is itself the next
    return _months_later(after, -((after.month - 1) % months))


def is_overdue(frequency: str, period: Period | None, today: date) -> bool:
    """Whether it should have been published: not only the next period is over but the one after it, too.

    Figures of a period come out within the following one; on which day nobody says.
    """
    start = next_start(frequency, period)
    return start is not None and _months_later(start, 2 * MONTHS[frequency]) <= today


def _months_later(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def next_expected(frequency: str, period: Period | None) -> str:
    """In words: 2024年, 2024年第二季度, 2024年3月; empty where it cannot be told."""
    start = next_start(frequency, period)
    if start is None:
        return ""
    told = {"year": start.year, "quarter": (start.month + 2) // 3, "month": start.month}
    if frequency == "yearly":
        return _("the year %(year)d") % told
    if frequency == "quarterly":
        return _("quarter %(quarter)d of %(year)d") % told
    return f"{start.year}-{start.month:02}"
