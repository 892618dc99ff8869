"""Decisions remembered with a file's headings, offered for the next file that has the same; never applied unseen."""

import hashlib
from collections.abc import Iterator

from fengtai.importing.planning.unmatched import without
from fengtai.importing.reading.answers import ALL, Answers
from fengtai.importing.reading.headings import folded
from fengtai.records.batches import ImportBatch
from fengtai.records.memories import ImportMemory
from fengtai.values.masking import masked_within
from fengtai.values.texts import plain

Decision = tuple[str, str, str]  # topic, key and answer
COLUMN, REST = "column", "rest"


def fingerprint(headings: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()


def remember(batch: ImportBatch, by) -> None:
    """What was decided about a file that was taken goes before what was decided about one like it earlier."""
    headings, answers = batch.notes.get("headings", []), _impersonal(Answers.from_json(batch.answers))
    if headings and any(_decisions(answers)):
        said = {"headings": headings, "answers": answers.as_json(), "by": by, "batch": batch}
        place = {"list_name": batch.list_name, "fingerprint": fingerprint(headings)}
        ImportMemory.objects.update_or_create(**place, defaults=said)


def _impersonal(answers: Answers) -> Answers:
    """Without what would keep a number to call: a file that names one goes, a memory stays."""
    found = [(topic, key) for topic, key, answer in _decisions(answers) if _names_somebody(f"{key} {answer}")]
    return without(answers, found)


def _names_somebody(text: str) -> bool:
    return masked_within(text) != text


def memory_of(batch: ImportBatch) -> ImportMemory | None:
    """What is remembered of files with the headings of a previewed one."""
    print_ = fingerprint(batch.notes.get("headings", []))
    return ImportMemory.objects.filter(list_name=batch.list_name, fingerprint=print_).select_related("batch").first()


def offered(batch: ImportBatch, memory: ImportMemory) -> list[Decision]:
    """Decisions of last time that this file asks for too, and that nobody has made yet."""
    answers, own = (
        Answers.from_json(memory.answers),
        {place[:2] for place in _decisions(Answers.from_json(batch.answers))},
    )
    asked = _asked(batch)
    return [one for one in _decisions(answers) if one[:2] in asked and one[:2] not in own]


def with_offered(batch: ImportBatch, decisions: list[Decision]) -> Answers:
    """What was decided about the file, and these."""
    kept = Answers.from_json(batch.answers).as_json()
    kinds = {one["kind"] for one in batch.notes.get("missing", ())} | {ALL}
    for topic, key, answer in decisions:
        if topic == REST:
            kept["rest"] = answer
        elif topic == COLUMN:
            kept["columns"][key] = answer
        else:
            place = kept["references" if topic in kinds else "decided"]
            place.setdefault(topic, {})[key] = answer
    return Answers.from_json(kept)


def _decisions(answers: Answers) -> Iterator[Decision]:
    yield from ((COLUMN, heading, where) for heading, where in answers.columns.items())
    for decided in (answers.references, answers.decided):
        yield from ((topic, key, answer) for topic, said in decided.items() for key, answer in said.items())
    if answers.rest:
        yield REST, "", answers.rest


def _asked(batch: ImportBatch) -> set[tuple[str, str]]:
    """Topic and key of all that the file asks, and of what answers several questions at once."""
    notes = batch.notes
    found = {(COLUMN, folded(column["heading"])) for column in notes.get("columns", ())}
    for one in notes.get("missing", ()):
        found |= {(kind, key) for kind in (one["kind"], ALL) for key in (plain(one["text"]), ALL)}
    for one in notes.get("questions", ()):
        found |= {(one["topic"], plain(one["key"])), (one["topic"], ALL)}
        found |= {(one["topic"], plain(one["group"]))} if one["group"] else set()
    return found | ({(REST, "")} if any(column["use"] == "unknown" for column in notes.get("columns", ())) else set())
