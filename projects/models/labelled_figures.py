"""Figures that are told apart by what their source calls them: amounts of money by their kind, areas by theirs."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fengtai.values.labels import OTHER, Labels


def called(choices, kind: str, words: str) -> str:
    """What a figure is called: in Chinese as its source does, in English by its kind, where that is one of the list."""
    is_known = kind and kind != OTHER
    if words and not (is_known and get_language() == "en"):
        return words
    return str(choices(kind).label) if kind else ""


def contradiction(labels: Labels, choices, text: str, kind: str) -> ValidationError | None:
    """Of a kind that is none of those that the words around a figure say."""
    said = labels.kinds_around(text)
    if not said or kind in said:
        return None
    told = _("The words of the figure say “%(said)s”, not “%(chosen)s”.")
    params = {"said": choices(said[0]).label, "chosen": choices(kind).label}
    return ValidationError(told, params=params, code="kind_contradicted")
