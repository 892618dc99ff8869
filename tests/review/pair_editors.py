"""Two people at one record: what each types, sends and is answered, and what each must find again afterwards."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.db import models
from django.test import Client

from fengtai.admin.record_forms import LEFT_OUT
from fengtai.admin.two_editors import TAKEN
from fengtai.importing.taking.steps import commit, preview
from tests.admin.admin_pages import address, errors_of, form_data, formset_of
from tests.importing.import_steps import received, saved

SAVED, SHOWN_AGAIN, FAULT = 302, 200, 500


class Fault(Exception):
    """An answer that nobody should get."""


@dataclass(frozen=True)
class Typed:
    """One value in one field of a row; without a field the row was deleted, without a key it was added."""

    model: type[models.Model]
    key: int | None
    name: str
    value: str = ""

    @property
    def place(self) -> tuple:
        return self.model, self.key, self.name


def page_seen(answer):
    """What a page was made from: of two clients at work at once each gets its own."""
    return SimpleNamespace(context=answer.context_data)


@dataclass
class Editor:
    """One who has a record's form open; `typed` is what they changed in it."""

    user: models.Model
    record: models.Model
    typed: list[Typed] = field(default_factory=list)
    answer: object = None
    asked: dict[str, str] = field(default_factory=dict)  # what was asked of the first answer, by input
    shown: str = ""  # the page as it was read last
    names: dict[tuple, str] = field(default_factory=dict)  # the input of each place
    keeps_own: bool = True  # asked which value stands

    def __post_init__(self):
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)
        self.where = address(type(self.record), "change", self.record.pk)

    def open(self) -> None:
        answer = self._checked(self.client.get(self.where))
        self.page, self.shown = page_seen(answer), answer.text
        self.data = form_data(self.page)

    def reads(self, typed: "Typed") -> bool:
        """Whether the page shows, in a field or beside, what was typed."""
        return typed.value in self.shown

    def type_in(self, name: str, value: str, row: models.Model | None = None) -> None:
        """Into a field of the record, or of a row on its page."""
        target = row or self.record
        shown = name if row is None else self._form_of(row).add_prefix(name)
        self.data[shown] = value
        self._remember(Typed(type(target), target.pk, name, value), shown)

    def delete(self, row: models.Model) -> None:
        shown = self._form_of(row).add_prefix("DELETE")
        self.data[shown] = "on"
        self._remember(Typed(type(row), row.pk, ""), shown)

    def add(self, model: type[models.Model], name: str, value: str, more: dict) -> None:
        formset = formset_of(self.page, model)
        number = formset.total_form_count()
        start = f"{formset.prefix}-{number}"
        fields = dict.fromkeys(formset.empty_form.fields, "") | more | {name: value}
        self.data |= {f"{start}-{one}": said for one, said in fields.items()}
        self.data[f"{formset.prefix}-TOTAL_FORMS"] = number + 1
        self._remember(Typed(model, None, name, value), f"{start}-{name}")

    def send(self) -> None:
        self.answer = self._checked(self.client.post(self.where, self.data))
        if self.answer.status_code == SHOWN_AGAIN and not self.asked:
            errors = errors_of(page_seen(self.answer))
            self.asked = {name: " ".join(map(str, said)) for name, said in errors.items()}

    def is_shown_again(self) -> bool:
        return self.answer is not None and self.answer.status_code == SHOWN_AGAIN

    def answers(self) -> None:
        """Decides what was asked, leaves out rows that are gone, and saves again until it is saved."""
        for _time in range(5):
            if not self.is_shown_again():
                return
            self.data = form_data(page_seen(self.answer)) | self._decisions()
            self.send()
        raise Fault(f"asked again and again: {errors_of(page_seen(self.answer))}")

    def was_asked(self, typed: Typed) -> str:
        """What was said at the field, or of its row."""
        shown = self.names[typed.place]
        whole = shown.rpartition("-")[0]
        return self.asked.get(shown) or self.asked.get(f"{whole}-__all__" if whole else "__all__", "")

    def _decisions(self) -> dict:
        gone = dict.fromkeys(re.findall(rf'name="(\S+-{LEFT_OUT})"', self.answer.text), "1")
        taken = {}
        for (_model, _key, name), where in self.names.items():
            if where in self.asked and not self.keeps_own:
                taken.setdefault(where.removesuffix(name) + TAKEN, []).append(name)
        return gone | taken

    def _remember(self, typed: Typed, shown: str) -> None:
        self.typed.append(typed)
        self.names[typed.place] = shown

    def _form_of(self, row: models.Model):
        formset = formset_of(self.page, type(row))
        return next(form for form in formset.initial_forms if form.instance.pk == row.pk)

    def _checked(self, answer):
        if answer.status_code not in (SAVED, SHOWN_AGAIN):
            raise Fault(f"{answer.status_code}: {getattr(answer, 'exc_info', None) or answer.text[:200]}")
        return answer


class Importer(Editor):
    """One who brings a workbook of one row; refused, they look at the preview made anew and take it again."""

    COLUMNS = {"address": "地址", "region": "地区", "website": "网址", "introduction": "简介"}

    def open(self) -> None:
        self.cells = {"单位名称": self.record.name}

    def type_in(self, name: str, value: str, row=None) -> None:
        self.cells[self.COLUMNS[name]] = value
        self._remember(Typed(type(self.record), self.record.pk, name, value), name)

    def bring(self, folder) -> None:
        path = saved(
            folder / f"{self.user.pk}-{self.record.pk}.xlsx", ("名录", [[*self.cells], [*self.cells.values()]])
        )
        self.batch = received("organisations", path)
        type(self.batch).objects.filter(pk=self.batch.pk).update(by=self.user)
        self.batch.refresh_from_db()

    def send(self) -> None:
        commit(self.batch, by=self.user)
        self.batch.refresh_from_db()
        if self.batch.state not in ("committed", "refused"):
            raise Fault(f"import {self.batch.state}: {self.batch.notes}")

    def is_shown_again(self) -> bool:
        return self.batch.state == "refused"

    def answers(self) -> None:
        """The preview made anew shows both values: what is stored by now, and what the file says."""
        for _time in range(3):
            if not self.is_shown_again():
                return
            preview(self.batch)
            row = self.batch.rows.first()
            self.asked = {"": " ".join(str(change) for change in row.changes)}
            self.send()
        raise Fault(f"refused again and again: {self.batch.notes}")

    def was_asked(self, typed: Typed) -> str:
        return self.asked.get("", "")
