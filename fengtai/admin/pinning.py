"""Pins on forms: one beside each provable field, one in each row; what they say is cited as the form is saved."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengtai.admin.current_source import Bar, current_source, may_pin, shown_with
from fengtai.admin.pins import Pin, PinField, Proofs
from fengtai.importing.taking.rights import may_view
from fengtai.records.fields import FigureField
from fengtai.records.models import Citation, Kept, KeptPart, Source
from fengtai.records.proving import provable_fields

ALL_NEW = "pin_all_new"  # the box of the bar
IN_ROW = "pin"  # the field of a row
PREFIX = "pin_"  # before a record's field


def bar_above(request, form: str) -> Bar | None:
    """For those who may cite; `form` is the HTML id of the form under it."""
    if not may_pin(request.user):
        return None
    return Bar(current_source(request), request.get_full_path(), form, pins_all=ALL_NEW in request.POST)


def source_of_all(request) -> Source | None:
    """From which all that a form says is, as its box says."""
    return shown_with(request) if ALL_NEW in request.POST and may_pin(request.user) else None


def cite_filled(form, source: Source) -> None:
    """For a form without pins that made a row: each fact that it says of it."""
    names = provable_fields(type(form.instance))
    for name in (name for name, value in form.cleaned_data.items() if name in names and _is_filled(value)):
        Pin().cite(form.instance, name, source)


class PinnedForm:
    """For the form of a record; `request` is whose form it is."""

    request = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_of_history:
            self._put_pins()

    def _put_pins(self):
        source, model = shown_with(self.request), type(self.instance)
        proofs = Proofs(model, [self.instance.pk]) if may_view(self.request.user, Citation) else None
        for name in [name for name in provable_fields(model) if name in self.fields]:
            pin = self.fields[PREFIX + name] = PinField(source)
            pin.widget.named = self.fields[name].label
            pin.widget.proofs = proofs.of(self.instance.pk, name) if proofs else ()
            self[name].pin = self[PREFIX + name]

    def clean(self):
        """What is wrong with a pin is told at its field."""
        cleaned = super().clean()
        for name in [name for name in self._errors if name.startswith(PREFIX) and name in self.fields]:
            self.add_error(name.removeprefix(PREFIX), self._errors.pop(name).as_data())
        return cleaned

    def pressed(self) -> Iterator[tuple[str, Pin]]:
        """Each field with what its pin says."""
        for name, pin in self.cleaned_data.items():
            if name.startswith(PREFIX) and isinstance(pin, Pin):
                yield name.removeprefix(PREFIX), pin

    def newly_filled(self) -> list[str]:
        names = provable_fields(type(self.instance))
        return [name for name in self.changed_data if name in names and _is_filled(self.cleaned_data.get(name))]


def _is_filled(value) -> bool:
    """An empty text, no link, a box that is not ticked: nothing that a source could state."""
    return value.exists() if hasattr(value, "exists") else str(value) not in ("", "None", "False")


class PinnedRow:
    """For the form of a row: one pin, for the row's main fact."""

    may_change = False  # whether the user may change a row on file
    proofs = proves = None  # what is cited already; the field that the pin cites

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        widget = self.fields[IN_ROW].widget
        widget.named, widget.names_fields = self._meta.model._meta.verbose_name, True
        if self.proofs is not None:
            widget.proofs = self.proofs.of(self.instance.pk)

    def pin(self) -> Pin | None:
        """What the row's pin says, once the row is saved; a row left empty, gone or deleted cites nothing."""
        is_there = self.instance.pk and not self.gone
        return self.cleaned_data.get(IN_ROW) if is_there and (self.is_new or self.may_change) else None


