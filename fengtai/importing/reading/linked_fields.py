"""Cells that name other records: one, several, or records that hang on the row's own."""

from fengtai.importing.reading.cells import ERASE, CellError, split
from fengtai.importing.reading.row_fields import RowField, Valued


class Reference(Valued):
    """A link to one record by its name."""

    kind = "reference"

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.target = model_field.related_model
        self.required = not model_field.blank

    def value(self, said, reading):
        return reading.refer(self.target, said.text(), said.columns[""])

    def read(self, said, reading):
        if said.text() in ERASE:
            reading.erase(self, said)
        elif (found := self.value(said, reading)) is not None:
            if self.target is self.model_field.model and reading.leads_back(self.model_field, found):
                raise CellError("ring", text=said.text())
            reading.set(self.attribute, found)

    def key(self, said, reading):
        return reading.refer(self.target, said.text(), said.columns[""]) if said.cells.get("") is not None else None

    def names(self, said):
        return [said.text()]


class Links(RowField):
    """Links to several records by their names."""

    kind, erases = "references", True

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.target = model_field.related_model

    def names(self, said):
        text = said.text()
        return list(dict.fromkeys([text, *split(text)]))

    def read(self, said, reading):
        text = said.text()
        if text in ERASE:
            return reading.link(self.attribute, [], only=True)
        whole = reading.knows(self.target, text)
        found = [reading.refer(self.target, name, said.columns[""]) for name in ([text] if whole else split(text))]
        if None not in found:
            reading.link(self.attribute, found, only=reading.by_number, column=said.columns[""])
        return None


class Entries(RowField):
    """Records that hang on the row's own, each told by a link: memberships by level, entries by roster."""

    kind = "references"

    def __init__(self, name, label, relation, shown):
        super().__init__(name, label)
        self.model, self.owner = relation.related_model, relation.field.name
        self.shown = shown
        self.target = self.model._meta.get_field(shown).related_model

    def names(self, said):
        text = said.text()
        return list(dict.fromkeys([text, *split(text)]))

    def read(self, said, reading):
        text = said.text()
        whole = reading.knows(self.target, text)
        for name in [text] if whole else split(text):
            if (found := reading.refer(self.target, name, said.columns[""])) is not None:
                reading.child(self.model, self.owner, {self.shown: found})
        reading.note_kept(self, said, [text] if whole else split(text))
