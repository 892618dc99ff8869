"""The column of a row's sources: a download's own words, titles, or numbers of the file's sheet of sources."""

import re

from fengtai.importing.reading.cells import split
from fengtai.importing.reading.row_fields import RowField
from fengtai.records.models import Source

PARAGRAPH = re.compile(r"\s+(?:¶|第)\d+.*$|\s+(?:cited|已注明).*$")


class Cited(RowField):
    kind = "source"
    parts = ("", "number")
    target = Source
    beside = ("number",)

    def names(self, said):
        return [*(_title(piece) for piece in said.text().split("；")), *split(said.text("number"))]

    def read(self, said, reading):
        titles = list(dict.fromkeys(_title(piece) for piece in said.text().split("；") if piece.strip()))
        for title in titles if "" in said.changed else ():
            self._add(reading.refer(Source, title, said.columns[""]), reading)
        for mark in split(said.text("number")):
            self._add_marked(mark, said.columns["number"], reading)
        if "" in said.changed:
            reading.note_kept(self, said, said.text().split("；"))

    def _add_marked(self, mark: str, column, reading):
        """A source by its number in the file; or one on file that is called so."""
        row = reading.file_sources.get(mark)
        if row is not None:
            self._add(row.record, reading)
        elif reading.knows(Source, mark):
            self._add(reading.refer(Source, mark, column), reading)
        else:
            reading.problem("unknown_source", column, text=mark)

    def _add(self, source, reading):
        if source is not None:
            reading.sources.append(source)


def _title(piece: str) -> str:
    """The title in what a download says of a citation: 公报 ¶6 地区生产总值2187.5亿元."""
    return PARAGRAPH.sub("", piece.strip())
