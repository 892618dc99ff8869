"""Parts of a row with figures of their own, such as amounts of a project: each leads to what proves it."""

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from fengtai.records.anchors import part_name
from fengtai.records.chinese import text_html
from fengtai.records.fields import PrintedField
from fengtai.records.links import Link, not_stated, proofs_in_full
from fengtai.records.models import KeptPart
from fengtai.records.paths import field_at
from fengtai.records.printing import proved_html

OWNER = "\0"  # in a cell, for the address of the row's own page up to its anchor: a link made once serves many rows


def has_figures(column, model, name: str) -> bool:
    """Whether a column's rows are parts of the row at hand with a figure of their own, which the row's page proves."""
    target = model._meta.get_field(name).related_model
    if column.staff or column.show or column.links_to or not getattr(model, "list_name", ""):
        return False
    return issubclass(target, KeptPart) and not target.list_name and _has_printed(target)


def _has_printed(model) -> bool:
    return any(isinstance(field_at(model, path), PrintedField) for path in model.label_paths)


def proof_link(name: str) -> Callable[[int, str], str]:
    """Makes of a part's key and text a link to what proves it."""
    shown = text_html()
    return lambda key, text: proved_html(shown(text), f"{OWNER}{part_name(name, key)}")


def on_page(name: str, links: list[Link]) -> SafeString:
    """Linked rows on the record's own page: each a place to lead to, with the words that prove it."""
    items = (
        f"<li{_anchor(name, link)}>{' '.join(filter(None, (link.html(), proofs_in_full(link.proofs))))}</li>"
        for link in links
    )
    return mark_safe(f'<ul class="inline proved-items">{"".join(items)}</ul>') if links else not_stated()


def _anchor(name: str, link: Link) -> str:
    return f' id="{part_name(name, link.row)}"' if link.row else ""
