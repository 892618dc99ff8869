"""Questions that only staff ask: the state, what is held back or unread, when a row was checked or changed."""

from collections import Counter
from datetime import datetime, time

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.value_filters import DayFilter, SearchFilter
from fengtai.records.as_indexed import not_public
from fengtai.records.models import Record
from fengtai.records.record import EMBARGOED


class StateFilter(ChoiceFilter):
    """The state as staff read it: what waits for its time is not public yet."""

    def __init__(self):
        choices = [*Record.State.choices, (EMBARGOED, _("To be published"))]
        super().__init__(field_name="state", choices=choices, label=_("publication"), blank=False)

    def filter(self, queryset, value):
        if value in (None, ""):
            return queryset
        if value == Record.State.PUBLISHED:
            return queryset.filter(queryset.model.released_condition())
        if value == EMBARGOED:
            return queryset.filter(state=Record.State.PUBLISHED, publish_at__gt=Now())
        return queryset.filter(state=value).filter(not_public())

    def count(self, rows):
        waits = Case(When(publish_at__gt=Now(), then=Value(True)), default=Value(False), output_field=BooleanField())
        found = rows.order_by().annotate(waits=waits).values_list("state", "waits").annotate(Count("pk"))
        counted = Counter()
        for state, is_waiting, count in found:
            counted[EMBARGOED if is_waiting and state == Record.State.PUBLISHED else state] += count
        return counted


class AnswerFilter(ChoiceFilter):
    """Yes or no: `asked` is the condition of the rows for which it is yes."""

    def __init__(self, asked: Q, yes, no, **kwargs):
        self.asked = asked
        super().__init__(choices=[("yes", yes), ("no", no)], blank=False, **kwargs)

    def filter(self, queryset, value):
        if value in (None, ""):
            return queryset
        return queryset.filter(self.asked if value == "yes" else ~self.asked)

    def count(self, rows):
        every = rows.order_by()
        yes = self.filter(every, "yes").values("pk").count()
        return {"yes": yes, "no": every.values("pk").count() - yes}


class UncheckedSinceFilter(DayFilter):
    """Rows that nobody has checked against their source since a day, or ever."""

    def filter(self, queryset, value):
        return queryset.filter(Q(checked_on=None) | Q(checked_on__lt=value)) if value else queryset


class ChangedSinceFilter(DayFilter):
    """Rows that were changed on a day or later, by Beijing's clock."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(changed_at__gte=timezone.make_aware(datetime.combine(value, time.min)))


class PlainSearchFilter(SearchFilter):
    """Of models without an index of their texts, and so of few rows: every word stands in one of some columns."""

    def __init__(self, columns: tuple[str, ...], **kwargs):
        self.columns = columns
        super().__init__(**kwargs)

    def filter(self, queryset, value):
        for word in value.words if value else ():
            held = Q()
            for column in self.columns:
                held |= Q(**{f"{column}__icontains": word.text})
            queryset = queryset.filter(held)
        return queryset
