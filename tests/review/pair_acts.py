"""Two people of whom at least one works on the list: submits, releases, withdraws or deletes what the other edits."""

from django.test import Client

from fengtai.records.bin import BinEntry
from fengtai.records.models import Record
from fengtai.review.pending import PendingChange
from tests.admin.admin_pages import address
from tests.review import pair_records as records
from tests.review.pair_editors import SAVED, SHOWN_AGAIN, Editor, Fault

State = Record.State
LISTED = list(records.FIELDS)
DRAFTS = (  # the state of the record, what the first does and what the second does
    (State.DRAFT, "submit_for_review", "edit"),
    (State.DRAFT, "submit_for_review", "submit_for_review"),
    (State.DRAFT, "delete_selected", "edit"),
    (State.DRAFT, "delete_selected", "delete_selected"),
    (State.REVIEW, "release", "edit"),
    (State.REVIEW, "release", "release"),
    (State.REVIEW, "release", "delete_selected"),
)
PUBLISHED = (
    (State.PUBLISHED, "withdraw", "edit"),
    (State.PUBLISHED, "withdraw", "withdraw"),
    (State.PUBLISHED, "delete_selected", "edit"),
    (State.PUBLISHED, "submit_for_review", "edit"),
)


class Actor:
    """One who chooses an action on the list."""

    typed = ()

    def __init__(self, user, record, action: str):
        self.user, self.record, self.action = user, record, action
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)

    def send(self) -> None:
        data = {"action": self.action, "_selected_action": [self.record.pk], "why": "示例", "post": "yes"}
        self.answer = self.client.post(address(type(self.record), "changelist"), data)
        if self.answer.status_code not in (SAVED, SHOWN_AGAIN):
            raise Fault(f"{self.answer.status_code}: {getattr(self.answer, 'exc_info', '')}")
        # What is told stands on the next page, whichever that is.
        self.told = self.client.get(address(type(self.record), "changelist")).text


class Acts:
    """A pair at one record; what is typed is stored, waits, lies in the bin, or is shown again."""

    def __init__(self, rng, office, *, published: bool):
        self.lost, self.unshown = [], []
        state, *deeds = rng.choice(PUBLISHED if published else DRAFTS)
        self.record = records.record(rng.choice(LISTED), state=state)
        self.was = state
        people = zip(deeds, (office.reviewers[0], office.editors[1]), strict=True)
        self.pair = [self._made(deed, user, rng) for deed, user in people]
        self.order = rng.sample(self.pair, 2)

    def _made(self, deed: str, user, rng):
        if deed != "edit":
            return Actor(user, self.record, deed)
        editor = Editor(user, self.record)
        editor.open()
        for name in records.FIELDS[type(self.record)][: rng.choice((1, 2))]:
            editor.type_in(name, records.new_value(name))
        return editor

    def play(self, together) -> None:
        together([one.send for one in self.order])
        for editor in self.order:
            for typed in editor.typed:
                if not (self._is_kept(typed) or (editor.is_shown_again() and typed.value in editor.answer.text)):
                    self.lost.append(f"{self._deeds()}: {typed}, answered {editor.answer.status_code}")
        if wrong := self._wrong():
            self.lost.append(f"{self._deeds()}: {wrong}")

    def _is_kept(self, typed) -> bool:
        row = self._now()
        return (
            (row is not None and str(getattr(row, typed.name)) == typed.value)
            or any(typed.value in str(change.edits) for change in PendingChange.objects.open().of(self.record))
            or any(typed.value in str(entry.rows) for entry in BinEntry.objects.filter(object_id=self.record.pk))
        )

    def _now(self):
        return type(self.record)._base_manager.filter(pk=self.record.pk).first()

    def _deeds(self) -> list[str]:
        return [getattr(one, "action", "edit") for one in self.order]

    def _wrong(self) -> str:
        """What the acts came to, where it is not what they say."""
        row, deeds, history = self._now(), self._deeds(), type(self.record).history.filter(id=self.record.pk)
        if self.was == State.PUBLISHED:
            if row is None or row.state != State.PUBLISHED:
                return "what is public was changed without a release"
            asked = PendingChange.objects.open().of(self.record).filter(edits__icontains=State.WITHDRAWN.value)
            return "" if asked.count() == deeds.count("withdraw") else "not every withdrawal waits"
        if row is None:
            return "" if "delete_selected" in deeds else "it is gone"
        if "release" in deeds and row.state != State.PUBLISHED:
            return f"not released: {row.state}"
        if deeds.count("release") == 2:
            released = history.filter(state=State.PUBLISHED).count()
            told = [one for one in self.order if 'class="warning"' in one.told]
            return "" if (released, len(told)) == (1, 1) else f"released {released} times, told {len(told)}"
        if "submit_for_review" in deeds and row.state != State.REVIEW:
            return f"not submitted: {row.state}"
        return ""
