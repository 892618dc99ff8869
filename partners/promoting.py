"""The button 升为链长: a membership of the next higher level, and if wished the end of the one before."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.acts import Act, act_form
from fengtai.admin.record_forms import CarefulForm
from fengtai.importing.taking.rights import ADD, CHANGE, may
from partners.models import Level, Membership, Organisation

ASKED = ("since", "chain", "roster")


class PromotionForm(CarefulForm):
    ends_old = forms.BooleanField(label=gettext_lazy("End the membership so far the day before"), required=False)
    old: Membership | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].required = True

    def clean(self):
        cleaned = super().clean()
        since = cleaned.get("since")
        if since and not since.start:
            self.add_error("since", forms.ValidationError(_("Give the day, month or year."), code="no_day"))
        elif since and cleaned.get("ends_old"):
            self.old.until = _day(since.start - timedelta(days=1))
            if self.old.since_start and self.old.until_start < self.old.since_start:
                told = _("The membership so far began later: %(since)s.") % {"since": self.old.since}
                self.add_error("since", forms.ValidationError(told, code="before_old"))
        return cleaned


class Promotion(Act):
    """For organisations and memberships: which level comes next their ranks say."""

    name = "promote"

    def may(self, page, request, record):
        return may(request.user, Membership, ADD)

    def is_possible(self, record):
        return _next_level(record) is not None

    def label(self, record):
        return _("Promote to %(level)s") % {"level": _next_level(record)}

    def help(self, record):
        named = {"organisation": _membership(record).organisation, "level": _next_level(record)}
        return _("%(organisation)s becomes %(level)s. Its membership so far stays on file.") % named

    def form(self, page, request, record):
        old = _membership(record)
        new = Membership(organisation=old.organisation, level=_next_level(record))
        form = act_form(page, request, Membership, PromotionForm, ASKED)(request.POST or None, instance=new)
        form.old = old
        if old.until or not may(request.user, Membership, CHANGE):
            del form.fields["ends_old"]
        return form

    def write(self, form, *, by):
        if form.cleaned_data.get("ends_old"):
            form.old._history_user = by
            form.old.save()
        form.instance._history_user = by
        return form.save()


def _membership(record) -> Membership | None:
    """The membership itself, or the highest that an organisation has today."""
    if not isinstance(record, Organisation):
        return record
    return _in_force(record).order_by("-level__rank", "pk").first()


def _in_force(organisation: Organisation):
    return organisation.memberships.in_force().select_related("level", "organisation")


def _next_level(record) -> Level | None:
    """The level above; none where there is none, or where the organisation has reached it."""
    old = _membership(record)
    if old is None:
        return None
    above = Level.objects.filter(rank__gt=old.level.rank).order_by("rank", "pk").first()
    reached = above is not None and _in_force(old.organisation).filter(level__rank__gte=above.rank).exists()
    return None if reached else above


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
