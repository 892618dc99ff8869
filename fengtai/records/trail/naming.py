"""What rows are called, in the language of the office, whatever language somebody has chosen."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import translation

from fengtai.records.trail.entries import LONGEST
from fengtai.records.trail.stored import Row, by_model, slices
from fengtai.values.masking import masked


def names_of(rows: Iterable[Row]) -> dict[Row, str]:
    """Of those that are on file."""
    found = {}
    with translation.override(settings.LANGUAGE_CODE):
        for model, keys in by_model(rows).items():
            links = _links_named(model)
            for some in slices(keys):
                stored = model._base_manager.order_by().filter(pk__in=some)
                stored = stored.select_related(*links) if links else stored
                found |= {(model, row.pk): _named(row) for row in stored}
    return found


def name_of(row: models.Model) -> str:
    """Of a row at hand, such as one that is about to go."""
    with translation.override(settings.LANGUAGE_CODE):
        return _named(row)


def _named(row: models.Model) -> str:
    try:
        name = str(row)
    except ObjectDoesNotExist:  # of what it links to
        return ""
    return (masked(name) if getattr(row, "personal", ()) else name)[:LONGEST]


def _links_named(model) -> list[str]:
    paths = {path.rpartition("__")[0] for path in getattr(model, "label_paths", ())} - {""}
    return sorted(paths | {*getattr(model, "public_through", ())})
