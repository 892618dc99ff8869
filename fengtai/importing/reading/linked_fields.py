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
        found = reading.refer(self.target, said.words(), said.columns[""])
        if found is not None and self.target is self.model_field.model and reading.leads_back(self.model_field, found):
            raise CellError("ring", text=said.text())
        return found

    def key(self, said, reading):
        return self.value(said, reading) if "" in said.cells else None

    def names(self, said):
        return [said.words()]


class SeveralNames(RowField):
    """A cell with one name or several; a comma may be part of a name that is on file."""

    kind = "references"

    def names(self, said):
        return list(dict.fromkeys([said.words(), *split(said.words())]))

    def named(self, said, reading) -> list[str]:
        text = said.words()
        return [text] if reading.knows(self.target, text) else split(text)


class Links(SeveralNames):
    """Links to several records by their names."""

    erases = True

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.target = model_field.related_model

    def read(self, said, reading):
        if said.text() in ERASE:
            return reading.link(self.attribute, [], only=True)
        found = [reading.refer(self.target, name, said.columns[""]) for name in self.named(said, reading)]
        if None not in found:
            reading.link(self.attribute, found, only=reading.by_number, column=said.columns[""])
        return None


class Entries(SeveralNames):
    """Records that hang on the row's own, each told by a link: memberships by level, entries by roster."""

    def __init__(self, name, label, relation, shown):
        super().__init__(name, label)
        self.model, self.owner = relation.related_model, relation.field.name
        self.shown = shown
        self.target = self.model._meta.get_field(shown).related_model

    def read(self, said, reading):
        names = self.named(said, reading)
        for name in names:
            if (found := reading.refer(self.target, name, said.columns[""])) is not None:
                reading.child(self.model, self.owner, {self.shown: found})
        reading.note_kept(self, said, names)
