"""Cells of clerks' lists that state areas: of places one or several, of projects one."""

from fengtai.importing.reading.cells import ERASE, LINES, CellError, compose, split
from fengtai.importing.reading.headings import BRACKETS, folded
from fengtai.importing.reading.printed_fields import Figure
from fengtai.importing.reading.printed_values import printed_value
from fengtai.importing.reading.row_fields import Text
from fengtai.importing.reading.said import Said
from fengtai.values.labels import AREA, OTHER, Labelled, are_of_one
from fengtai.workbooks.data import Shown
from projects.figure_fields import LabelledFigures, Stated
from projects.models import PlaceArea


class AreasField(LabelledFigures):
    """The areas of a place: the first that a row states is the main one, others hang on the place with their kinds."""

    model, owner = PlaceArea, "place"

    def __init__(self, name, label, model_field):
        super().__init__(name, label, model_field)
        self.parts = (*Figure.parts, *self.kinds)

    def read(self, said, reading):
        found = self._own(said, reading)
        for part in (part for part in said.columns if part in self.kinds and part in said.changed):
            found += self.stated(part, said, reading)
        main = next((one for one in found if self._is_main(one, found, said, reading)), None)
        if main is not None:
            self._set_main(main, said, reading)
        for one in found:
            if main is None or (one.kind, one.figure) != (main.kind, main.figure):
                self.keep(one, found, reading)

    def _own(self, said, reading) -> list[Stated]:
        """Of the list's own column; one that is emptied, or that a download left as it is, is read as any figure."""
        own = said.changed - {*self.kinds}
        if "" in own and said.text() not in ERASE:
            return self.stated("", said, reading)
        if own:
            super().read(Said(said.cells, said.columns, own), reading)
        return []

    def _is_main(self, one: Stated, found: list[Stated], said, reading) -> bool:
        """The list's own column shows the main area: what stands there first, and no word calls anything, is it."""
        if one is found[0] and one.column is said.columns.get("") and not one.kind:
            return True
        now, kind = reading.now("area"), reading.now("area_kind") or ""
        if now is None or (not kind and now == one.figure):
            return True
        return kind == one.kind and are_of_one(kind, reading.now("area_kind_as_printed") or "", one.words)

    def _set_main(self, one: Stated, said, reading) -> None:
        stated = {"area": one.figure, "area_kind": one.kind, "area_kind_as_printed": one.words}
        for name, value in stated.items():
            if value:
                reading.set(name, value)
        if one.column is said.columns.get(""):
            self.compare(Said(said.cells, said.columns, said.changed - {*self.kinds}), one.figure, "", reading)


class FurtherAreasField(LabelledFigures):
    """The further areas as a download lists them."""

    model, owner, erases = PlaceArea, "place", False

    def __init__(self, name, label):
        super().__init__(name, label, PlaceArea._meta.get_field("figure"))
        self.attribute, self.parts = "", ("",)

    def read(self, said, reading):
        found = self.stated("", said, reading)
        for one in found:
            self.keep(one, found, reading)
        reading.note_kept(self, said, split(said.text(), LINES))


class FloorAreaField(Figure):
    """The area of a project; its own words, or else its heading, say of what (占地面积, 建筑面积)."""

    def read(self, said, reading):
        super().read(said, reading)
        column = said.columns.get("")
        if column is None or "" not in said.cells or said.text() in ERASE:
            return
        heading = BRACKETS.sub("", folded(column.heading))
        covers = AREA.is_label(heading) and AREA.kind_of(heading) not in ("", OTHER)
        words = self._only(said, "").words or (heading if covers else "")
        if words and not reading.now("floor_area_of"):
            reading.set("floor_area_of", words)

    def printed(self, said, main=""):
        return self._composed(self._only(said, main).figure, said, main) if main in said.cells else ""

    def _composed(self, text: str, said, main: str) -> str:
        return compose(text, said.unit(main), said.text("qualifier"), self.model_field.read)

    def _only(self, said, main: str) -> Labelled:
        """The one figure of a cell; of several, or of what is not understood, the whole, for a person to decide."""
        text = said.text(main)
        whole = Labelled("", "", text)
        if not isinstance(said.cells[main], str | Shown):
            return whole
        try:
            found = AREA.read(text, lambda one: printed_value(self.model_field, self._composed(one, said, main)))
        except CellError:
            return whole
        return found[0] if len(found) == 1 else whole


class Scale(FloorAreaField):
    """What is no area are words, and nobody need say so."""

    asks = False


class ScaleField(Text):
    """建设规模: an area where it is one, else the words."""

    def read(self, said, reading):
        area = reading.item.model._meta.get_field("floor_area")
        try:
            Scale("floor_area", "", area).read(said, reading)
        except CellError:
            super().read(said, reading)
