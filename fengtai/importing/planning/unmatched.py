"""Decisions about nothing that the file holds: each of them is a mistake, and told."""

from collections.abc import Iterable, Iterator

from fengtai.importing.planning.references import kind_of
from fengtai.importing.reading.answers import ALL, CREATE, Answers
from fengtai.importing.reading.headings import folded
from fengtai.workbooks.data import WorkbookData

COLUMN = "column"  # the topic of what is decided about one; of a name that is not on file it is its kind


def headings_of(workbook: WorkbookData) -> set[str]:
    """What its columns can be asked for by."""
    return {folded(heading.text) for sheet in workbook.sheets for heading in sheet.headings}


def unmatched(planner, headings: set[str]) -> list[tuple[str, str]]:
    """Topic and key of each; where everything of a kind was decided about at once, the file need not hold any."""
    columns = [(COLUMN, heading) for heading in planner.answers.columns if heading not in headings]
    return [*columns, *_names(planner), *planner.asked.unmatched()]


def holds(answers: Answers, topic: str, key: str) -> bool:
    """Whether a decision is among these."""
    return any(key in place for place in _places(answers, topic))


def without(answers: Answers, pairs: Iterable[tuple[str, str]]) -> Answers:
    """The decisions but for these."""
    kept = Answers.from_json(answers.as_json())
    for topic, key in pairs:
        for place in _places(kept, topic):
            place.pop(key, None)
    return kept


def _places(answers: Answers, topic: str) -> list[dict]:
    """Where the decisions of a topic stand; a kind of records may be called as a topic of questions is."""
    if topic == COLUMN:
        return [answers.columns]
    return [found for found in (answers.references.get(topic), answers.decided.get(topic)) if found is not None]


def _names(planner) -> Iterator[tuple[str, str]]:
    asked = {(kind_of(model), text) for model, text in planner.resolver.missing}
    texts = {text for _kind, text in asked}
    for kind, names in planner.answers.references.items():
        for name, answer in names.items():
            known = name == ALL or (kind, name) in asked or (kind == ALL and name in texts)
            if not known and not (answer == CREATE and _is_on_file(planner, kind, name)):
                yield kind, name


def _is_on_file(planner, kind: str, name: str) -> bool:
    """What was to be created is there: by an earlier import of the same file, perhaps."""
    targets = {field.target for field in planner.declared.fields.values() if field.target is not None}
    return any(planner.resolver.book(model).keys(name) for model in targets if kind in (ALL, kind_of(model)))
