"""A code that a spreadsheet or its sender damaged: on a person's word left out, and kept as printed in the remark."""

from django.utils.translation import gettext as _

from fengtai.importing.reading.problems import WARNING
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.sheets import shown
from fengtai.importing.reading.words import TO_REMARK, line

CODE = "code"  # the topic


def left_out(reading, field, error, column) -> bool:
    """Whether somebody said so; without an answer the row is refused for what is wrong with the code."""
    if not getattr(field, "text_only", False) or field.required or reading.asked is None or column is None:
        return False
    said = reading.said.get(field.name)
    printed = shown(said.cells.get("")) if said is not None else ""
    text = _("“%(text)s” is no valid code.") % {"text": printed}
    choices = [(TO_REMARK, _("to be left out, and kept as printed in the remark"))]
    question = Question(CODE, printed, text, choices, group=column.heading, called=printed, note=error.message)
    if reading.decide(question) != TO_REMARK:
        return False
    reading.kept.append(line(column.heading, printed))
    reading.plan.note("code_kept", column, WARNING, text=printed)
    return True
