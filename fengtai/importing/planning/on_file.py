"""What the database holds about the records at hand, each kind of it read once for a portion of rows."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import override

from fengtai.importing.reading.headings import FileColumn
from fengtai.lists.rows import row_reader
from fengtai.records.models import Citation


class OnFile:
    """The records of some keys; `language` is the one in which a download would speak of them."""

    def __init__(self, declared, keys: list[int], language: str):
        self.declared, self.model, self.keys, self.language = declared, declared.model, keys, language
        self.records: dict = {}
        self._exported = self._read_exported()
        self._children: dict[tuple, dict] = {}
        self._links: dict[str, dict] = {}
        self._cited: dict[type, dict] = {}

    def load(self, keys) -> None:
        """The records themselves, of the few that may change."""
        self.records = self.model._base_manager.in_bulk(keys)

    def _read_exported(self) -> dict[int, list]:
        with override(self.language):  # records are named in it too
            return dict(row_reader(self.declared.table, self.declared.table.names()).read(self.keys))

    def exported(self, key: int, column: FileColumn):
        """What a download writes into the cell of a column, in the language of now; None where it has none."""
        found = self.declared.positions.get((column.field, column.part))
        if found is None or key not in self._exported:
            return None
        position, part, cells = found
        value = self._exported[key][position]
        return None if value in (None, "") else cells(value)[part]

    def children(self, model, owner: str) -> dict[int, list]:
        """The rows of another model that hang on the records."""
        if (model, owner) not in self._children:
            found = defaultdict(list)
            field = model._meta.get_field(owner)
            for row in model._base_manager.filter(**{f"{owner}__in": list(self.records)}):
                found[getattr(row, field.attname)].append(row)
            self._children[model, owner] = found
        return self._children[model, owner]

    def links(self, attribute: str) -> dict[int, dict[int, str]]:
        """The public records linked through a many-to-many field: key and name."""
        if attribute not in self._links:
            found = defaultdict(dict)
            field = self.model._meta.get_field(attribute)
            rows = self.model._base_manager.filter(pk__in=list(self.records), **{f"{attribute}__isnull": False})
            name = f"{attribute}__{field.related_model.label_paths[0]}"
            for owner, key, text in rows.order_by().values_list("pk", attribute, F(name)):
                found[owner][key] = text
            self._links[attribute] = found
        return self._links[attribute]

    def cited(self, model) -> dict[int, set[int]]:
        """The sources that state each record of a model."""
        if model not in self._cited:
            found = defaultdict(set)
            kind = ContentType.objects.get_for_model(model)
            keys = self.keys if model is self.model else self._child_keys(model)
            rows = Citation.objects.filter(content_type=kind, object_id__in=keys).order_by()
            for key, source in rows.values_list("object_id", "source"):
                found[key].add(source)
            self._cited[model] = found
        return self._cited[model]

    def _child_keys(self, model) -> list[int]:
        rows = (row for (own, _owner), found in self._children.items() if own is model for row in found.values())
        return [row.pk for some in rows for row in some]
