"""Edits that name a record which was merged meanwhile: they are read as of the record that it became.

They are not rewritten where they are kept, so that undoing the merge gives them back as well.
"""

from collections.abc import Iterable
from dataclasses import replace

from fengtai.records.mergeable import Mergeable, survivors
from fengtai.records.noting import CHANGED
from fengtai.records.trail.stored import Row, by_model
from fengtai.review.edits import Edit, references, referring
from fengtai.review.pending import PendingChange

PUBLICATION = {"state", "publish_at"}  # what was to happen to the record that went does not happen to the other


def current_edits(changes: Iterable[PendingChange]) -> dict[int, list[Edit]]:
    """By the key of each change its edits, in a statement for all; a merge itself is read as it was written."""
    found = {change.pk: change.read_edits() for change in changes}
    keys = _survivors([edit for change in changes if not change.of_several for edit in found[change.pk]])
    if not keys:
        return found
    apart = {change.pk for change in changes if change.of_several}
    return {key: edits if key in apart else [_led_on(edit, keys) for edit in edits] for key, edits in found.items()}


def edits_now(change: PendingChange) -> list[Edit]:
    return current_edits([change])[change.pk]


def _survivors(edits: list[Edit]) -> dict[Row, int]:
    named = {row for edit in edits for row in (edit.row, *references(edit), *references(_was(edit)))}
    found = {}
    for model, keys in by_model(row for row in named if issubclass(row[0], Mergeable)).items():
        found |= {(model, key): target for key, target in survivors(model, keys).items()}
    return found


def _was(edit: Edit) -> Edit:
    return replace(edit, new=edit.old)


def _led_on(edit: Edit, keys: dict[Row, int]) -> Edit:
    moves = edit.kind == CHANGED and edit.row in keys and not edit.new.keys() & PUBLICATION
    old, new = referring(_was(edit), keys), referring(edit, keys)
    return replace(edit, key=keys[edit.row] if moves else edit.key, old=old, new=new)
