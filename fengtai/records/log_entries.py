"""What the admin's log keeps of a record's texts: names and messages, which outlive what they were read from."""

import json

from django.contrib.admin.models import LogEntry
from django.db.models import Q

BLANKED = "…"
SHORTEST = 2  # characters: anything shorter stands in names of other records too


def forget_in_log(kind, key: int, text: str, *, names: bool) -> None:
    """Blanks a text in what was logged of a record; where it names the record, wherever that name was logged."""
    said = Q(object_repr__contains=text)
    for written in _as_json(text):
        said |= Q(change_message__contains=written)
    entries = LogEntry.objects.filter(said)
    if not names or len(text) < SHORTEST:
        entries = entries.filter(content_type=kind, object_id=str(key))
    for entry in entries:
        entry.object_repr = entry.object_repr.replace(text, BLANKED)
        for written in _as_json(text):
            entry.change_message = entry.change_message.replace(written, BLANKED)
        entry.save(update_fields=["object_repr", "change_message"])


def _as_json(text: str) -> set[str]:
    """A message is kept as JSON, with or without escapes."""
    return {json.dumps(text, ensure_ascii=ascii)[1:-1] for ascii in (True, False)}
