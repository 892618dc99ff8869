"""What changed in a field, as a page tells it: published values in print with their gloss, Chinese marked as such."""

from dataclasses import dataclass
from html import escape

from fengtai.records.chinese import marked
from fengtai.records.fields import PrintedField
from fengtai.records.printing import in_words, printed_html


@dataclass(frozen=True)
class Change:
    """What a field said and says, as text; `values` are both as they were read, where they are published values."""

    label: str
    old: str
    new: str
    values: tuple = (None, None)

    @property
    def old_html(self) -> str:
        return self._html(self.old, self.values[0])

    @property
    def new_html(self) -> str:
        return self._html(self.new, self.values[1])

    @property
    def old_text(self) -> str:
        return self._text(self.old, self.values[0])

    @property
    def new_text(self) -> str:
        return self._text(self.new, self.values[1])

    @staticmethod
    def _text(text: str, value) -> str:
        return in_words(value) if value and str(value) == text else text

    def _html(self, text: str, value) -> str:
        return printed_html(value) if value and str(value) == text else marked(escape(text)) or "—"


def values_of(older, newer, name: str) -> tuple:
    """Both published values of a field that holds such; nothing of any other."""
    field = older.instance_type._meta.get_field(name)
    if not isinstance(field, PrintedField):
        return None, None
    return tuple(field.from_stored(str(getattr(version, name) or "")) for version in (older, newer))
