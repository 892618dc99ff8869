"""The question for a paragraph of a source, as the source's own page asks it."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from fengtai.records.doors import seen

LAST = 32767  # the largest number that a paragraph can have


class ParagraphFilter(django_filters.NumberFilter):
    """Rows stated in a paragraph: of the source asked for beside it, or of any."""

    field_class = forms.IntegerField
    on_request = True  # the form asks it where the address does

    def __init__(self):
        super().__init__(label=_("Paragraph"), min_value=1, max_value=LAST)

    def filter(self, queryset, value):
        if value is None:
            return queryset
        rows = self._stated(value, self.parent.form.cleaned_data.get("source"))
        if self.parent.gathered:
            return queryset.filter(pk__in=rows.values("pk"))
        return queryset.filter(Exists(rows.filter(pk=OuterRef("pk"))))

    def _stated(self, paragraph: int, source):
        """One citation must name both. Whoever asks may know of it."""
        known = {} if source is None else {"citations__source": source}
        return self.model._base_manager.order_by().filter(
            *([] if self.parent.staff else [seen(self.model, "citations__source")]),
            citations__paragraph=paragraph,
            **known,
        )
