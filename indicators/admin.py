"""The admin pages of published figures."""

from django.contrib import admin

from fengtai.admin.careful import CarefulAdmin
from fengtai.admin.record_admin import SHORT_TEXTS, RecordAdmin
from indicators.imports import ObservationImport
from indicators.models import Indicator, Observation, Scope
from indicators.revising import Revision


@admin.register(Scope)
class ScopeAdmin(CarefulAdmin):
    fields = ("name", "name_en", "other_names")
    formfield_overrides = SHORT_TEXTS
    list_display = ("name", "name_en")


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin):
    list_display = ("name", "code", "unit", "nature", "category", "headline")
    list_filter = ("category", "nature", "frequency")


@admin.register(Observation)
class ObservationAdmin(RecordAdmin):
    list_import = ObservationImport
    acts = (Revision(),)
    not_copied = ("reason",)
