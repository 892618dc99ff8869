"""What a page is called and described as, so that no two pages of the site are called alike."""

from functools import cache
from urllib.parse import urlencode

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengtai.lists.questions import POSITIONS, Question
from fengtai.pages.sharing.row_texts import row_texts
from fengtai.records.paths import linked_model, value_at
from fengtai.records.printing import label_in_words
from fengtai.search.fields import SortKeyField

LONGEST = 160  # characters of a description that search engines show
TOLD = 4  # facts of a record
COMPARED = 50  # records whose labels may be alike


def list_title(page, question: Question) -> str:
    """The filters in use, the list, and which page of it: 链长单位 · 发展伙伴名录 · 第 2 页."""
    parts = [chip.value for chip in question.chips()] if not question.errors else []
    return " · ".join([*parts, capfirst(page.title), *_position(page, question)])


def list_description(page, question: Question) -> str:
    """The list in a sentence; of a filtered one, what was asked and how many rows answer."""
    if question.errors:
        return page.intro
    asked = _("; ").join(f"{chip.label}{_(': ')}{chip.value}" for chip in question.chips())
    rows = ngettext("%(count)s row", "%(count)s rows", question.count) % {"count": question.count_label}
    told = [part for part in (asked, rows, *_position(page, question)) if part]
    return Truncator(f"{capfirst(page.title)}{_(': ')}{_('; ').join(told)}. {page.intro}").chars(LONGEST)


def list_query(question: Question) -> str:
    """What makes it a page of its own, always in one order: the filters, and where in the list it stands."""
    if question.errors:
        return ""
    stands = {name: question.params[name] for name in POSITIONS if question.params.get(name) not in (None, "", "1")}
    shown = {name: question.params[name] for name in ("sort", "per_page") if stands and question.params.get(name)}
    asked = {**question.active, **shown, **stands}
    return f"?{urlencode(asked)}" if asked else ""


def _position(page, question: Question) -> list[str]:
    """In which order the rows stand, unless it is the list's own, and where in it the page is."""
    told = []
    if question.sort:
        order = _("by %(column)s, descending") if question.sort.startswith("-") else _("by %(column)s")
        told.append(order % {"column": page.table.label(question.sort.removeprefix("-"))})
    if question.params.get("after") or question.params.get("before"):
        return [*told, _("further rows")]
    return [*told, _("page %(number)d") % {"number": question.page}] if question.page > 1 else told


def record_title(page, record) -> str:
    """Its label and its list; a record with a namesake also says its platform number."""
    if not hasattr(record, "has_namesake"):  # the title is told several times on a page
        record.has_namesake = _has_namesake(page.table, record)
    label = label_in_words(record)
    label = f"{label} ({record.pk})" if record.has_namesake else label
    return f"{label} · {capfirst(page.title)}"


def record_description(page, record) -> str:
    """The first facts of the record, as its list tells them."""
    told = (
        f"{capfirst(page.table.label(name))}{_(': ')}{text}" for name, text in row_texts(page.table, record.pk).items()
    )
    facts = _("; ").join([*told][:TOLD])
    return Truncator(f"{record_title(page, record)}{_(': ')}{facts}").chars(LONGEST)


def _has_namesake(table, record) -> bool:
    """Whether the list holds another record of the same label; looked for by the columns that labels are made of."""
    same = {path: value_at(record, path) for path in _columns_of_label(type(record))}
    others = table.loaded(table.seen_rows().order_by().filter(**same).exclude(pk=record.pk))
    return any(str(other) == str(record) for other in others[:COMPARED])


@cache
def _columns_of_label(model) -> list[str]:
    """The columns that a label is made of, as far as they are columns, and the keys of names, which are indexed."""
    found = []
    for path in model.label_paths:
        prefix, separator, name = path.rpartition("__")
        fields = linked_model(model, prefix)._meta.concrete_fields
        told = [one.name for one in fields if one.name == name or isinstance(one, SortKeyField)]
        found += [f"{prefix}{separator}{one}" for one in told]
    return list(dict.fromkeys(found))
