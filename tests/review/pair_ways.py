"""The ways of editing that pairs of editors use: the form, rows on it, actions of the list, and workbooks."""

from partners.models import Contact, Organisation
from tests.review import pair_records as records
from tests.review.pair_acts import Acts
from tests.review.pair_editors import Editor, Importer
from tests.review.pair_edits import Pair


class Forms(Pair):
    """Fields of the record: some in common, or none."""

    def make(self) -> None:
        model = self.rng.choice([*records.FIELDS])
        self.record = records.record(model, state=self.state)
        self.editors = [Editor(user, self.record, keeps_own=self.rng.random() < 0.5) for user in self.office.editors]
        for editor in self.editors:
            editor.open()
        self._type(records.FIELDS[model])

    def _type(self, names) -> None:
        same = self.rng.random() < 0.5
        for editor, some in zip(self.editors, records.some_fields(self.rng, names, same=same), strict=True):
            for name in some:
                editor.type_in(name, records.new_value(name))


class Imports(Forms):
    """A workbook of one row, against another or against the form."""

    def make(self) -> None:
        self.record = records.record(Organisation, state=self.state)
        kinds = self.rng.choice([(Importer, Editor), (Editor, Importer), (Importer, Importer)])
        self.editors = [kind(user, self.record) for kind, user in zip(kinds, self.office.editors, strict=True)]
        for editor in self.editors:
            editor.open()
        self._type(records.IMPORTED)
        for editor in self.editors:
            if isinstance(editor, Importer):
                editor.bring(self.office.folder)


class Inlines(Pair):
    """Rows on the record's page: changed, added and deleted."""

    def make(self) -> None:
        kinds = [
            model for model in records.ROWS if not (self.published and model is Contact and self.rng.random() < 0.5)
        ]
        self.model = self.rng.choice(kinds)
        parent, self.names = records.ROWS[self.model]
        self.record = records.record(parent, state=self.state)
        self.own = [records.row(self.model, self.record) for _row in range(2)]
        self.editors = [Editor(user, self.record, keeps_own=self.rng.random() < 0.5) for user in self.office.editors]
        for editor in self.editors:
            editor.open()
        adding = () if self.published and self.model in records.PROVED else ("aa", "ac", "da")
        deeds = self.rng.choice(
            ("cc", "cc", "cd", "dc", "dd", *adding)
        )  # a new figure is published with its proof alone
        for editor, deed in zip(self.editors, deeds, strict=True):
            getattr(self, {"c": "_change", "d": "_delete", "a": "_add"}[deed])(editor)

    def _change(self, editor) -> None:
        name, row = self.rng.choice(self.names), self.own[0]
        editor.type_in(name, records.new_value(name), row)
        if self.rng.random() < 0.3:
            name = records.FIELDS[type(self.record)][0]
            editor.type_in(name, records.new_value(name))

    def _delete(self, editor) -> None:
        editor.delete(self.own[0])

    def _add(self, editor) -> None:
        editor.add(self.model, self.names[0], records.new_value(self.names[0]), records.typed_beside(self.model))

    def rows(self) -> list:
        return self.own


WAYS = {"form": Forms, "inline": Inlines, "bulk": Acts, "import": Imports}
