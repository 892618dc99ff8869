"""What a chart says in words: for those who do not see it, and above its picture for those who do."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fengtai.pages.charts.marks import Chart, Mark, Role
from fengtai.pages.charts.scale import ticks_for

MOST = 3  # gaps and values without a place that are named; the table holds them all


def summary(chart: Chart) -> str:
    """Of exact values alone; what is compared is told as worked out by the platform."""
    said = [_counts(chart)] if chart.counted else [_course(chart), _gaps(chart), _inexact(chart)]
    return " ".join(filter(None, said))


def _course(chart: Chart) -> str:
    exact = [mark for mark in chart.standing if mark.exact]
    if is_sum(chart):
        exact = [*{int(mark.at) // 12: mark for mark in exact}.values()]  # of each year the last
    if len(exact) < 2:
        return ""
    low, high = (choose(exact, key=lambda mark: mark.value) for choose in (min, max))
    told = {**_told("first", exact[0]), **_told("last", exact[-1]), **_told("high", high), **_told("low", low)}
    course = _("From %(first)s (%(first_when)s) to %(last)s (%(last_when)s).") % told
    if len(exact) < 3 or is_sum(chart):
        return course
    highest = _("Compared by this site: highest %(high)s (%(high_when)s), lowest %(low)s (%(low_when)s).") % told
    return f"{course} {highest}"


def _told(name: str, mark: Mark) -> dict[str, str]:
    """English readers are told what the print says beside it, and the period in its place."""
    english = mark.english if get_language() == "en" else ""
    return {name: " · ".join(filter(None, (mark.printed, english))), f"{name}_when": when_told(mark)}


def when_told(mark: Mark) -> str:
    """The period in the reader's language."""
    return (mark.english_when if get_language() == "en" else "") or mark.when


def _gaps(chart: Chart) -> str:
    between = _("%(one)s and %(other)s")
    pairs = [between % {"one": when_told(one), "other": when_told(other)} for one, other in chart.gaps]
    if not pairs:
        return ""
    listed = _(", ").join(pairs[:MOST]) + ("…" if len(pairs) > MOST else "")
    return _("Nothing is on file between %(gaps)s.") % {"gaps": listed}


def _inexact(chart: Chart) -> str:
    count = len([mark for mark in chart.standing if not mark.exact])
    told = ngettext("%(count)d inexact value is not compared.", "%(count)d inexact values are not compared.", count)
    return told % {"count": count} if count else ""


def _counts(chart: Chart) -> str:
    rows = _(", ").join(f"{when_told(mark)} {mark.printed}" for mark in chart.marks)
    return _("Counted by this site: %(rows)s.") % {"rows": rows}


def key(chart: Chart) -> list[tuple[str, str]]:
    """What the marks mean, of those that the chart holds: the classes of a mark, and its meaning."""
    marks, found = chart.marks, []
    if any(not mark.exact for mark in marks):
        found.append(("c-inexact", _("inexact as printed (about, more than, nearly …)")))
    if any(mark.upper is not None for mark in marks):
        found.append(("c-span", _("a range")))
    if any(mark.role is Role.PROVISIONAL for mark in marks):
        found.append(("c-provisional", _("expected or preliminary")))
    if any(mark.role is Role.TARGET for mark in marks):
        found.append(("c-target", _("target")))
    if any(mark.past for mark in marks):
        found.append(("c-past", _("replaced by a later figure")))
    return [("c-firm", _("exact value")), *found] if found else []


def is_sum(chart: Chart) -> bool:
    """Whether its values grow through each year and begin anew."""
    return chart.restarts and chart.kind == "line"


def is_cut(chart: Chart) -> bool:
    """Whether its axis leaves out nought."""
    if chart.kind != "line":
        return False
    ticks = ticks_for([value for mark in chart.marks for value in mark.values], from_zero=False)
    return ticks[0] > 0 or ticks[-1] < 0


def remarks(chart: Chart) -> list[str]:
    """What must be known to read it right."""
    found = [*chart.notes]
    if is_cut(chart):
        found.append(_("The axis does not begin at nought."))
    if is_sum(chart):
        found.append(_("Each value is a sum since January; the line begins anew every year."))
    return found
