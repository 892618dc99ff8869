"""What stands behind a label that names a figure or period: what it says in English, and whether it was not read."""

from collections.abc import Callable, Sequence

from django.db.models import F

from fengtai.records.fields import PrintedField
from fengtai.records.links import unread_among
from fengtai.records.paths import field_at
from fengtai.records.printing import gloss_html


def marks_of(model, naming=None) -> Callable[[Sequence], str] | None:
    """Makes the HTML of the values that a model's labels are made of, or those that `naming` makes in their place.

    None where they name no such value.
    """
    named = (naming or model).label_columns("")
    columns = [(position, column) for position, column in enumerate(named) if isinstance(column, F)]
    fields = [(position, field_at(model, column.name)) for position, column in columns]
    printed = [(position, field) for position, field in fields if isinstance(field, PrintedField)]
    if not printed:
        return None

    def marks(parts: Sequence) -> str:
        values = [field.from_stored(parts[position]) for position, field in printed]
        return "".join(gloss_html(value) for value in values if value) + unread_among(values)

    return marks
