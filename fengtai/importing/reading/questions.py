"""What only a person can decide about a file: asked while the file is planned, answered by topic and key.

    answer = asked.ask(Question(MERGED, "总投资 10亿元", _("One amount over several rows: …"), EACH_SHARED_FIRST))

The page shows every question that was asked, with its answer if there is one; the command answers with
`--decide TOPIC:KEY=CHOICE`. A question is asked every time, answered or not, so that an answer that nobody asked for
is known to match nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fengtai.importing.reading.answers import ALL, Answers
from fengtai.values.texts import plain

SET = "set"  # stated once for the whole file: key "scope", "value.unit" …; any text


@dataclass(slots=True)
class Question:
    """`key` names what it is about in words of the file, the same ones in next month's file where that can be.

    Without `choices` the answer is a text of the person's own; `offered` is what the file suggests, never taken by
    itself. `required`: until it is answered, the rows that it is about are refused.
    """

    topic: str
    key: str
    text: str  # the whole question, in the reader's language
    choices: Sequence[tuple[str, str]] = ()  # answer, and what it is called
    offered: str = ""
    group: str = ""  # questions answered together if not one by one: the heading of the words of a column
    required: bool = True
    typed: bool = False  # whether a text of the person's own is an answer beside the choices
    called: str = ""  # what it is about, in short, where its group is named above it; else the whole question
    note: str = ""  # why it is asked, beside what it is called
    sheet: str = ""
    row: int = 0  # the first that it is about
    rows: int = 0  # how many
    answer: str = ""

    def as_json(self) -> dict:
        return asdict(self)


class Asked:
    """The questions of one file, each once, and the answers that matched any."""

    def __init__(self, answers: Answers):
        self.answers = answers
        self.questions: dict[tuple[str, str], Question] = {}
        self._of_group = Counter()
        self.unfit: dict[tuple[str, str], str] = {}  # answers that are none of the question's choices

    def ask(self, question: Question, most: int = 0) -> str:
        """The answer; empty as long as there is none. Each call counts as a row that it is about.

        Of more than `most` questions of a group the further ones are not asked; the answer for the group is theirs too.
        """
        place, group = (question.topic, plain(question.key)), (question.topic, plain(question.group))
        if place not in self.questions:
            if most and self._of_group[group] >= most:
                return self.answers.of_question(*place, group[1])
            self._of_group[group] += 1
        known = self.questions.setdefault(place, question)
        known.rows += 1
        if not known.answer:
            known.answer = self._fitting(place, known)
        return known.answer

    def _fitting(self, place: tuple[str, str], question: Question) -> str:
        answer = self.answers.of_question(*place, plain(question.group))
        is_choice = not question.choices or question.typed or answer in dict(question.choices)
        if answer and not is_choice:
            self.unfit[place] = answer
            return ""
        return answer

    def unmatched(self) -> list[tuple[str, str]]:
        """Topic and key of every answer to a question that the file does not raise."""
        known = self.questions.keys() | {(one.topic, plain(one.group)) for one in self.questions.values()}
        return [
            (topic, key)
            for topic, answers in self.answers.decided.items()
            for key in answers
            if key != ALL and (topic, key) not in known
        ]
