"""What was understood of a table across, in a sentence with its first figure: the page shows it before any row."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengtai.importing.layouts.cells import number_of
from fengtai.importing.layouts.figures import Entry, Figures
from fengtai.importing.layouts.tables import Table
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.sheets import shown
from fengtai.workbooks.cells import letters

NAMED = 3  # of an axis


def summary(table: Table, declared: ListImport, figures: Figures, entries: list[Entry]) -> dict:
    """`axes` tells of each axis how many there are, the first of them, and where they stand."""
    axes = [
        _axis(table, declared, "subject", [entry.subject for entry in entries]),
        _axis(table, declared, "place", [entry.place for entry in entries]),
        _axis(table, declared, "period", [entry.period for entry in entries]),
    ]
    first = next((entry for entry in entries if entry.level is not None), entries[0] if entries else None)
    example = _example(first) if first is not None else {"text": "", "cell": ""}
    return {
        "sheet": table.sheet.name,
        "text": _text(axes, len(entries), example),
        "figures": len(entries),
        "growths": sum(entry.growth is not None for entry in entries),
        "not_given": figures.not_given,
        "axes": axes,
        "example": example["text"],
        "cell": example["cell"],
    }


def _text(axes: list[dict], figures: int, example: dict[str, str]) -> str:
    """11 series × 6 quarters: 66 figures, for example …"""
    counted = (
        ngettext("%(count)d series", "%(count)d series", axes[0]["count"]),
        ngettext("%(count)d area", "%(count)d areas", axes[1]["count"]),
        ngettext("%(count)d period", "%(count)d periods", axes[2]["count"]),
    )
    told = [text % axis for text, axis in zip(counted, axes, strict=True) if axis["count"]]
    figured = ngettext("%(count)d figure", "%(count)d figures", figures) % {"count": figures}
    text = _("%(axes)s: %(figures)s") % {"axes": " × ".join(told), "figures": figured}
    return text + (_(", for example %(text)s (cell %(cell)s)") % example if example["cell"] else "")


def _axis(table: Table, declared: ListImport, role: str, said: list[str]) -> dict:
    """Where an axis lies: in the rows, over the columns, or said once; else nowhere, and it is asked for."""
    name = getattr(table.axes, role)
    different = [text for text in dict.fromkeys(said) if text]
    over = {
        "subject": any(one.named.core for one in table.levels),
        "place": any(one.place for one in table.levels),
        "period": any(one.periods for one in table.levels),
    }[role]
    lies = "rows" if table.labels(name) else "columns" if over else "once" if different else ""
    label = declared.fields[name].label
    return {"field": name, "label": label, "lies": lies, "count": len(different), "some": different[:NAMED]}


def _example(entry: Entry) -> dict[str, str]:
    cell, unit = (entry.level, entry.unit) if entry.level is not None else (entry.growth, entry.growth_unit)
    figure = shown(cell) + (unit if number_of(cell) is not None else "")
    parts = (entry.subject, entry.place, entry.period, figure)
    return {"text": " · ".join(filter(None, parts)), "cell": f"{letters(entry.column)}{entry.row.number}"}
