"""One row while it is read: what its cells mean, compared with the record on file; nothing is written."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from fengtai.importing.planning.damaged_codes import left_out
from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.planning.same_values import EMPTY, note_change, says_the_same, stored_value
from fengtai.importing.reading.cells import ERASE, CellError
from fengtai.importing.reading.problems import WARNING, sentence
from fengtai.importing.reading.questions import Asked, Question
from fengtai.importing.reading.said import Said
from fengtai.importing.reading.sentences import MESSAGES
from fengtai.records.models import Citation, Kept
from fengtai.records.rings import leads_back
from fengtai.values.figures import Figure
from fengtai.values.growths import Growth
from fengtai.values.texts import plain

LONGEST_WORDS = 40


class RowReading:
    """What fields and subjects speak to: `set`, `link`, `child`, `refer`, `problem`, `warn`."""

    def __init__(self, plan: RowPlan, model, resolver, on_file=None, record=None, *, by_number=False):
        self.plan, self.resolver, self.on_file = plan, resolver, on_file
        self.record, self.by_number = record, by_number
        version = getattr(record, "version", None)
        self.item = Item(model, record.pk, version) if record is not None else Item(model)
        self.sources: list = []  # keys or Items of the sources that state the row
        self.is_total: bool | None = None  # of a row that may sum others up, what is known of it
        self.said: dict[str, Said] = {}  # all that the row says, by field
        self.file_sources: dict[str, RowPlan] = {}  # the file's own, by their 来源编号
        self.kept: list[str] = []  # lines for the remark: what has no place of its own
        self.has_remark = False  # whether the list has one
        self.asked: Asked | None = None  # what the file asks a person; none where a row is only looked at

    # What cells say

    def read(self, field, said: Said) -> None:
        """Lets a field read its cells; what it refuses becomes a problem of the cell."""
        erased = [part for part in said.changed if said.cells[part] in ERASE]
        if erased and not field.erases:
            return self.problem("not_erasable", said.columns[erased[0]])
        column = said.columns.get("") or next(iter(said.columns.values()), None)
        try:
            field.read(said, self)
        except CellError as error:
            column = said.columns.get(error.part) or column
            if not left_out(self, field, error, column):
                self.refuse(error, column)
        self._note_heading(column)
        return None

    def _note_heading(self, column) -> None:
        """What the cells just read state beside the record itself is known by their column."""
        for item in self.plan.others:
            item.heading = item.heading or (column.heading if column is not None else "")

    def refuse(self, error: CellError, column) -> None:
        self.plan.note(error.code, column, message=error.message, **error.details)

    def set(self, attribute: str, value) -> None:
        """A value of the record itself; one that says the same as on file is no change."""
        if self.record is None:
            if value not in EMPTY:
                self.item.values[attribute] = value
            return
        note_change(self.item, self.record, attribute, value, exact=self.by_number)

    def now(self, attribute: str):
        """What a field of the record will say."""
        if attribute in self.item.values:
            return self.item.values[attribute]
        return stored_value(self.record, attribute) if self.record is not None else None

    def says(self, attribute: str, value) -> bool:
        """Whether the record on file says the same."""
        return self.record is not None and says_the_same(self.record, attribute, value)

    def erase(self, field, said: Said) -> None:
        if not field.erasable or field.model_field is None:
            return self.problem("not_erasable", said.columns.get(""))
        self.set(field.attribute, None if field.model_field.null else "")
        return None

    def link(self, attribute: str, targets: list, *, only=False, column=None) -> None:
        """Records linked through a many-to-many field; `only` these, where the row is known to name them all."""
        on_file = self.on_file.links(attribute).get(self.item.key, {}) if self.record else {}
        fresh = list(dict.fromkeys(target for target in targets if target not in on_file))
        kept = {key: name for key, name in on_file.items() if key not in targets}
        self.item.link(attribute, fresh, list(kept) if only else [])
        if kept and not only:
            self.warn("kept_too", column, names="、".join(kept.values()))

    def child(self, model, owner: str, match: dict, values: dict | None = None, **new) -> Item:
        """A record that hangs on the row's own: the one on file that `match` tells, changed by `values`, or a new one.

        `new` is what only a new one starts with.
        """
        values = values or {}
        for row in self.hanging(model, owner):
            if all(says_the_same(row, name, value) for name, value in match.items()):
                return self.change(row, values)
        filled = {name: value for name, value in (match | values | new).items() if value not in EMPTY}
        for item in self.plan.others:
            if item.model is model and item.key is None and all(item.values.get(k) == v for k, v in match.items()):
                item.values |= filled  # two cells may speak of one: 在建, and 开工时间
                return item
        item = Item(model, **{owner: self.item}, **filled)
        self.plan.add(item)
        return item

    def hanging(self, model, owner: str) -> list:
        """The rows of another model that hang on the record on file."""
        return self.on_file.children(model, owner).get(self.item.key, []) if self.record is not None else []

    def change(self, row, values: dict) -> Item:
        """Another record on file says something else."""
        known = (item for item in self.plan.others if item.model is type(row) and item.key == row.pk)
        item = next(known, None) or Item(type(row), row.pk, getattr(row, "version", None))
        for name, value in values.items():
            if value not in EMPTY:
                note_change(item, row, name, value)
        if item and item not in self.plan.others:
            self.plan.add(item)
        return item

    # Names in cells

    def knows(self, model, text: str) -> bool:
        return self.resolver.knows(model, text)

    def refer(self, model, text: str, column=None):
        """The key of the record called so, or the Item that will be; None where there is none, which is told."""
        try:
            found = self.resolver.refer(model, text)
            if isinstance(found, Item) and column is not None:
                found.heading = found.heading or column.heading
            return found
        except CellError as error:
            code = error.code if error.code in MESSAGES else "unknown_reference"
            message = sentence(code, kind=model._meta.verbose_name, **error.details)
            self.plan.note(error.code, column, message=message)
            return None

    def leads_back(self, field, target) -> bool:
        """Whether a link to a record of the same kind ends at the row's own, other rows of the file included."""
        if self.record is None or isinstance(target, Item):
            return False
        said = self.resolver.own_links.setdefault(field.name, {})
        said[self.item.key] = target
        return leads_back(field, self.item.key, target, said)

    # Questions

    def ask(self, question: Question, column=None) -> str:
        """A person's answer; while a required question has none, the row is refused at the cell that raises it."""
        answer = self.decide(question)
        if self.asked is not None and question.required and not answer:
            self.plan.note("undecided", column, text=question.text)
        return answer

    def decide(self, question: Question, most: int = 0) -> str:
        """The answer alone: whoever asks tells himself what the row lacks. A row only looked at adds no question."""
        if self.asked is None:
            return self.resolver.answers.of_question(question.topic, plain(question.key), plain(question.group))
        question.sheet, question.row = question.sheet or self.plan.sheet, question.row or self.plan.number
        return self.asked.ask(question, most)

    # Problems

    def problem(self, code: str, column=None, **details) -> None:
        self.plan.note(code, column, **details)

    def warn(self, code: str, column=None, **details) -> None:
        self.plan.note(code, column, WARNING, **details)

    def note_kept(self, field, said: Said, names: list[str]) -> None:
        """Only a row of a download names all; what it no longer names is not taken away unseen."""
        if not self.by_number:
            return
        with override(self.on_file.language):
            shown = str(self.on_file.exported(self.item.key, said.columns[""]) or "").split("；")
        gone = [name for name in shown if name and plain(name) not in map(plain, names)]
        if gone:
            self.problem("not_removed", said.columns[""], names="、".join(gone))

    # Sources

    def cite(self, field: str = "") -> None:
        """Every source of the row states its record, and the new records that hang on it."""
        for source in dict.fromkeys(self.sources):
            if self.item is not None:
                self._cite(source, self.item, field)
            for item in [other for other in self.plan.others if other.key is None and issubclass(other.model, Kept)]:
                self._cite(source, item, "")

    def _cite(self, source, item: Item, field: str) -> None:
        if item.key is not None and source in self.on_file.cited(item.model).get(item.key, ()):
            return
        kind = ContentType.objects.get_for_model(item.model).pk
        words = _words(item)
        values = {"source": source, "content_type": kind, "object_id": item, "field": field, "words": words}
        self.plan.add(Item(Citation, **values))
        self._note_heading(next(iter(self.said["sources"].columns.values()), None) if "sources" in self.said else None)


def _words(item: Item) -> str:
    """The figure's own words, where the record states one."""
    figures = [str(value) for value in item.values.values() if isinstance(value, Figure | Growth)]
    return figures[0] if figures and len(figures[0]) <= LONGEST_WORDS else ""
