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
    "struck": N_("row struck out"),
    "sheet": N_("sheet that is not of this list"),
    "hidden": N_("hidden sheet"),
    "roster_total": N_("total of a signing"),
    "repeat": N_("row that repeats another"),
    "left_out": N_("left out by decision"),
}
TOPICS = {  # of questions
    "set": N_("Stated once for the whole file"),
    "layout": N_("How a table lies"),
    "axis": N_("What the headings of a table name"),
    "section": N_("Headings of sections"),
    "row": N_("Records or totals"),
    "repeat": N_("Rows about one record that differ"),
    "same": N_("Almost the same name"),
    "word": N_("Words that are not understood"),
    "code": N_("Codes that are damaged"),
    "year": N_("Dates that show no year"),
    "merged": N_("One figure over several rows"),
    "several": N_("Several figures in one cell"),
    "unit": N_("Units that nobody states"),
    "growth-unit": N_("Units of growths"),
    "percent": N_("Shares written without a percent sign"),
    "decimals": N_("Decimals of computed figures"),
}
LEFT_OUT = N_("Rows that may be left out")  # refused ones: most files need no answer


def model_of(kind: str):
    """The model that a missing name belongs to, by the word that the plan calls it by."""
    own = (apps.get_app_config(label).get_models() for label in settings.SUBJECTS)
    return next((model for models in own for model in models if model._meta.model_name == kind), None)
