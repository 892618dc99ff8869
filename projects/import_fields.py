"""Cells of clerks' lists of projects that mean more than one field: parties, amounts, scale, stage, signing."""

import re

from fengtai.importing.reading.cells import LINES, CellError, compose, split
from fengtai.importing.reading.choice_fields import Choice, folded, labels, spoken
from fengtai.importing.reading.linked_fields import Entries
from fengtai.importing.reading.printed_fields import Figure, Period, printed_value
from fengtai.importing.reading.row_fields import RowField, Text, cleaner
from fengtai.values.labels import split_label
from partners.models import Organisation
from projects.models import Amount, Party, ProjectEntry, StageEntry
from projects.models.stages import Stage, path_of

OTHERS = re.compile(r"等(?:单位|企业|公司|[\d一二三四五六七八九十]+家)?$")
LAST_ROLE = re.compile(r"^(.+?)[（(]([^（）()]+)[）)]$")
LAST_BRACKET = re.compile(r"^(.+?)[（(]([^（）()]*\d[^（）()]*)[）)]$")
BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
AREAS = ("占地面积", "用地面积", "建筑面积", "总建筑面积", "规划面积")
LEAP = 10  # times the earlier amount, and 万 may have been taken for 亿


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
        texts = (self._role(text)[0] for part in said.cells for text in split(said.text(part)))
        return [_without_others(text) for text in texts]

    def read(self, said, reading):
        for part in (part for part in self.parts if part in said.changed):
            for text in split(said.text(part)):
                printed, role = self._role(text)
                self._add(self.clean(printed), part or role, said.columns[part], reading)
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


class AmountsField(Figure):
    """A sum of money, of the kind that its heading or its own note says."""

    parts, erases = ("", *Amount.Kind.values, "unit", "qualifier"), False

    def __init__(self, name, label):
        super().__init__(name, label, Amount._meta.get_field("figure"))
        self.attribute = ""  # a field of another model
        self.kinds = labels(Amount._meta.get_field("kind"))

    def read(self, said, reading):
        for part in ("", *Amount.Kind.values):
            if part in said.cells and {part, "unit", "qualifier"} & said.changed:
                self._add(part, said, reading)

        if "" in said.changed:
            reading.note_kept(self, said, split(said.text(), LINES))

    def _add(self, part, said, reading):
        texts = split(said.text(part), LINES) if isinstance(said.cells[part], str) else [said.text(part)]
        for text in texts:
            kind, figure = self._kind(text)
            self._state(kind or part, self.figure(part, said, figure), part, said, reading)

    def _kind(self, text) -> tuple[str, str]:
        """A download says the kind before the figure: 总投资 3.5亿元; a source may too: 协议投资额约3.5亿元."""
        word, blank, figure = text.partition(" ")
        if blank and (kind := self.kinds.get(folded(word))):
            return kind, figure.strip()
        label, figure = split_label(text)
        said = Amount.kinds_said(label)
        return (said[0], figure) if said else ("", text)

    def _state(self, kind, figure, part, said, reading):
        kind = kind or self.kind_of(figure)
        earlier = [row for row in reading.hanging(Amount, "project") if row.kind == kind]
        if figure.value is None or any(row.figure == figure for row in earlier):
            return
        amount = reading.child(Amount, "project", {"kind": kind}, {"figure": figure})
        for row in earlier:
            _warn_of_leap(amount, row.figure, figure, said.columns[part], reading)

    def figure(self, part, said, text=None):
        text = said.text(part) if text is None else text
        unit = said.unit(part)
        return printed_value(self.model_field, compose(text, unit, said.text("qualifier"), self.model_field.read))

    def kind_of(self, figure) -> str:
        """拟投资 is intended; where nothing is said it is the total."""
        return next(iter(Amount.kinds_said(figure.printed)), Amount.Kind.TOTAL)


def _warn_of_leap(amount, old, new, column, reading):
    if old.value and new.value and old.unit == new.unit:
        times = new.value / old.value
        if not 1 / LEAP <= times <= LEAP:
            reading.warn("amount_leap", column, new=new, old=old, times=f"{times:.2g}")


class FloorAreaField(Figure):
    """An area; the heading says of what (占地面积, 建筑面积) where the list's own does not."""

    def read(self, said, reading):
        super().read(said, reading)
        column = said.columns.get("")
        if column is not None and BRACKETS.sub("", column.heading) in AREAS and not reading.now("floor_area_of"):
            reading.set("floor_area_of", BRACKETS.sub("", column.heading))


class ScaleField(Text):
    """建设规模: an area where it is one, else the words."""

    def read(self, said, reading):
        area = reading.item.model._meta.get_field("floor_area")
        try:
            figure = Figure("", "", area).value(said, reading)
        except CellError:
            return super().read(said, reading)
        reading.set("floor_area", figure)
        return None


class StageField(Choice):
    """The stage that a project has reached, with its date; kept in the log of stages, to be reviewed there."""

    erases = False

    def __init__(self, name, label, words):
        super().__init__(name, label, StageEntry._meta.get_field("stage"), words)
        self.attribute, self.required = "", False

    def read(self, said, reading):
        text = said.text()
        code = self.code(text)
        if code is None:
            raise CellError("unknown_choice", text=text, choices="、".join(self.choices))
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

    def read(self, said, reading):
        text = said.text()
        code = self.stage.code(text) if text else None
        if code:
            self.stage.reach(code, text, self._date("happened", said, reading), reading)
        elif "happened" in said.cells:
            reading.problem("dates_nothing", said.columns["happened"])
        if text and not code:
            super().read(said, reading)
        for part in Stage.values:
            if part in said.cells:
                self.stage.reach(part, "", self._date(part, said, reading), reading)

    def _date(self, part, said, reading):
        return self.happened.value(said.only(part), reading) if part in said.cells else None


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
