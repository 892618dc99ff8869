"""The questions that a file raises as fields of the form of decisions: one for each, one for all of a column."""

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from fengtai.admin.imports.words import LEFT_OUT, TOPICS
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.questions import SET
from fengtai.importing.reading.row_questions import ROW
from fengtai.values.masking import masked_within
from fengtai.values.texts import plain

TOLD = ("text", "called", "note")  # what a page says of a question
ASKED = 100  # questions together on one page; the others follow when these are answered
SHOWN = 10  # of these at once; the others are folded
ONE, OWN, TAKE, WHOLE = "question", "own", "take", "whole"  # fields: a question, a text of one's own, its offer, all
AS_OFFERED = "*offered"  # of a whole group: what the file suggests for each
LONGEST = 500  # characters of an answer of one's own


@dataclass
class Section:
    """Questions of one topic and group, as the page shows them."""

    label: str
    group: str
    whole: object = None  # the bound field that answers all of them
    questions: list[dict] = field(default_factory=list)
    more: int = 0
    open: int = 0  # that stop rows

    @property
    def first(self) -> list[dict]:
        return self.questions[: max(SHOWN, 0 if self.whole else self.open)]

    @property
    def others(self) -> list[dict]:
        return self.questions[len(self.first) :]

    @property
    def answered(self) -> int:
        return sum(bool(question["answer"]) for question in self.questions)


class Ticked(forms.CharField):
    """The only answer that a question has, taken or not."""

    def __init__(self, code: str, **options):
        super().__init__(required=False, widget=forms.CheckboxInput({"value": code}, check_test=bool), **options)
        self.code = code

    def to_python(self, value):
        return self.code if value else ""


class QuestionFields:
    """Adds the fields to a form, and reads its answers."""

    def __init__(self, form, asked: list[dict], earlier: Answers):
        self.form, self.earlier = form, earlier
        together: dict[tuple, list[dict]] = {}
        one_sheet = len({question["sheet"] for question in asked} - {""}) <= 1
        for question in ({**each, "sheet": "" if one_sheet else each["sheet"]} for each in asked):
            may_leave = question["topic"] == ROW and not question["required"]
            label = LEFT_OUT if may_leave else TOPICS.get(question["topic"], "")
            together.setdefault((label, question["topic"], question["group"]), []).append(question)
        found = [self._section(*place, questions) for place, questions in together.items()]
        self.sections = sorted(found, key=lambda section: not section.open)
        self.open = sum(section.open for section in found)

    def _section(self, label: str, topic: str, group: str, questions: list[dict]) -> Section:
        section = Section(_(label) if label else _("What only you can decide"), group)
        questions.sort(key=lambda question: not is_open(question))
        section.open, section.more = sum(map(is_open, questions)), max(len(questions) - ASKED, 0)
        answers = self.earlier.decided.get(topic, {})
        if group and len(questions) > 1:
            section.whole = self._whole(topic, group, questions, answers.get(plain(group), ""))
        for question in questions[:ASKED]:
            question = question | {name: masked_within(question.get(name, "")) for name in TOLD}
            section.questions.append({**question, **self._bound(topic, question, answers, section.whole)})
        return section

    def _whole(self, topic: str, group: str, questions: list[dict], answer: str):
        text = _("All of “%(column)s” that are not decided one by one") % {"column": group}
        choices = [*questions[0]["choices"]]
        if choices and any(question["offered"] for question in questions):
            choices.append((AS_OFFERED, _("what the file suggests, where it suggests anything")))
        asked = questions[0] | {"text": text, "choices": choices}
        return self.form.add(f"{WHOLE}:{topic}:{plain(group)}", _field(asked, answer))

    def _bound(self, topic: str, question: dict, answers: dict, whole) -> dict:
        key = plain(question["key"])
        place, answer = f"{topic}:{key}", answers.get(key, "")
        found = {"bound": self.form.add(f"{ONE}:{place}", _field(question, answer, whole))}
        found["ticks"] = isinstance(found["bound"].field, Ticked)
        if question["choices"] and question.get("typed"):
            found["own"] = self.form.add(f"{OWN}:{place}", _own_field(question, answer))
        if question["offered"] and not question["answer"]:
            told = _("the file says: %(offered)s (take)") if topic == SET else _("suggested: %(offered)s (take)")
            label = told % {"offered": _called(question, question["offered"])}
            found["take"] = self.form.add(f"{TAKE}:{place}", forms.BooleanField(label=label, required=False))
        return found

    def keep(self, decided: dict[str, dict[str, str]], cleaned: dict) -> None:
        """Writes what was answered over what was decided before; what is not asked here stays."""
        for name, value in cleaned.items():
            kind, _colon, place = name.partition(":")
            if kind not in (ONE, WHOLE):
                continue
            topic, _colon, key = place.partition(":")
            answers = decided.setdefault(topic, {})
            answers.pop(key, None)
            if value := value if kind == WHOLE else self._answer(place, value, cleaned):
                answers[key] = value
        self._take_offers(decided)

    def _answer(self, place: str, value: str, cleaned: dict) -> str:
        """A text of one's own goes before a choice, and a choice before what the file suggests."""
        said = (cleaned.get(f"{OWN}:{place}") or "").strip() or value
        if not said and cleaned.get(f"{TAKE}:{place}"):
            topic, _colon, key = place.partition(":")
            return self._offers()[topic, key]
        return said

    def _offers(self) -> dict[tuple[str, str], str]:
        """What the file suggests, by topic and key."""
        asked = (question for section in self.sections for question in section.questions)
        return {(question["topic"], plain(question["key"])): question["offered"] for question in asked}

    def _take_offers(self, decided: dict[str, dict[str, str]]) -> None:
        """“What the file suggests” is kept as the answers that it stood for: next month's file may suggest others."""
        for topic, answers in decided.items():
            groups = [key for key, answer in answers.items() if answer == AS_OFFERED]
            for section in self.sections if groups else ():
                for question in section.questions if plain(section.group) in groups else ():
                    if question["topic"] == topic and question["offered"]:
                        answers.setdefault(plain(question["key"]), question["offered"])
            for group in groups:
                del answers[group]


def is_open(question: dict) -> bool:
    return question["required"] and not question["answer"]


def _field(question: dict, answer: str, whole=None) -> forms.Field:
    choices, label = question["choices"], question["text"]
    if not choices:
        return forms.CharField(label=label, required=False, max_length=LONGEST, initial=answer)
    if len(choices) == 1:
        return Ticked(choices[0][0], label=choices[0][1], initial=answer if answer == choices[0][0] else "")
    nothing = _("— as for the whole column —") if whole is not None else _not_said(question)
    return forms.ChoiceField(
        label=label,
        choices=[("", nothing), *choices],
        required=False,
        initial=answer if answer in dict(choices) else "",
    )


def _own_field(question: dict, answer: str) -> forms.Field:
    own = answer if answer not in dict(question["choices"]) else ""
    text = _("“%(word)s”, as it should have been written") % {"word": question.get("called") or question["key"]}
    return forms.CharField(label=text, required=False, max_length=LONGEST, initial=own)


def _not_said(question: dict) -> str:
    return _("— choose —") if question["required"] else _("not yet said")


def _called(question: dict, answer: str) -> str:
    return dict(question["choices"]).get(answer, answer)
