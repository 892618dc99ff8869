"""What a row is that may as well be something else than a record: a person says."""

from django.utils.translation import gettext as _

from fengtai.importing.reading.questions import Question

ROW = "row"  # the topic; the key is what the row calls itself
RECORD, TOTAL, LEAVE = "record", "total", "leave"


def what_is(label: str, reading, column=None) -> str:
    """RECORD, TOTAL or LEAVE; empty while nobody has said, and then the row is refused."""
    text = _("Is “%(label)s” a record of the list, or a total of others?") % {"label": label}
    choices = [(RECORD, _("a record")), (TOTAL, _("a total")), (LEAVE, _("neither: leave it out"))]
    return reading.ask(Question(ROW, label, text, choices), column)
