"""A plan's rows as a person reads them: of every field what stands on file and what would, names instead of keys."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.reading.list_imports import ListImport
from fengtai.records.models import Citation
from fengtai.records.naming.naming_fields import naming_field
from fengtai.records.slices import in_slices
from fengtai.values.masking import masked

LONGEST = 500  # characters of a text in the preview


class Describer:
    """Describes the rows of one list; the names of what they refer to are read together."""

    def __init__(self, declared: ListImport, rows: Iterable[RowPlan]):
        self.labels = {field.attribute: field.label for field in declared.fields.values() if field.attribute}
        self.model = declared.model
        self.choices: dict[tuple, str] = {}  # what each is called: finding it out takes longer than all else
        self.names = _names({pair for row in rows for item in row.items() for pair in _keys(item)})

    def changes(self, row: RowPlan) -> list[list[str]]:
        """Every change that the row would make: the field's label, its old value and its new one."""
        return [change for item in row.items() for change in self._of(item, own=item is row.item)]

    def _of(self, item: Item, *, own: bool):
        if item.model is Citation:
            yield [str(Citation._meta.verbose_name), "", self._shown(Citation, "source", item.values["source"])]
            return
        kind = "" if own else f"{item.model._meta.verbose_name} · "
        for name, value in item.values.items():
            if own or not isinstance(value, Item) or value.model is not self.model:
                old = self._shown(item.model, name, item.before.get(name))
                yield [f"{kind}{self._label(item.model, name, own)}", old, self._shown(item.model, name, value)]
        for name in {**item.links, **item.unlinks}:
            gone = [self._shown(item.model, name, key) for key in item.unlinks.get(name, ())]
            fresh = [self._shown(item.model, name, target) for target in item.links.get(name, ())]
            yield [f"{kind}{self._label(item.model, name, own)}", "；".join(gone), "；".join(fresh)]

    def _label(self, model, name: str, own: bool) -> str:
        return str((own and self.labels.get(name)) or model._meta.get_field(name).verbose_name)

    def _shown(self, model, name: str, value) -> str:
        if value in (None, ""):
            return ""
        field = model._meta.get_field(name)
        if name in model.personal:
            return masked(value)
        if isinstance(value, Item):
            return str(value.values.get(naming_field(value.model)) or "")
        if field.is_relation:
            return self.names.get((field.related_model, value), str(value))
        if getattr(field, "choices", None):
            return self._choice(field, value)
        return str(value)[:LONGEST]

    def _choice(self, field, value) -> str:
        if (field, value) not in self.choices:
            self.choices[field, value] = str(dict(field.flatchoices).get(value, value))
        return self.choices[field, value]


def _keys(item: Item):
    """The records that an Item refers to by key."""
    for name, value in (*item.values.items(), *item.before.items()):
        field = item.model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and isinstance(value, int):
            yield field.related_model, value
    for name, targets in (*item.links.items(), *item.unlinks.items()):
        model = item.model._meta.get_field(name).related_model
        yield from ((model, target) for target in targets if isinstance(target, int))


def _names(pairs: set[tuple]) -> dict[tuple, str]:
    wanted, found = defaultdict(list), {}
    for model, key in pairs:
        wanted[model].append(key)
    for model, keys in wanted.items():
        if name := naming_field(model):
            for some in in_slices(keys):
                rows = model._base_manager.order_by().filter(pk__in=some)
                found |= {(model, key): text for key, text in rows.values_list("pk", name)}
    return found
