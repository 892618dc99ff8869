"""A row that totals the projects of a signing (34个, 合计): its figures are stated of the roster, not of a project."""

import re

from django.utils.translation import gettext, override

from fengtai.importing.planning.items import Item
from fengtai.importing.reading.cells import CellError, split
from fengtai.importing.reading.row_fields import LANGUAGES
from fengtai.importing.reading.row_questions import TOTAL, what_is
from fengtai.values.figures import FigureError, parse_figure
from fengtai.values.texts import plain
from fengtai.workbooks.total_words import total_word
from partners.models import RosterFigure

COUNT = re.compile(r"(?:约|近|超)?[\d０-９]+(?:余|多)?(?:个|项)(项目)?([（(][^（()）]*[%％][）)])?")
SHARE = re.compile(r"(.+?)[（(]([^（()）]*\d[^（()）]*[%％])[）)]")  # 45个（占比56.9%）
OF_SIGNINGS = re.compile("签约|推介|洽谈|集中|场外|批$|[:：].*(?:项目|类|企业)$")
COUNTED = re.compile(r"([^\d０-９]+?)((?:约|近|超|逾)?[\d０-９].*)")
PARTIES = ("parties",)
LAST_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
BEHIND_THE_BATCH = tuple(":：-—（(·")


def is_total(said: dict, reading) -> bool:
    """The title says so, or the size is a count of projects and nobody takes part; a person says where it is open.

    200个 may be the places of a car park, and 某洽谈会：央企项目 without a size a project of its own.
    """
    if reading.is_total is not None:
        return reading.is_total
    title, batch = _text(said, "project"), LAST_BRACKET.sub("", _text(said, "entries"))
    count = COUNT.fullmatch(_text(said, "scale"))
    begins = bool(batch) and title.startswith(batch) and title[len(batch) :].lstrip()[:1] in BEHIND_THE_BATCH
    if not (count or begins) or any(said[name].cells for name in PARTIES if name in said):
        return False
    if count and (count[1] or count[2] or begins or OF_SIGNINGS.search(title)):
        return True
    return what_is(title, reading, said["project"].columns.get("") if "project" in said else None) == TOTAL


def _text(said: dict, name: str) -> str:
    try:
        return said[name].text() if name in said else ""
    except CellError:
        return ""


def read_total(declared, said: dict, reading) -> None:
    """Plans the figures of the roster that the row's signing names."""
    signing = said.get("entries")
    roster = None
    if signing is None or not signing.cells:
        reading.problem("required", None, heading=declared.fields["entries"].label)
    else:
        roster = declared.fields["entries"].roster(signing, reading)
    if "sources" in said:
        reading.read(declared.fields["sources"], said["sources"])
    reading.plan.note("roster_total", severity="warning", roster=signing.text() if signing is not None else "")
    _refuse_rest(said, reading)
    if roster is not None:
        as_of = _as_of(declared, said, reading)
        for name, figure in _figures(declared, said, reading):
            _record(roster, name, figure, as_of, reading)


def _figures(declared, said: dict, reading):
    """Each figure of the row, with what it counts."""
    title = _group(_text(said, "project"))
    amounts = said.get("amounts")
    for part in (part for part in (amounts.cells if amounts else ()) if part not in ("unit", "qualifier")):
        for one in declared.fields["amounts"].stated(part, amounts, reading):
            yield f"{title} {one.words or one.column.heading}", one.figure
    for piece in split(_text(said, "scale")):
        share = SHARE.fullmatch(piece)
        for part in share.groups() if share else (piece,):
            yield from _counted(title, part, said["scale"].columns[""], reading)


def _group(title: str) -> str:
    """What a total is of: 示例签约（合计） is of 示例签约."""
    word = total_word(title)
    return word.group if word is not None else title


def _counted(title: str, piece: str, column, reading):
    counted, piece = COUNTED.fullmatch(piece), re.sub("(?<=[个项])项目$", "", piece)
    with override(LANGUAGES[0]):  # what is kept does not depend on who looks at the preview
        name, number = (counted[1], counted[2]) if counted else (gettext("number of projects"), piece)
    try:
        yield f"{title} {name}", parse_figure(number)
    except FigureError:
        reading.refuse(CellError("wrong_type", text=piece), column)


def _as_of(declared, said: dict, reading):
    status = said.get("status")
    if status is None or "happened" not in status.cells:
        return None
    try:
        return declared.fields["status"].happened.value(status.only("happened"), reading)
    except CellError as error:
        return reading.refuse(error, status.columns["happened"])


def _record(roster, name: str, figure, as_of, reading) -> None:
    on_file = RosterFigure.objects.filter(roster=roster) if isinstance(roster, int) else ()
    for row in on_file:
        if plain(row.name) == plain(name):
            return reading.change(row, {"figure": figure, "as_of": as_of})
    values = {"roster": roster, "name": name, "figure": figure}
    reading.plan.add(Item(RosterFigure, **values, **({"as_of": as_of} if as_of else {})))
    return None


def _refuse_rest(said: dict, reading) -> None:
    """Cells that a roster's figure has no place for are told, not dropped unseen."""
    kept = {"project", "amounts", "scale", "entries", "sources"}
    for name, one in said.items():
        if name not in kept:
            for part in one.cells:
                if part != "happened":
                    reading.warn("not_kept", one.columns[part])
