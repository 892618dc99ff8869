"""The questions that a file raises as fields of the form of decisions: one for each, one for all of a column."""

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from fengtai.import_pages.words import FOLDED, TOPICS
from fengtai.importing.reading.answers import Answers
from fengtai.values.masking import masked_within
from fengtai.values.texts import plain

ASKED = 100  # questions together on one page; the others follow when these are answered
ONE, TAKE, WHOLE = "question", "take", "whole"  # what a field is called after: a question, its offer, its whole group
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
    folded: bool = False


class QuestionFields:
    """Adds the fields to a form, and reads its answers."""

    def __init__(self, form, asked: list[dict], earlier: Answers):
        self.form, self.earlier = form, earlier
        together: dict[tuple, list[dict]] = {}
        for question in asked:
            together.setdefault((question["topic"], question["group"]), []).append(question)
        found = [self._section(*place, questions) for place, questions in together.items()]
        self.sections = sorted(found, key=lambda section: not section.open)
        self.open = sum(section.open for section in found)

    def _section(self, topic: str, group: str, questions: list[dict]) -> Section:
        section = Section(
            _(TOPICS[topic]) if topic in TOPICS else _("What only you can decide"), group, folded=topic in FOLDED
        )
        questions.sort(key=lambda question: not is_open(question))
        section.open, section.more = sum(map(is_open, questions)), max(len(questions) - ASKED, 0)
        answers = self.earlier.decided.get(topic, {})
        if group and len(questions) > 1:
            name = f"{WHOLE}:{topic}:{plain(group)}"
            asked = questions[0] | {
                "text": _("All of “%(column)s” that are not decided one by one") % {"column": group}
            }
            section.whole = self.form.add(name, _field(asked, answers.get(plain(group), "")))
        for question in questions[:ASKED]:
            question = question | {"text": masked_within(question["text"])}
            section.questions.append({**question, **self._bound(topic, question, answers, section.whole)})
        return section

    def _bound(self, topic: str, question: dict, answers: dict, whole) -> dict:
        key = plain(question["key"])
        found = {"bound": self.form.add(f"{ONE}:{topic}:{key}", _field(question, answers.get(key, ""), whole))}
        if question["offered"] and not question["answer"]:
            label = _("the file says: %(offered)s (take)") % {"offered": _called(question, question["offered"])}
            found["take"] = self.form.add(f"{TAKE}:{topic}:{key}", forms.BooleanField(label=label, required=False))
        return found

    def offered(self) -> dict[tuple[str, str], str]:
        """What the file suggests, by topic and key."""
        asked = (question for section in self.sections for question in section.questions)
        return {(question["topic"], plain(question["key"])): question["offered"] for question in asked}

    def keep(self, decided: dict[str, dict[str, str]], cleaned: dict) -> None:
        """Writes what was answered over what was decided before; what is not asked here stays."""
        offered = self.offered()
        for name, value in cleaned.items():
            kind, _colon, place = name.partition(":")
            topic, _colon, key = place.partition(":")
            answers = decided.setdefault(topic, {}) if kind in (ONE, TAKE, WHOLE) else {}
            if kind == TAKE:
                if value and not answers.get(key):
                    answers[key] = offered[topic, key]
            elif value:
                answers[key] = value
            else:
                answers.pop(key, None)


def is_open(question: dict) -> bool:
    return question["required"] and not question["answer"]


def _field(question: dict, answer: str, whole=None) -> forms.Field:
    if not question["choices"]:
        return forms.CharField(label=question["text"], required=False, max_length=LONGEST, initial=answer)
    choices = list(question["choices"])
    if question["typed"] and answer and answer not in dict(choices):
        choices.append((answer, answer))  # said in words of one's own, by the command
    nothing = _("— as for the whole column —") if whole is not None else _not_said(question)
    return forms.ChoiceField(
        label=question["text"],
        choices=[("", nothing), *choices],
        required=False,
        initial=answer if answer in dict(choices) else "",
    )


def _not_said(question: dict) -> str:
    return _("— choose —") if question["required"] else _("not yet said")


def _called(question: dict, answer: str) -> str:
    return dict(question["choices"]).get(answer, answer)
