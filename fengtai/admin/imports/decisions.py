"""What only a person can decide about a file, as one form: questions, columns, missing names, sheets."""

from django import forms
from django.utils.translation import gettext as _

from fengtai.admin.imports import decision_fields as fields
from fengtai.admin.imports.question_fields import SHOWN, QuestionFields
from fengtai.admin.imports.words import model_of
from fengtai.importing.planning.remarks import keeps
from fengtai.importing.planning.unmatched import without
from fengtai.importing.reading.answers import ALL, Answers
from fengtai.importing.reading.headings import IGNORED, KEPT, MARK, NUMBER, UNKNOWN, folded
from fengtai.importing.reading.problems import ERROR
from fengtai.importing.taking.rights import ADD, may
from fengtai.importing.taking.steps import declared_of
from fengtai.records.naming.name_books import NameBook
from fengtai.values.texts import plain

ASKED = 100  # names of one kind on one page; the others follow when these are answered


class DecisionForm(forms.Form):
    """Fields are called after what they ask about, so that an answer never falls to another column or name."""

    def __init__(self, batch, user, data=None):
        super().__init__(data)
        self.batch, self.user = batch, user
        self.earlier = Answers.from_json(batch.answers)
        self.declared = declared_of(batch)
        self._books: dict = {}
        self._add_sheets()
        self._add_columns()
        self.kinds = [self._add_missing(kind, some) for kind, some in _by_kind(batch.notes.get("missing", ()))]
        self.asked = QuestionFields(self, batch.notes.get("questions", []), self.earlier)
        unmatched = batch.notes.get("unmatched", ())
        self.stale = [self.add(f"stale:{topic}:{key}", fields.stale_field(topic, key)) for topic, key in unmatched]

    def add(self, name: str, field):
        """The field as the page shows it."""
        self.fields[name] = field
        return self[name]

    def _add_sheets(self):
        notes = self.batch.notes
        names = [column["sheet"] for column in notes.get("columns", ())]
        names += [row["text"] for row in notes.get("skipped", ()) if row["kind"] in ("sheet", "hidden")]
        names = list(dict.fromkeys(names))
        self.sheets = self.add("sheets", fields.sheets_field(names, self.earlier.sheets)) if len(names) > 1 else None

    def _add_columns(self):
        """Those that are not known, or said twice, are asked about; of the others one may say otherwise."""
        self.offered, has_remark = fields.column_choices(self.declared), keeps(self.declared)
        problems = [each for each in self.batch.notes.get("problems", ()) if each["severity"] == ERROR]
        asked = {(each["sheet"], each["column"]) for each in problems if each["column"]}
        self.unknown, self.others = [], []
        for column in self.batch.notes.get("columns", ()):
            heading = folded(column["heading"])
            name, answer = f"column:{heading}", self.earlier.columns.get(heading)
            if name not in self.fields:
                self.fields[name] = fields.column_field(column, answer, self.offered, has_remark=has_remark)
            is_asked = column["use"] == UNKNOWN or (column["sheet"], column["letter"]) in asked
            shown = {**column, "bound": self[name], "means": self._means(column)}
            (self.unknown if is_asked else self.others).append(shown)
        several = len(self.unknown) > 1 or self.earlier.rest
        rest = fields.rest_field(self.earlier.rest, has_remark=has_remark)
        self.rest = self.add("rest", rest) if several else None

    def _means(self, column: dict) -> str:
        """What the platform takes a column for."""
        where = f"{column['field']}.{column['part']}".rstrip(".")
        uses = {
            UNKNOWN: "",
            IGNORED: _("left out"),
            KEPT: _("kept in the remark"),
            MARK: _("the sender's own row number"),
            NUMBER: _("the platform number"),
        }
        return uses[column["use"]] if column["use"] in uses else dict(self.offered).get(where, where)

    def _add_missing(self, kind: str, missing: list[dict]) -> dict:
        model, answers = model_of(kind), self.earlier.references.get(kind, {})
        may_create, on_file, names = may(self.user, model, ADD), fields.on_file(model), []
        for one in missing[:ASKED]:
            field = fields.missing_field(model, one, answers.get(plain(one["text"])), on_file, may_create)
            bound = self.add(f"missing:{kind}:{one['text']}", field)
            named = None if on_file else self.add(f"named:{kind}:{one['text']}", fields.named_field(one))
            names.append({**one, "bound": bound, "named": named})
        whole = None
        if len(missing) > 1:
            whole = self.add(f"missing:{kind}:{ALL}", fields.whole_kind_field(answers.get(ALL, ""), may_create))
        shown = SHOWN if whole is not None and len(names) > SHOWN else len(names)
        told = {"label": model._meta.verbose_name, "more": len(missing) - len(names), "whole": whole}
        return {**told, "first": names[:shown], "others": names[shown:]}

    @property
    def asks(self) -> bool:
        """Whether anything waits for a decision."""
        return bool(self.unknown or self.kinds or self.asked.sections)

    @property
    def open(self) -> int:
        """Decisions without which rows are refused."""
        unsaid = sum(not one["answered"] for one in self.batch.notes.get("missing", ()))
        return unsaid + self.asked.open + sum(column["use"] == UNKNOWN for column in self.unknown)

    @property
    def groups(self) -> int:
        """Kinds of decisions that are open: one answer may do for all of one."""
        kinds = {one["kind"] for one in self.batch.notes.get("missing", ()) if not one["answered"]}
        columns = any(column["use"] == UNKNOWN for column in self.unknown)
        return len(kinds) + columns + sum(bool(section.open) for section in self.asked.sections)

    def clean(self):
        cleaned = super().clean()
        for name in [name for name in cleaned if name.startswith("named:") and cleaned[name].strip()]:
            _prefix, kind, text = name.split(":", 2)
            found = self._book(kind).keys(cleaned[name])
            if len(found) == 1:
                cleaned[f"missing:{kind}:{text}"] = str(next(iter(found)))
            else:
                self.add_error(name, _("There is no one record of this name."))
        return cleaned

    def _book(self, kind: str) -> NameBook:
        return self._books.setdefault(kind, NameBook(model_of(kind)))

    def answers(self) -> Answers:
        """What was decided before, and now about all that the form asks; what it does not ask stays."""
        kept = self.earlier.as_json()
        for name, value in self.cleaned_data.items():
            what, _colon, about = name.partition(":")
            if what in ("sheets", "rest"):
                kept[what] = value
            elif what == "column":
                _keep(kept["columns"], about, value, "" if value == fields.LEFT_OUT else value)
            elif what == "missing":
                kind, _colon, text = about.partition(":")
                names = kept["references"].setdefault(kind, {})
                _keep(names, text if text == ALL else plain(text), value, _reference(value))
        self.asked.keep(kept["decided"], self.cleaned_data)
        return without(Answers.from_json(kept), self._taken_away())

    def _taken_away(self) -> list[tuple[str, str]]:
        """Decisions that do not fit the file, and that nobody has just made anew."""
        ticked = [
            name.split(":", 2) for name, value in self.cleaned_data.items() if name.startswith("stale:") and value
        ]
        return [(topic, key) for _stale, topic, key in ticked if not self.cleaned_data.get(f"question:{topic}:{key}")]


def _reference(value: str) -> str | int:
    return int(value) if value.isdecimal() else value


def _keep(kept: dict, about: str, value: str, answer) -> None:
    if value:
        kept[about] = answer
    else:
        kept.pop(about, None)


def _by_kind(missing) -> list[tuple[str, list[dict]]]:
    kinds = dict.fromkeys(one["kind"] for one in missing)
    return [(kind, [one for one in missing if one["kind"] == kind]) for kind in kinds]
