"""Cells of clerks' lists of organisations that mean more than one field."""

from fengtai.importing.reading.cells import LINES, at, split
from fengtai.importing.reading.linked_fields import Entries
from fengtai.importing.reading.printed_fields import Period
from fengtai.importing.reading.row_fields import Naming, RowField, Text, cleaner
from partners.models import Contact, Honour, Membership, Organisation, OrganisationName

KINDS = OrganisationName.Kind
LEGAL_REPRESENTATIVE, UNNAMED = "法定代表人", "未写姓名"


class OrganisationNaming(Naming):
    """Found by its code under a name that is not on file, an organisation keeps its name and gets another."""

    def read(self, said, reading):
        super().read(said, reading)
        if reading.record is not None and not reading.by_number:
            name = self.value(said, reading)
            if not reading.says("name", name):
                reading.child(OrganisationName, "organisation", {"name": name}, kind=KINDS.OTHER)


class NamesField(RowField):
    """Other names, of the kind that the heading says."""

    kind = "texts"
    parts = ("", *(kind for kind in KINDS.values if kind != KINDS.OTHER))
    beside = ("short", "former", "english")
    clean = staticmethod(cleaner(OrganisationName._meta.get_field("name")))

    def read(self, said, reading):
        for part in (part for part in self.parts if part in said.changed):
            names = split(said.words(part), LINES) if part in ("", KINDS.ENGLISH) else split(said.words(part))
            with at(part):
                clean = [self.clean(name) for name in names]
            for name in clean:
                reading.child(OrganisationName, "organisation", {"name": name}, kind=part or KINDS.OTHER)
            if not part:
                reading.note_kept(self, said, names)


class StandingField(Entries):
    """身份: a membership where it names levels on file, else the words as they stand; 时间 dates either."""

    parts = ("", "since")
    beside = ("since",)
    since = Period("since", "", Membership._meta.get_field("since"))
    standing = Text("standing", "", Organisation._meta.get_field("standing"))

    def read(self, said, reading):
        text = said.text()
        names = [text] if text and reading.knows(self.target, text) else split(text)
        if names and all(reading.knows(self.target, name) for name in names):
            self._join(names, said, reading)
        else:
            self._keep(said, reading)

    def _join(self, names, said, reading):
        dated = {"since": said.value_of(self.since, "since", reading)} if "since" in said.cells else {}
        for name in names:
            level = reading.refer(self.target, name)
            reading.child(self.model, self.owner, {self.shown: level}, dated, printed=reading.plan.label)
        reading.note_kept(self, said, names)

    def _keep(self, said, reading):
        if "" in said.cells:
            reading.set("standing", self.standing.value(said, reading))
        since = said.value_of(self.since, "since", reading) if "since" in said.cells else None
        if since is not None:
            reading.set("standing_since", since)


class HonoursField(RowField):
    """荣誉/资质: each an honour of the organisation, one a line or between semicolons."""

    kind = "texts"
    clean = staticmethod(cleaner(Honour._meta.get_field("title")))

    def read(self, said, reading):
        for title in map(self.clean, split(said.words(), LINES)):
            reading.child(Honour, "organisation", {"title": title}, printed=reading.plan.label)


class ContactsField(RowField):
    """Persons to call, who stay on the staff side."""

    kind = "texts"
    parts = ("", "post", "phone", "email", "legal")
    beside = ("phone", "legal")

    def read(self, said, reading):
        details = {part: self._text(part, said) for part in ("post", "phone", "email") if part in said.cells}
        if name := self._text("", said) or (UNNAMED if details else ""):
            reading.child(Contact, "organisation", {"name": name}, details)
        if name := self._text("legal", said):
            reading.child(Contact, "organisation", {"name": name, "post": LEGAL_REPRESENTATIVE})

    def _text(self, part, said):
        clean = cleaner(Contact._meta.get_field("name" if part in ("", "legal") else part))
        with at(part):
            return clean(said.words(part)) if part in said.cells else ""