class PinnedRows:
    """For rows of kept parts on their parent's page. The pin stands beside the main fact of the row."""

    def may_pin_rows(self, request, obj) -> bool:
        may_write = self.has_add_permission(request, obj) or self.has_change_permission(request, obj)
        return issubclass(self.model, KeptPart) and may_write and may_pin(request.user)

    @property
    def main_fact(self) -> str:
        """A figure, what the model's lists prove of it, else the first provable field that its rows show."""
        names = provable_fields(self.model)
        figures = [name for name in names if _is_figure(self.model, name)]
        return [*figures, *self.model.proved_as, *(name for name in self.fields or () if name in names), ""][0]

    def get_fields(self, request, obj=None):
        names = [name for name in super().get_fields(request, obj) if name != IN_ROW]
        if self.may_pin_rows(request, obj):
            after = self.main_fact if self.main_fact in names else names[0]
            names.insert(names.index(after) + 1, IN_ROW)
        return names

    def get_formset(self, request, obj=None, **kwargs):
        if not self.may_pin_rows(request, obj):
            return super().get_formset(request, obj, **kwargs)
        form = kwargs.get("form", self.form)
        parts = {IN_ROW: PinField(shown_with(request)), "proves": self.main_fact}
        parts["may_change"] = self.has_change_permission(request, obj)
        kwargs["form"] = type(form)(form.__name__, (PinnedRow, form), parts)
        made = super().get_formset(request, obj, **kwargs)
        if obj is not None and may_view(request.user, Citation):
            rows = self.model._base_manager.order_by().filter(**{made.fk.name: obj.pk})
            made.form.proofs = Proofs(self.model, rows.values("pk"))
        return made


def _is_figure(model, name: str) -> bool:
    return any(field.name == name and isinstance(field, FigureField) for field in model._meta.concrete_fields)


class BegunRows:
    """Of the rows that nearly every new record has, its form shows the first, empty; left empty it makes nothing."""

    begun = False

    def get_extra(self, request, obj=None, **kwargs):
        return int(self.begun and obj is None)


class PinningAdmin:
    """For admin classes of records and kept parts."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not may_pin(request.user):
            return form
        return type(form)(form.__name__, (PinnedForm, form), {"request": request})

    def render_change_form(self, request, context, obj=None, **kwargs):
        may_write = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        if may_write and may_pin(request.user):
            context = {**context, "bar": bar_above(request, f"{self.opts.model_name}_form")}
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.pinned = []
        source = shown_with(request) if may_pin(request.user) else None
        if source is not None:
            said = [*_pressed(form, formsets), *(_all_new(form, formsets) if ALL_NEW in request.POST else ())]
            made = [pin.cite(record, field, source) for record, field, pin in said]
            request.pinned = [citation for citation in made if citation is not None]
            self._tell_pinned(request, source, form.instance)

    def _tell_pinned(self, request, source, record):
        names = dict.fromkeys(_named(citation, record) for citation in request.pinned)
        if names:
            told = _("Cited from “%(source)s”: %(fields)s.")
            self.message_user(request, told % {"source": source, "fields": _(", ").join(names)})

    def construct_change_message(self, request, form, formsets, add=False):
        said = super().construct_change_message(request, form, formsets, add)
        with override(None):  # read in the language of whoever looks
            kind = str(Citation._meta.verbose_name)
        return [*said, *({"added": {"name": kind, "object": str(one)}} for one in getattr(request, "pinned", ()))]


def _named(citation: Citation, record: Model) -> str:
    """The field of the form's record, or what kind of row is proved."""
    proved = citation.record
    is_row = proved != record
    return str(proved._meta.verbose_name if is_row else provable_fields(type(record))[citation.field])


def _pressed(form, formsets) -> Iterator[tuple[Model, str, Pin]]:
    if isinstance(form, PinnedForm):
        yield from ((form.instance, field, pin) for field, pin in form.pressed())
    for row in (row for formset in formsets for row in formset.forms):
        if isinstance(row, PinnedRow) and (pin := row.pin()):
            yield row.instance, row.proves, pin


def _all_new(form, formsets) -> Iterator[tuple[Model, str, Pin]]:
    """What was newly filled, and the new rows. A row without proofs of its own is proved as one of its owner's."""
    owner = form.instance
    if isinstance(form, PinnedForm):
        yield from ((owner, field, Pin()) for field in form.newly_filled())
    for formset in formsets:
        link = getattr(formset, "fk", None)  # citations have none
        name = link.remote_field.get_accessor_name() if link else ""
        for row in formset.new_objects:
            if issubclass(formset.form, PinnedRow):
                yield row, formset.form.proves, Pin()
            elif not isinstance(row, Kept) and name in provable_fields(type(owner)):
                yield owner, name, Pin()
