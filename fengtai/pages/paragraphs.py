"""A source by its paragraphs: everything that is taken from each, record by record, a bounded number of each kind."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.cited_rows import Cited, cited_rows, few_cited, kinds_cited
from fengtai.records.anchors import paragraph_name
from fengtai.records.links import paragraph_shown
from fengtai.records.models import Source

OF_EACH = 20  # records of a kind in a paragraph, where the source states few in all
FEW = 500  # public citations, up to which all of a source's are read
OF_MANY = 3  # and where it states many


@dataclass
class Taken:
    """What a paragraph says of one record: its name and page, and each citation."""

    name: str
    address: str
    cited: list[Cited] = field(default_factory=list)

    @property
    def speakers(self) -> list[str]:
        return list(dict.fromkeys(one.speaker for one in self.cited if one.speaker))


@dataclass
class Kind:
    """The records of one kind in a paragraph; `address` is that of all of them, where the list can be asked for it."""

    title: str
    address: str
    taken: list[Taken]
    is_cut: bool


@dataclass
class Paragraph:
    """What is taken from one paragraph of a source; `speaker` is the office that speaks in all of it."""

    number: int | None
    kinds: list[Kind] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return paragraph_name(self.number)

    @property
    def shown(self) -> str:
        return paragraph_shown(self.number)

    @property
    def speaker(self) -> str:
        found = {one.speaker for kind in self.kinds for taken in kind.taken for one in taken.cited}
        return found.pop() if len(found) == 1 else ""


def paragraphs_of(source: Source) -> list[Paragraph]:
    """In the order of the source; what names no paragraph comes last."""
    kinds = kinds_cited(source)
    few = few_cited(source, kinds, FEW)
    most = OF_MANY if few is None else OF_EACH
    found: dict[int | None, Paragraph] = {}
    for model in sorted(kinds, key=_position):
        by_number = defaultdict(list)
        for one in cited_rows(source, model, kinds[model], 2 * most) if few is None else few[model]:
            by_number[one.paragraph].append(one)
        for number, cited in by_number.items():
            paragraph = found.setdefault(number, Paragraph(number))
            paragraph.kinds.append(_kind(source, model, number, cited, most))
    for paragraph in found.values():
        paragraph.kinds = list(_joined(paragraph.kinds))
    return sorted(found.values(), key=lambda paragraph: (paragraph.number is None, paragraph.number))


def _kind(source: Source, model, number: int | None, cited: list[Cited], most: int) -> Kind:
    taken: dict[str, Taken] = {}
    for one in cited:
        taken.setdefault(f"{one.address} {one.name}", Taken(one.name, one.address)).cited.append(one)
    page = _page(model)
    asked = f"?source={source.pk}&paragraph={number}" if number else f"?source={source.pk}"
    title = page.title if page else str(model._meta.verbose_name_plural)
    shown = list(taken.values())
    return Kind(title, f"{page.address}{asked}" if page else "", shown[:most], len(shown) > most)


def _joined(kinds: list[Kind]) -> Iterator[Kind]:
    """Parts stand with the records whose pages they are on."""
    by_title: dict[str, Kind] = {}
    for kind in kinds:
        other = by_title.setdefault(kind.title, kind)
        if other is kind:
            continue
        known = {taken.address: taken for taken in other.taken}
        for taken in kind.taken:
            if taken.address in known:
                known[taken.address].cited += taken.cited
            else:
                other.taken.append(taken)
        other.is_cut = other.is_cut or kind.is_cut
    yield from by_title.values()


def _page(model) -> ListPage | None:
    """The list that shows the records of a model, or those that its rows are parts of."""
    name = getattr(model, "list_name", "")
    if not name and getattr(model, "owner", ()):
        return _page(model._meta.get_field(model.owner[0]).related_model)
    return next((page for page in site_lists() if page.detail and page.name == name), None)


def _position(model) -> tuple[int, bool, str]:
    page = _page(model)
    return (
        site_lists().index(page) if page else len(site_lists()),
        not getattr(model, "list_name", ""),
        model._meta.label,
    )
