"""How a record is cited: in words by the Chinese standard (GB/T 7714) and in English, and as BibTeX."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from fengtai.lists.value_columns import FigureColumn
from fengtai.pages.sharing.bibtex import entry
from fengtai.records.models import Source
from fengtai.records.printing import in_words, label_in_words

CHINESE, ENGLISH = "zh-hans", "en"


@dataclass(frozen=True)
class Original:
    """Figures as they are quoted, and where one paragraph or source states them."""

    figures: str
    source: Source
    paragraph: int | None

    def __str__(self):
        """The source in English order; what it does not say is left out."""
        shown = f"¶{self.paragraph}" if self.paragraph else ""
        parts = [self.source.title, self.source.publisher, in_words(self.source.published), shown]
        return ", ".join(filter(None, parts))

    def in_chinese(self) -> str:
        source, kind = self.source, "EB/OL" if self.source.url else "Z"
        named = ". ".join(filter(None, [source.publisher, f"{source.title}[{kind}]"]))
        paragraph = f"第{self.paragraph}段" if self.paragraph else ""
        return ", ".join(filter(None, [named, str(source.published), paragraph]))


@dataclass(frozen=True)
class Citing:
    """One record as others cite it; a figure of its own leads, as its source printed it."""

    chinese: str
    english: str
    bibtex: str


def citing(page, record, root: str) -> Citing:
    originals = _originals(page, record)
    with override(CHINESE):
        chinese = _in_chinese(page, record, root, originals)
    with override(ENGLISH):
        english = _in_english(page, record, root, originals)
    return Citing(chinese, english, _bibtex(page, record, root, originals))


def last_changed(record) -> date:
    """The day of what is public now: of the last change, or the end of the embargo."""
    return timezone.localdate(max(filter(None, [record.changed_at, getattr(record, "publish_at", None)])))


def _in_chinese(page, record, root: str, originals: list[Original]) -> str:
    """主要责任者. 题名[DB/OL]. 平台, (更新日期)[引用日期]. 网址."""
    parts = [f"{one.figures}，见 {one.in_chinese()}" for one in originals]
    parts += [settings.SITE_PUBLISHER, f"{_title(page, record)}[DB/OL]"]
    days = f"({last_changed(record)})[{timezone.localdate()}]"
    parts += [f"{_('Fengtai partner platform')}, {days}", f"{root}{record.get_absolute_url()}"]
    return ". ".join(filter(None, parts))


def _in_english(page, record, root: str, originals: list[Original]) -> str:
    parts = [f"{one.figures}, in {one}" for one in originals]
    parts += [settings.SITE_PUBLISHER, _title(page, record)]
    parts += [f"{_('Fengtai partner platform')}, last changed {last_changed(record)}"]
    parts += [f"Retrieved {timezone.localdate()} from {root}{record.get_absolute_url()}"]
    return ". ".join(filter(None, parts))


def _bibtex(page, record, root: str, originals: list[Original]) -> str:
    """In the language at hand; the address and the day of retrieval as BibLaTeX and most styles read them."""
    fields = {
        "author": settings.SITE_PUBLISHER,
        "title": _title(page, record),
        "howpublished": _("Fengtai partner platform"),
        "year": str(last_changed(record).year),
        "note": "; ".join(f"{one.figures}, {one}" for one in originals),
        "url": f"{root}{record.get_absolute_url()}",
        "urldate": timezone.localdate().isoformat(),
        "language": {CHINESE: "chinese", ENGLISH: "english"}[get_language()],
    }
    return entry("misc", f"fengtai-{page.name}-{record.pk}", fields)


def _title(page, record) -> str:
    label = label_in_words(record)
    return f"{label} ({page.title})" if get_language() == ENGLISH else f"{label}（{page.title}）"


def _originals(page, record) -> list[Original]:
    """The record's own figures that the list shows, as printed, by the source and paragraph that state them first."""
    found: dict[tuple, list[str]] = {}
    for name, column in page.table.declared(detail=False).items():
        is_own = isinstance(column, FigureColumn) and not getattr(column, "leads_on", False)
        figure = getattr(record, name, None) if is_own else None
        if proof := figure and _proof_of(record, name):
            found.setdefault((proof.source, proof.paragraph), []).append(f"“{figure.printed}”")
    return [Original(" ".join(figures), source, paragraph) for (source, paragraph), figures in found.items()]


def _proof_of(record, name: str):
    """What proves the field, or else the record as a whole."""
    proofs = [citation for citation in record.public_citations if citation.field in (name, "")]
    return min(proofs, key=lambda citation: citation.field != name, default=None)
