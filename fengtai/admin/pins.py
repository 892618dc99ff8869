"""A pin: the small button beside a field that cites the current source for it, with paragraph and words if wanted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.validators import ProhibitNullCharactersValidator
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy

from fengtai.records.models import Citation, Source
from fengtai.records.proving import provable_fields
from fengtai.records.text_rules import check_text


@dataclass(frozen=True)
class Pin:
    """What a pin that was pressed says; `paragraph` and `words` may be left empty."""

    paragraph: int | None = None
    words: str = ""

    def cite(self, record, field: str, source: Source) -> Citation | None:
        """Makes the citation; None if it is there already. One that says no more than the source adds nothing."""
        said = {"paragraph": self.paragraph, "words": self.words} if self != Pin() else {}
        kind = ContentType.objects.get_for_model(record)
        proofs = Citation.objects.filter(content_type=kind, object_id=record.pk)
        if proofs.filter(source=source, field=field, **said).exists():
            return None
        return Citation.objects.create(record=record, source=source, field=field, **said)


class Proofs:
    """What is cited already of some rows of a model: read once for all of them, when the first is asked for."""

    def __init__(self, model, keys: Iterable):
        self.model, self.keys = model, keys

    def of(self, key: int | None, field: str | None = None) -> list[Citation]:
        """Those of a row, or those of one of its fields."""
        if key is None:
            return []
        return [proof for proof in self._found.get(key, ()) if field in (None, proof.field)]

    @cached_property
    def _found(self) -> dict[int, list[Citation]]:
        kind, found, labels = ContentType.objects.get_for_model(self.model), defaultdict(list), self._labels()
        proofs = Citation.objects.filter(content_type=kind, object_id__in=self.keys).select_related("source")
        for proof in proofs.defer("source__full_text"):
            proof.field_in_words = labels.get(proof.field, "")
            found[proof.object_id].append(proof)
        return found

    def _labels(self) -> dict:
        return {"": self.model._meta.verbose_name, **provable_fields(self.model)}


class PinWidget(forms.MultiWidget):
    """A button that is a box to tick, what unfolds beside it, and what is cited already."""

    proofs: Iterable[Citation] = ()
    names_fields = False  # whether the proofs may be of different fields
    named = ""  # the field, said to those who do not see where the pin stands

    def __init__(self, paragraph, words):
        parts = {"": forms.CheckboxInput, "paragraph": paragraph.widget, "words": words.widget}
        super().__init__(parts)

    def decompress(self, value):
        return [True, value.paragraph, value.words] if value else [False, None, ""]

    def render(self, name, value, attrs=None, renderer=None):
        is_pressed, paragraph, words = value if isinstance(value, list) else self.decompress(value)
        context = {"name": name, "is_pressed": is_pressed, "paragraph": paragraph, "words": words}
        context |= {"id": (attrs or {}).get("id", f"id_{name}"), "named": self.named}
        context |= {"proofs": self.proofs, "names_fields": self.names_fields}
        return render_to_string("admin/_pin.html", context)


class PinField(forms.MultiValueField):
    """Reads a `Pin`, None where it is not pressed. It is never a change of the form by itself."""

    def __init__(self, source: Source | None = None, **kwargs):
        self.source = source
        paragraph = Citation._meta.get_field("paragraph").formfield()
        words = Citation._meta.get_field("words").formfield()
        words.validators = [v for v in words.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        words.validators.append(check_text)
        parts = (forms.BooleanField(required=False), paragraph, words)
        kwargs |= {"required": False, "require_all_fields": False, "widget": PinWidget(paragraph, words)}
        super().__init__(parts, **{"label": gettext_lazy("Proof"), **kwargs})

    def clean(self, value):
        if not (value and value[0]):
            return None
        if self.source is None:
            told = gettext("This pin cites nothing yet: choose the current source on top of the page, then save again.")
            raise forms.ValidationError(told, code="no_source")
        return super().clean(value)

    def compress(self, values):
        return Pin(values[1], values[2].strip())

    def has_changed(self, initial, data):
        return False
