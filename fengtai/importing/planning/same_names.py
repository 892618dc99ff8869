"""New rows whose name is almost that of a record, or of another row: a person says whether they are the same."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fengtai.importing.planning.plans import NEW, RowPlan
from fengtai.importing.reading.problems import WARNING
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.row_fields import Naming
from fengtai.records.naming.near_names import OFFERED, Near, near_each_other, near_names
from fengtai.values.texts import plain

SAME = "same"  # the topic; its keys are names of rows
A_NEW_ONE, THAT_ROW = "new", "row:"  # answers; others are the key of a record, and the name behind the second


class SameNames:
    """Until it is answered the row is a new record."""

    def __init__(self, planner):
        self.planner, self.declared = planner, planner.declared
        self.book = planner.resolver.book(planner.declared.model)
        self.decided = planner.answers.decided.get(SAME, {})
        self.rows: dict[str, RowPlan] = {}
        for row in planner.result.rows:
            if row.outcome == NEW or plain(row.label) in self.decided:
                self.rows.setdefault(plain(row.label), row)

    def ask(self) -> Iterator[tuple[RowPlan, RowPlan]]:
        """Pairs of rows that somebody called the same: the one that counts, and the other."""
        if not self.rows or not isinstance(self.declared.fields[self.declared.naming], Naming):
            return
        on_file, in_file = near_names([*self.rows], self.book.all_names), self._in_file()
        also = self._by_other_names()
        for name, row in self.rows.items():
            near = [*also.get(name, ()), *on_file.get(name, ()), *in_file.get(name, ())]
            known = {_answer(each): each for each in reversed(near)}
            best = sorted(known.values(), key=near.index)[:OFFERED]
            answer = self._ask(row, best) if best or name in self.decided else ""
            target = self._row_of(answer)
            if target is not None and target is not row:
                yield target, row

    def _row_of(self, answer: str) -> RowPlan | None:
        return self.rows.get(plain(answer.removeprefix(THAT_ROW))) if answer.startswith(THAT_ROW) else None

    def _in_file(self) -> dict[str, list[Near]]:
        """Asked at the later of two rows."""
        names = [*self.rows]
        found = near_each_other(names)
        return {name: [one._replace(key=f"{THAT_ROW}{names[one.key]}") for one in near] for name, near in found.items()}

    def _by_other_names(self) -> dict[str, list[Near]]:
        """Rows whose short or other name is what a record on file, or another row, is called."""
        texts = {name: others for name, row in self.rows.items() if (others := [*_other_names(row, self.book)])}
        self.book.prepare([text for others in texts.values() for text in others])
        found: dict[str, list[Near]] = {}
        for name, others in texts.items():
            for text in others:
                hits = [*self.book.keys(text).items()]
                hits += [(f"{THAT_ROW}{plain(text)}", text)] if plain(text) in self.rows and plain(text) != name else []
                reason = _("called “%(name)s” too") % {"name": text}
                found.setdefault(name, []).extend(Near(key, shown, reason) for key, shown in hits)
        return found

    def _ask(self, row: RowPlan, near: list[Near]) -> str:
        text = _("“%(name)s”: is it known under another name?") % {"name": row.label}
        question = Question(SAME, row.label, text, self._choices(row, near), required=False)
        question.sheet, question.row = row.sheet, row.number
        if answer := self.planner.asked.ask(question):
            return answer
        row.near = [(each.key, each.name) for each in near if isinstance(each.key, int)]
        row.note("near_match", severity=WARNING, names="、".join(f"{each.name}（{each.reason}）" for each in near))
        return ""

    def _choices(self, row: RowPlan, near: list[Near]) -> list[tuple[str, str]]:
        same, other = _("the same as “%(name)s”: %(reason)s"), _("the same as the row “%(name)s”: %(reason)s")
        found = {
            _answer(each): (same if isinstance(each.key, int) else other) % {"name": each.name, "reason": each.reason}
            for each in near
        }
        said = self.decided.get(plain(row.label), "")
        if said not in found and (self._row_of(said) or (said.isdecimal() and row.key is not None)):
            found[said] = _("as was said before: %(answer)s") % {"answer": said}
        return [*found.items(), (A_NEW_ONE, _("a new one"))]


def _answer(near: Near) -> str:
    return str(near.key)


def _other_names(row: RowPlan, book) -> Iterator[str]:
    """What a row calls its record beside its name."""
    related = book.model._meta.get_field(book.related).related_model if book.related else None
    yield from (item.values["name"] for item in row.others if item.model is related and item.values.get("name"))
    if book.has_lines and row.item is not None:
        yield from str(row.item.values.get("other_names") or "").splitlines()
