"""Words of cells that the list does not understand: a person says once for a column what becomes of each.

A question has the topic "word" and the key "heading：word"; the heading alone answers for all its words. Its answer is
`keep`, `remark` or `leave`, one of the list's own choices, or what the cell should have said.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fengtai.importing.reading.answers import LEAVE
from fengtai.importing.reading.questions import Question
from fengtai.values.texts import tidy, unbroken
from fengtai.values.translatable import N_

WORD, KEEP, TO_REMARK = "word", "keep", "remark"
MOST_WORDS = 200  # of one column that are asked about; what a column holds that has more are no words
KEPT = KEEP, N_("keep as printed, not read")
KEPT_KIND = KEEP, N_("keep as printed, the kind not stated")
NOTED = TO_REMARK, N_("keep in the remark")
LEFT = LEAVE, N_("leave out")
ALIKE = (KEPT, LEFT)  # the choices of every column


def decision(reading, column, word: str, reason: str, choices: Sequence[tuple], *, offered="", required=True) -> str:
    """The answer for a word of a column; empty as long as there is none."""
    if column is None:
        return ""
    told = _("“%(word)s” in “%(heading)s” is not understood: %(reason)s")
    text = told % {"word": word, "heading": column.heading, "reason": reason}
    answers = [(code, _(label)) for code, label in choices]
    key = f"{column.heading}：{word}"
    question = Question(WORD, key, text, answers, offered, column.heading, required=required, typed=True)
    question.called, question.note = word, "" if len(choices) > len(ALIKE) else reason  # choices say why by themselves
    return reading.decide(question, MOST_WORDS)


def line(heading: str, text: str) -> str:
    """What a cell says as one line of a remark, however many it has."""
    return f"{tidy(unbroken(heading))}：{tidy(unbroken(text)).replace(chr(10), ' ')}"
