"""What a revision changed, in a sentence of text: for feeds, which have no page to show it on."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengtai.records.printing import in_words
from indicators.models import Observation

COMPARED = ("value", "growth", "comparison", "vintage")


def revision_in_words(older: Observation, newer: Observation) -> str:
    """地区生产总值 2023年：由1.93亿美元改为1.95亿美元，公报更正"""
    named = {"indicator": newer.indicator, "period": in_words(newer.period), "scope": newer.scope}
    what = (_("%(indicator)s %(period)s (%(scope)s)") if newer.period else _("%(indicator)s (%(scope)s)")) % named
    changes = [_change(name, *pair) for name in COMPARED if (pair := _pair(older, newer, name))]
    return _("%(what)s: %(told)s") % {
        "what": what,
        "told": pgettext("between clauses", ", ").join([*changes, newer.reason]),
    }


def _pair(older, newer, name: str) -> tuple[str, str] | None:
    """What both say of a field, where that is not the same."""
    said = tuple(_said(one, name) for one in (older, newer))
    return said if said[0] != said[1] else None


def _said(row, name: str) -> str:
    if name == "vintage":
        return str(row.get_vintage_display())
    value = getattr(row, name)
    return value if isinstance(value, str) else in_words(value)


def _change(name: str, old: str, new: str) -> str:
    """Of the figure itself there is no need to say that it is the figure."""
    named = {"field": Observation._meta.get_field(name).verbose_name, "old": old or "—", "new": new or "—"}
    if name == "value":
        return _("from %(old)s to %(new)s") % named
    return _("%(field)s from %(old)s to %(new)s") % named
