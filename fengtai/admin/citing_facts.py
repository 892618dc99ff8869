"""The facts that a source states, on its admin page: of which record, in which paragraph, in which words."""

from dataclasses import replace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.members import Relation, Row, WithMembers, row_of
from fengtai.importing.taking.rights import may_view
from fengtai.records.models import Citation, Kept
from fengtai.records.paths import joined, record_links
from fengtai.records.proving import provable_fields


class Facts(Relation):
    @property
    def order(self):
        """Those of one record stand together."""
        return ("content_type", "object_id", "paragraph", "pk")

    def told(self, user, rows: list) -> list[Row]:
        """The rows that are cited come in one statement for each kind."""
        keys: dict[int, set[int]] = {}
        for citation in rows:
            keys.setdefault(citation.content_type_id, set()).add(citation.object_id)
        cited = {(kind, row.pk): row for kind, some in keys.items() for row in _rows(kind, some)}
        told = [(citation, cited.get((citation.content_type_id, citation.object_id))) for citation in rows]
        return [_fact(citation, row) for citation, row in told if row is not None]


def _rows(kind: int, keys: set[int]):
    model = ContentType.objects.get_for_id(kind).model_class()
    return joined(model._base_manager.order_by().filter(pk__in=keys), record_links(model))


def _fact(citation: Citation, row: Model) -> Row:
    field = provable_fields(type(row)).get(citation.field, citation.field)
    place = " · ".join(filter(None, [str(field), citation.paragraph_shown]))
    told = replace(row_of(row), place=place, words=citation.words)
    return replace(told, state=_("held back"), state_name="held-back") if citation.held_back else told


class ShowsFacts(WithMembers):
    """For the admin class of sources."""

    shows_members = True

    def shown_relations(self, request, record):
        """Facts of kinds that the user may see."""
        seen = [model for model in apps.get_models() if issubclass(model, Kept) and may_view(request.user, model)]
        kinds = [kind.pk for kind in ContentType.objects.get_for_models(*seen).values()] if seen else []
        rows = Citation._base_manager.filter(source=record.pk, content_type__in=kinds)
        title = gettext_lazy("What it states")
        return [*super().shown_relations(request, record), Facts("facts", title, rows)]
