"""Form fields for texts kept as printed: one text typed, its reading shown under it."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fengtai.records.readings import describe


class ReadingInput(forms.TextInput):
    """A text input with what the platform understands under it, kept current by `reading.js`."""

    class Media:
        js = ("fengtai/reading.js",)

    def __init__(self, kind: str, attrs=None):
        self.kind = kind
        super().__init__(attrs)

    def format_value(self, value):
        return "" if value is None else str(value)

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(
            name, value, {**(attrs or {}), "data-reading": reverse("reading", args=[self.kind])}, renderer
        )
        told = describe(value) if value and str(value) != value else ""
        reading = _("Read as %(reading)s") % {"reading": told} if told and not value.is_unread else told
        return format_html(
            '{}<output class="reading" for="{}">{}</output>', field, (attrs or {}).get("id", name), reading
        )


class PrintedFormField(forms.CharField):
    """Reads what was typed with the model field's own reader, so a form and an import agree."""

    def __init__(self, *, printed, **kwargs):
        self.printed = printed
        kwargs["widget"] = ReadingInput(printed.reading_kind)
        super().__init__(**kwargs)

    def to_python(self, value):
        return self.printed.assigned(super().to_python(value))

    def validate(self, value):
        if self.required and not str(value or ""):
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        super().run_validators(str(value or ""))

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "").strip()


class LabelledFormField(PrintedFormField):
    """A figure that may be typed with what it is called (协议投资额约3.5亿元); the figure alone is its value."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.kind = "labelled"

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            label, figure = self.printed.labels.split(str(value or "").strip())
            if not label:
                raise
            return super().to_python(figure)
