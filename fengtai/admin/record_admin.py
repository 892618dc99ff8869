"""What every admin page does: autocomplete, citations, history, the guard against lost edits, and its look."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db.models import DateTimeField, ForeignKey, ManyToManyField, Prefetch, TextField, URLField
from django.utils.translation import gettext_lazy as _

from fengtai.admin.acts import WithActs
from fengtai.admin.bulk.editing import BulkEditing
from fengtai.admin.careful import CarefulAdmin
from fengtai.admin.citing import CitingRows
from fengtai.admin.citing_facts import ShowsFacts
from fengtai.admin.copying import Copied
from fengtai.admin.imports.access import batches_for, list_for
from fengtai.admin.imports.batch_admin import ImportBatchAdmin
from fengtai.admin.imports.links_field import LinksField
from fengtai.admin.links import TypedLink, TypedLinks
from fengtai.admin.masked_rows import MaskedRows
from fengtai.admin.members import WithMembers
from fengtai.admin.merged import MergedAway
from fengtai.admin.near_names import AskingOfNames
from fengtai.admin.pinning import BegunRows, PinnedRows, PinningAdmin
from fengtai.admin.publication import Publishing
from fengtai.admin.record_forms import RecordForm
from fengtai.admin.redacting import Redacting
from fengtai.admin.row_forms import RowForm
from fengtai.admin.row_sets import RowFormSet
from fengtai.admin.signing_in_again import WholeForms
from fengtai.admin.theirs import RowsOfTheirs
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.sources import SourceImport
from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.models import Kept, Source
from fengtai.records.paths import joined, links_named, links_read

admin.site.site_header = admin.site.site_title = _("Fengtai partner platform")
admin.site.index_title = _("Records")

SHORT_TEXTS = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class ToTheSecond(AdminSplitDateTime):
    """The Chinese format of times has no seconds: a moment shown without them would be saved without them."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets[1].format = "%H:%M:%S"


class Autocompleted:
    """Every link to a registered model is chosen by typing, never from an endless list."""

    def get_autocomplete_fields(self, request):
        links = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [
            field.name
            for field in links
            if _is_chosen(field) and _searchable(self.admin_site, field.related_model, request)
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", TypedLink(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", TypedLinks(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **{"form_class": LinksField, **kwargs})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a link stand "change" and "add": deleting the other record is no part of editing this one."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = formfield and formfield.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
            widget.can_view_related &= not widget.can_change_related
        return formfield


def _is_chosen(field) -> bool:
    """A link stored in the record itself, or in a table that holds nothing else."""
    if isinstance(field, ManyToManyField):
        return bool(field.remote_field.through._meta.auto_created)
    return isinstance(field, ForeignKey)


def _searchable(site, model, request) -> bool:
    return site.is_registered(model) and bool(site.get_model_admin(model).get_search_fields(request))


class NamedCells(Autocompleted):
    """A field in a table of rows says its column's name to those who do not see the heading."""

    extra = 0
    asks = False  # whether values are masked until somebody asks

    def get_formset(self, request, obj=None, **kwargs):
        made = super().get_formset(request, obj, **kwargs)
        made.request, made.site = request, self.admin_site
        return made

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield:
            formfield.widget.attrs["aria-label"] = formfield.label
        return formfield


class RecordInline(RowsOfTheirs, MaskedRows, BegunRows, PinnedRows, NamedCells, admin.TabularInline):
    """Rows of another model edited on their parent's page; the pencil leads to the row's own citations."""

    form = RowForm
    formset = RowFormSet
    view_on_site = False  # their page is their parent's
    formfield_overrides = SHORT_TEXTS

    def get_queryset(self, request):
        """Rows with the records that they are linked to, whose labels are shown beside each of them."""
        links = [field for field in self.model._meta.fields if field.name in self._links_shown(request)]
        further = {f"{link.name}__{one}" for link in links for one in links_named(link.related_model)}
        return joined(super().get_queryset(request), {link.name for link in links} | further)

    def _links_shown(self, request) -> set[str]:
        """Without the link to the parent."""
        return {*self.get_autocomplete_fields(request)} & {*(self.fields or ())}

    @property
    def show_change_link(self):
        return self.admin_site.is_registered(self.model)

    def get_formset(self, request, obj=None, **kwargs):
        if issubclass(self.model, Kept) and not issubclass(self.form, RecordForm):
            kwargs.setdefault("form", RecordForm)
        return super().get_formset(request, obj, **kwargs)


class CitationInline(RowsOfTheirs, NamedCells, CitingRows):
    fields = ("source", "field", "paragraph", "words", "speaker", "held_back")

    def get_queryset(self, request):
        """Many rows cite one source, whose full text is long."""
        return super().get_queryset(request).prefetch_related(Prefetch("source", Source.objects.defer("full_text")))


class RecordAdmin(
    MergedAway,
    PinningAdmin,
    WholeForms,
    Copied,
    WithActs,
    AskingOfNames,
    WithMembers,
    BulkEditing,
    Redacting,
    Publishing,
    Autocompleted,
    CarefulAdmin,
):
    """A record's admin page: its own fields first, then its publication, its rows and its citations."""

    formfield_overrides = {
        **SHORT_TEXTS,
        URLField: {"assume_scheme": "https"},
        DateTimeField: {"widget": ToTheSecond},
    }
    empty_value_display = _("not stated")
    list_import = ListImport  # how the model's lists are imported
    queues: tuple = ()  # what of its records waits on the desk, beside what waits of all records
    listed = True  # on the index; rows edited on their parent's page are not

    def get_queryset(self, request):
        """Rows with the links that their labels are read from."""
        return joined(super().get_queryset(request), links_read(self.model))

    def changelist_view(self, request, extra_context=None):
        """Beside "add" stands the import, for those who may import into the list."""
        page = list_for(request.user, self.model)
        return super().changelist_view(request, {**(extra_context or {}), "import_list": page})

    def render_change_form(self, request, context, obj=None, **kwargs):
        """Says which imports wrote the record."""
        seen = batches_for(request.user)
        writes = ImportWrite.objects.of(obj).filter(batch__in=seen) if obj is not None else []
        asks = obj is not None and any(one.opts.asks for one in context["inline_admin_formsets"])
        said = {"import_writes": writes, "asks_whole": asks}
        return super().render_change_form(request, {**context, **said}, obj=obj, **kwargs)

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), CitationInline]

    def has_module_permission(self, request):
        return self.listed and super().has_module_permission(request)

    def view_on_site(self, obj):
        """Only what the public can see has a page to look at."""
        return obj.get_absolute_url() if obj.is_public else ""

    def get_view_on_site_url(self, obj=None):
        return self.view_on_site(obj) or None if obj is not None else None


admin.site.register(ImportBatch, ImportBatchAdmin)


@admin.register(Source)
class SourceAdmin(ShowsFacts, RecordAdmin):
    readonly_fields = ("sha256",)
    list_import = SourceImport

    def save_model(self, request, obj, form, change):
        if "attachment" in form.changed_data:
            obj.seal_attachment()
        super().save_model(request, obj, form, change)
