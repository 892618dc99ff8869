"""New rows whose name is almost that of a record: a person says whether they are the same."""

from django.utils.translation import gettext as _

from fengtai.importing.planning.plans import NEW, RowPlan
from fengtai.importing.reading.problems import WARNING
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.row_fields import Naming
from fengtai.records.naming.near_names import near_names
from fengtai.values.texts import plain

SAME = "same"  # the topic; its keys are names of rows, its answers keys of records
A_NEW_ONE = "new"


def ask_about_near(planner) -> None:
    """Until it is answered the row is a new record."""
    declared = planner.declared
    if not isinstance(declared.fields[declared.naming], Naming):
        return
    decided = planner.answers.decided.get(SAME, {})
    rows = {plain(row.label): row for row in planner.result.rows if row.outcome == NEW or plain(row.label) in decided}
    near_of = near_names(list(rows), planner.resolver.book(declared.model).all_names) if rows else {}
    for name, row in rows.items():
        near = dict(near_of.get(name, ()))
        if decided.get(name, "").isdecimal() and row.key is not None:
            near.setdefault(row.key, row.label)
        if near:
            _ask(planner, row, near)


def _ask(planner, row: RowPlan, near: dict[int, str]) -> None:
    same = [(str(key), _("the same as “%(name)s”") % {"name": shown}) for key, shown in near.items()]
    text = _("“%(name)s”: is it on file under another name?") % {"name": row.label}
    question = Question(SAME, row.label, text, [*same, (A_NEW_ONE, _("a new one"))], required=False)
    question.sheet, question.row = row.sheet, row.number
    if not planner.asked.ask(question):
        row.near = list(near.items())
        row.note("near_match", severity=WARNING, names="、".join(near.values()))
