"""What outcomes, parts of a file and kinds of records are called on the pages of an import."""

from django.apps import apps
from django.conf import settings

from fengtai.values.translatable import N_

OUTCOMES = {
    "new": N_("New"),
    "changed": N_("Changing"),  # "Changed" is what the histories say
    "same": N_("Unchanged"),
    "refused": N_("Refused"),
}
SHOWN = {
    **OUTCOMES,
    "warnings": N_("With warnings"),
    "sources": N_("Sources of the file"),
    "totals": N_("Totals of signings"),
}
SKIPPED = {
    "title": N_("title of the sheet"),
    "note": N_("note on the sheet"),
    "heading": N_("row of headings"),
    "unit": N_("row of units"),
    "total": N_("total"),
    "section": N_("heading of a section"),
    "left": N_("left out"),
    "signature": N_("who filled it in"),
    "example": N_("example of the template"),
    "empty": N_("empty row"),
    "sheet": N_("sheet that is not of this list"),
    "hidden": N_("hidden sheet"),
    "roster_total": N_("total of a signing"),
}


def model_of(kind: str):
    """The model that a missing name belongs to, by the word that the plan calls it by."""
    own = (apps.get_app_config(label).get_models() for label in settings.SUBJECTS)
    return next((model for models in own for model in models if model._meta.model_name == kind), None)
