"""What the user decided about a file: which column is what, what is to be created, what is answered."""

from dataclasses import asdict, dataclass, field

from fengtai.importing.reading.headings import folded
from fengtai.values.texts import plain

CREATE, LEAVE, ALL = "create", "leave", "*"


@dataclass(frozen=True)
class Answers:
    """All of it optional; kept with the batch as JSON."""

    columns: dict[str, str] = field(default_factory=dict)  # heading: "field", "field.part", or "" to leave it out
    references: dict[str, dict[str, str | int]] = field(default_factory=dict)  # kind, name: create, leave or a key
    sheets: tuple[str, ...] = ()  # none: every sheet that fits
    decided: dict[str, dict[str, str]] = field(default_factory=dict)  # topic, key of a question (questions.py): answer
    rest: str = ""  # of the columns that are not recognised: one of headings.REST

    @classmethod
    def from_json(cls, data: dict) -> "Answers":
        return cls(
            {folded(heading): where for heading, where in data.get("columns", {}).items()},
            {
                kind: {plain(name): answer for name, answer in names.items()}
                for kind, names in data.get("references", {}).items()
            },
            tuple(data.get("sheets", ())),
            {
                topic: {plain(key): str(answer) for key, answer in answers.items()}
                for topic, answers in data.get("decided", {}).items()
            },
            data.get("rest", ""),
        )

    def as_json(self) -> dict:
        return {**asdict(self), "sheets": list(self.sheets)}

    def under(self, own: "Answers", sheets) -> "Answers":
        """These decisions, with others that go before them."""
        references, decided = (
            {name: mine.get(name, {}) | others.get(name, {}) for name in (*mine, *others)}
            for mine, others in ((self.references, own.references), (self.decided, own.decided))
        )
        columns = self.columns | own.columns
        return Answers(columns, references, own.sheets or tuple(sheets), decided, own.rest or self.rest)

    def of_question(self, topic: str, key: str, group: str) -> str:
        """The answer to a question, to its whole group, or to all of its topic; empty where there is none."""
        answers = self.decided.get(topic, {})
        return next((answers[each] for each in (key, group, ALL) if each in answers), "")

    def of_reference(self, kind: str, text: str) -> str | int | None:
        """What is to be done about a name that is not on file."""
        for known in (kind, ALL):
            answers = self.references.get(known, {})
            if (answer := answers.get(plain(text), answers.get(ALL))) is not None:
                return answer
        return None
