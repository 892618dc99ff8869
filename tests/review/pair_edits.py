"""Two people who edit one record, its review and release, and whether all that they typed is found again."""

from random import Random

from fengtai.records.bin import BinEntry
from fengtai.records.models import Record
from fengtai.records.trail.stored import states
from fengtai.review.actions import Refused, submit
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from tests.review.pair_editors import Editor, Importer, Typed

State = PendingChange.State
DELETED, CHANGED = "-", "~"


class Pair:
    """Two editors of one record, as some way of editing makes them."""

    def __init__(self, rng: Random, office, *, published: bool):
        self.rng, self.office, self.published = rng, office, published
        self.lost, self.unshown = [], []
        self.state = Record.State.PUBLISHED if published else Record.State.DRAFT
        self.make()
        self.before = self._stored()

    def make(self) -> None:
        raise NotImplementedError

    def play(self, together) -> None:
        """`together` has both do what they are told, one after the other or at once."""
        together([editor.send for editor in self.editors])
        self.saved_first = [not editor.is_shown_again() for editor in self.editors]
        for editor in self.editors:
            editor.answers()
        self._check_what_was_asked()
        if self.published:
            self._check_that_it_waits()
            self._review(together)
        self._check_what_is_stored()

    def waits(self, typed: Typed) -> bool:
        for_staff = getattr(typed.model, "for_staff", ())
        return self.published and not getattr(typed.model, "staff_only", False) and typed.name not in for_staff

    def clashing(self, *, waiting: bool) -> list[tuple[Typed, Typed]]:
        """What the first and the second typed in one place, or one in a row that the other deleted."""
        first, second = self.editors
        return [
            (one, other)
            for one in first.typed
            for other in second.typed
            if _clash(one, other) and self.waits(one) == self.waits(other) == waiting
        ]

    def _check_what_was_asked(self) -> None:
        for pair in self.clashing(waiting=False):
            asked = [editor.was_asked(typed) for editor, typed in zip(self.editors, pair, strict=True)]
            both_shown = any(all(typed.value in said for typed in pair) for said in asked if said)
            if any(not typed.name for typed in pair):
                both_shown = any(asked) or self._in_the_bin(max(pair, key=lambda typed: typed.name))
            if not both_shown:
                self.unshown.append(f"{pair}: {asked}")

    def _in_the_bin(self, typed: Typed) -> bool:
        return any(typed.value in str(entry.rows) for entry in BinEntry.objects.filter(object_id=typed.key))

    def _check_that_it_waits(self) -> None:
        for editor in self.editors:
            edits = self._change_of(editor).edits if any(map(self.waits, editor.typed)) else []
            self.lost += [
                f"not pending: {typed}" for typed in editor.typed if self.waits(typed) and not _in(edits, typed)
            ]
        now = self._stored()
        if moved := [
            place for place, value in now.items() if self.before.get(place) != value and self._is_public(place)
        ]:
            self.lost.append(f"public before its release: {moved}")

    def _is_public(self, place) -> bool:
        return self.waits(Typed(*place))

    def _change_of(self, editor: Editor) -> PendingChange:
        open_ = PendingChange.objects.open().of(self.record)
        return open_.get(batch=editor.batch) if isinstance(editor, Importer) else open_.of_author(editor.user).get()

    def _review(self, together) -> None:
        """Both are submitted, and released by others than their authors."""
        waiting = [editor for editor in self.editors if any(map(self.waits, editor.typed))]
        changes = {editor.user: submit(self._change_of(editor), by=editor.user) for editor in waiting}
        refused = {}

        def released(user, by):
            try:
                release(changes[user], Terms(by=by, accepted=True))
            except Refused as error:
                refused[user] = error

        self.rng.shuffle(waiting)
        reviewers = zip(waiting, self.office.reviewers, strict=False)
        together([lambda user=editor.user, by=by: released(user, by) for editor, by in reviewers])
        self.stopped = [editor for editor in waiting if editor.user in refused]
        clashes = self.clashing(waiting=True)
        if len(self.stopped) != bool(clashes):
            self.lost.append(f"refused: {refused}, both typed: {clashes}")
        for editor in self.stopped:
            self._check_conflict(editor, changes[editor.user], clashes)
            if clashes:
                self._save_again(editor)

    def _check_conflict(self, editor, change, clashes) -> None:
        """Stopped whole: the old value, the one public now and the new one are kept."""
        change.refresh_from_db()
        number = self.editors.index(editor)
        for pair in clashes:
            own, other = pair[number], pair[1 - number]
            found = [
                clash
                for clash in change.conflicts
                if clash["key"] == own.key and clash["field"] in (own.name, "", other.name)
            ]
            shown = str([(clash["old"], clash["now"], clash["new"]) for clash in found])
            if change.state != State.CONFLICT or not (own.value in shown and (other.value in shown or not other.name)):
                self.unshown.append(f"{pair}: {change.state} {change.conflicts}")
        self.lost += [f"not kept: {one}" for one in editor.typed if self.waits(one) and not _in(change.edits, one)]

    def _save_again(self, editor) -> None:
        """Looked at and saved again, it is of what is public now."""
        if isinstance(editor, Importer):
            return
        editor.open()
        if missing := [one for one in editor.typed if self.waits(one) and one.name and not editor.reads(one)]:
            self.lost.append(f"not in the form again: {missing}")
        editor.send()
        editor.answers()
        change = PendingChange.objects.open().of(self.record).of_author(editor.user).first()
        if change is None or change.state == State.CONFLICT:  # nothing of it can be written any more: kept as it is
            return
        change = submit(self._change_of(editor), by=editor.user)
        release(change, Terms(by=self.office.reviewers[0], accepted=True))
        self.stopped.remove(editor)

    def _check_what_is_stored(self) -> None:
        clashing = {
            typed.place for waiting in (True, False) for pair in self.clashing(waiting=waiting) for typed in pair
        }
        for editor in self.editors:
            stopped = self.published and editor in self.stopped
            for typed in editor.typed:
                if not stopped and typed.place not in clashing and not _is_stored(typed):
                    self.lost.append(f"not stored: {typed}")
        for pair in self.clashing(waiting=False):
            if not any(map(_is_stored, pair)):
                self.lost.append(f"neither stored: {pair}")
            self._check_decision(pair)

    def _check_decision(self, pair) -> None:
        """Who was asked decided which value stands."""
        for number, editor in enumerate(self.editors):
            own, other = pair[number], pair[1 - number]
            if own.name and other.name and editor.was_asked(own):
                stands = own if editor.keeps_own else other
                if not _is_stored(stands):
                    self.lost.append(f"decided otherwise: {stands}")

    def _stored(self) -> dict:
        rows = {(type(self.record), self.record.pk)} | {(row._meta.model, row.pk) for row in self.rows()}
        return {(*at, name): value for at, state in states(rows).items() for name, value in state.items()}

    def rows(self) -> list:
        return []


def _clash(one: Typed, other: Typed) -> bool:
    if one.key is None or (one.model, one.key) != (other.model, other.key):
        return False
    is_same = one.name == other.name and one.value != other.value
    return is_same or (one.name != other.name and not (one.name and other.name))


def _in(edits: list[dict], typed: Typed) -> bool:
    own = [edit for edit in edits if edit["model"] == typed.model._meta.label_lower]
    if typed.key is None:
        return any(edit["new"].get(typed.name) == typed.value for edit in own)
    wanted = [edit for edit in own if edit["key"] == typed.key]
    if not typed.name:
        return any(edit["kind"] == DELETED for edit in wanted)
    return any(edit["new"].get(typed.name) == typed.value for edit in wanted)


def _is_stored(typed: Typed) -> bool:
    rows = typed.model._base_manager.all()
    if typed.key is None:
        return rows.filter(**{typed.name: typed.value}).exists()
    row = rows.filter(pk=typed.key).first()
    if not typed.name:
        return row is None
    return row is not None and str(getattr(row, typed.name)) == typed.value
