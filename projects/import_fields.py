"""Cells of clerks' lists of projects that mean more than one field: parties, stage, status, signing."""

import re

from fengtai.importing.reading.answers import LEAVE
from fengtai.importing.reading.cells import ERASE, CellError, at, split
from fengtai.importing.reading.choice_fields import TAKEN_BACK, Choice, folded, labels, spoken
from fengtai.importing.reading.linked_fields import Entries
from fengtai.importing.reading.printed_fields import Period
from fengtai.importing.reading.problems import sentence
from fengtai.importing.reading.row_fields import RowField, cleaner
from fengtai.importing.reading.sheets import shown
from fengtai.importing.reading.words import LEFT, TO_REMARK, decision, line
from partners.models import Organisation
from projects.models import Party, ProjectEntry, StageEntry
from projects.models.stages import Stage, path_of

OTHERS = re.compile(r"等(?:单位|企业|公司|[\d一二三四五六七八九十]+家)?$")
LAST_ROLE = re.compile(r"^(.+?)[（(]([^（）()]+)[）)]$")
LAST_BRACKET = re.compile(r"^(.+?)[（(]([^（）()]*\d[^（）()]*)[）)]$")


class PartiesField(RowField):
    """Who takes part, in the role that the heading says; one not on file stays as printed."""

    kind = "texts"
    parts = ("", *Party.Role.values)
    target = Organisation
    clean = staticmethod(cleaner(Party._meta.get_field("printed")))

    def __init__(self, name, label):
        super().__init__(name, label)
        self.roles = labels(Party._meta.get_field("role"))

    def names(self, said):
        texts = (self._role(text)[0] for part in said.cells for text in split(said.words(part)))
        return [_without_others(text) for text in texts]

    def read(self, said, reading):
        for part in (part for part in self.parts if part in said.changed):
            with at(part):
                named = [(self.clean(printed), role) for printed, role in map(self._role, split(said.words(part)))]
            for printed, role in named:
                self._add(printed, part or role, said.columns[part], reading)
            if not part:
                reading.note_kept(self, said, split(said.text()))

    def _role(self, text) -> tuple[str, str]:
        """A download says the role behind the name: 中国通号（签约方）."""
        found = LAST_ROLE.match(text)
        role = self.roles.get(folded(found[2])) if found else None
        return (found[1].strip(), role) if role else (text, Party.Role.SIGNATORY)

    def _add(self, printed, role, column, reading):
        name = _without_others(printed)
        found = reading.refer(Organisation, name, column) if reading.knows(Organisation, name) else None
        if found is None:
            reading.child(Party, "project", {"printed": printed, "role": role})
        else:
            words = printed if printed != name else ""
            reading.child(Party, "project", {"organisation": found, "role": role}, printed=words)


def _without_others(printed: str) -> str:
    """北汽集团等 names 北汽集团, and does not say whom else."""
    return OTHERS.sub("", printed)


class StageField(Choice):
    """The stage that a project has reached, with its date; kept in the log of stages, to be reviewed there."""

    erases = False

    def __init__(self, name, label, words):
        super().__init__(name, label, StageEntry._meta.get_field("stage"), words)
        self.attribute, self.required = "", False

    def read(self, said, reading):
        text = said.text()
        code = self.meant(text, said.columns.get(""), reading)
        if code == TO_REMARK:
            reading.kept.append(line(said.columns[""].heading, text))
        elif code != LEAVE:
            self.reach(code, text, None, reading)

    def reach(self, code, text, happened, reading):
        if code not in path_of(reading.now("kind") or ""):
            raise CellError("not_on_path", text=text)
        evidence = text if text not in {"", *spoken(self.model_field, code)} else ""
        dated = {"happened": happened} if happened else {}
        reading.child(StageEntry, "project", {"stage": code}, dated, evidence=evidence)


class StatusField(Choice):
    """状态: the status, or the stage that was reached at the row's 时间; 开工时间 says a stage by itself."""

    parts = ("", "happened", *Stage.values)
    beside = ("happened",)
    happened = Period("happened", "", StageEntry._meta.get_field("happened"))

    def __init__(self, name, label, model_field, stage: StageField):
        super().__init__(name, label, model_field)
        self.stage = stage

    @property
    def choices(self):
        return (*super().choices, *self.stage.choices)

    def understands(self, text):
        return super().understands(text) or self.stage.understands(text)

    def options(self):
        return [*super().options(), *self.stage.options()]

    def words(self):
        return super().words() | self.stage.words()

    def read(self, said, reading):
        text = said.text()
        if text in ERASE:
            return super().read(said, reading)
        code = (self.stage.code(text) or self.meant(text, said.columns.get(""), reading)) if text else ""
        if code in Stage:
            self.stage.reach(code, text, self._date("happened", said, reading), reading)
        elif code == TO_REMARK:
            for part in ("", "happened"):
                if part in said.cells:
                    reading.kept.append(line(said.columns[part].heading, said.text(part)))
        elif code == LEAVE and "happened" in said.cells:
            reading.warn("not_kept", said.columns["happened"])  # it goes with the word that it dates
        elif "happened" in said.cells:
            reading.problem("dates_nothing", said.columns["happened"])
        if code in dict(super().options()):
            reading.set(self.attribute, code)
        for part in Stage.values:
            if part in said.cells:
                with at(part):
                    self._reach_at(part, said, reading)
        return None

    def _reach_at(self, part, said, reading):
        """A stage by its own date; 未开工 under 开工时间 is none, and a date that is left out says nothing."""
        text, column = shown(said.cells[part]), said.columns[part]
        if TAKEN_BACK.search(text):
            refused = CellError("not_yet", text=text)
            if decision(reading, column, text, sentence("not_yet", text=text), (LEFT,)) != LEAVE:
                raise refused
        elif (happened := self._date(part, said, reading)) is not None:
            self.stage.reach(part, "", happened, reading)

    def _date(self, part, said, reading):
        return said.value_of(self.happened, part, reading) if part in said.cells else None


class SigningField(Entries):
    """活动批次: a roster; what stands in brackets behind its name (100个，现场30个) is a note, not the name."""

    def names(self, said):
        return [said.text(), _named(said.text())[0]]

    def read(self, said, reading):
        roster = self.roster(said, reading)
        if roster is not None:
            reading.child(ProjectEntry, "project", {"roster": roster})
        reading.note_kept(self, said, [said.text(), _named(said.text())[0]])

    def roster(self, said, reading):
        text = said.text()
        if reading.knows(self.target, text):
            return reading.refer(self.target, text, said.columns[""])
        name, note = _named(text)
        roster = reading.refer(self.target, name, said.columns[""])
        if note and roster is not None and not isinstance(roster, int):
            roster.values.setdefault("note", note)
        return roster


def _named(text: str) -> tuple[str, str]:
    found = LAST_BRACKET.match(text)
    return (found[1], found[2]) if found else (text, "")
