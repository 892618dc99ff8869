"""What belongs to a record, on its admin page: all on file, drafts included, as far as whoever looks may see it.

An admin class names relations that lead back to its model (`shows`); the first rows of each stand on the record's page,
all of them on a page of their own. A source shows the facts that it states (`citing_facts.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import may_view
from fengtai.lists.paging import NUMBERED, waiting_label
from fengtai.records.models import Part, Record
from fengtai.records.paths import joined, record_links

FIRST, PAGE = 50, 100  # rows on the record's page, and on the page of its own


@dataclass(frozen=True)
class Row:
    name: str
    address: str
    state: str
    state_name: str  # as style sheets know it
    place: str = ""  # the record that it is a part of, or where in a source it stands
    words: str = ""


@dataclass(frozen=True)
class Relation:
    """Rows that belong to a record: `rows` in no order, each told by `told`."""

    name: str
    title: str | Promise
    rows: QuerySet
    filtered: str = ""  # the address of the list of staff that holds them alone

    def told(self, user, rows: list) -> list[Row]:
        return [row_of(row) for row in rows]

    def first(self, user) -> tuple[str, list[Row]]:
        """How many there are, and the first: in their own order where they are few enough to be put into it."""
        count = self.rows.order_by().values("pk")[: NUMBERED + 1].count()
        ordered = self.rows.order_by(*self.order) if count <= NUMBERED else self.rows.order_by("pk")
        return waiting_label(count), self.told(user, list(ordered[:FIRST])) if count else []

    @property
    def order(self) -> Iterable[str]:
        return self.rows.model._meta.ordering or ("pk",)


def row_of(row: Model) -> Row:
    """A part is as public as the record that it belongs to."""
    owner = row.owned_by if isinstance(row, Part) else None
    held = isinstance(row, Part) and row.held_back
    said = owner if isinstance(owner, Record) else row
    words = _("held back") if held else said.publication_in_words if isinstance(said, Record) else ""
    name = "held-back" if held else said.publication_state if isinstance(said, Record) else ""
    place = str(owner) if owner is not None and str(owner) not in str(row) else ""
    return Row(str(row), address_of(row), words, name, place)


def address_of(row: Model) -> str:
    """The page of the row, or of the record that it is a part of; none where it has no page in the admin."""
    for one in (row, getattr(row, "owned_by", None)):
        if one is not None and admin.site.is_registered(type(one)):
            return reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk])
    return ""


class WithMembers:
    """For admin classes of records."""

    shows: tuple[str, ...] = ()  # names of relations that lead back to the model

    @property
    def shows_members(self) -> bool:
        return bool(self.shows)

    def shown_relations(self, request, record) -> list[Relation]:
        """Those that the user may see and that no rows of the form are about."""
        edited = {inline.model for inline in self.inlines}
        links = {link.get_accessor_name(): link for link in self.opts.related_objects}
        found = [links[name] for name in self.shows if links[name].related_model not in edited]
        return [_relation(link, record) for link in found if may_view(request.user, link.related_model)]

    def get_urls(self):
        if not self.shows_members:
            return super().get_urls()
        view = self.admin_site.admin_view(self.members_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_members"
        return [path("<int:object_id>/members/<slug:name>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        relations = self.shown_relations(request, obj) if obj is not None and obj.pk else []
        found = [(relation, *relation.first(request.user), self._address(obj, relation)) for relation in relations]
        return super().render_change_form(request, {**context, "members": found}, obj=obj, **kwargs)

    def _address(self, record, relation: Relation) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_members"
        return reverse(name, args=[record.pk, relation.name])

    def members_view(self, request, object_id: int, name: str):
        """All rows of one relation, in the order in which they were made."""
        record = self.model._base_manager.filter(pk=object_id).first() if is_key(str(object_id)) else None
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        relation = next((one for one in self.shown_relations(request, record) if one.name == name), None)
        if relation is None:
            raise Http404
        after = request.GET.get("after", "")
        rows = relation.rows.order_by("pk").filter(pk__gt=int(after) if is_key(after) else 0)[: PAGE + 1]
        found = list(rows)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": relation.title,
            "record": record,
            "record_address": address_of(record),
            "rows": relation.told(request.user, found[:PAGE]),
            "following": found[PAGE - 1].pk if len(found) > PAGE else "",
            "is_begun": bool(after),
        }
        return TemplateResponse(request, "admin/members.html", context)


def _relation(link, record) -> Relation:
    model = link.related_model
    rows = model._base_manager.filter(**{link.field.name: record.pk})
    rows = joined(rows, record_links(model))
    title = model._meta.verbose_name_plural
    return Relation(link.get_accessor_name(), title, rows, _filtered(model, link.field.name, record.pk))


def _filtered(model, name: str, key: int) -> str:
    try:
        return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?{name}={key}"
    except NoReverseMatch:
        return ""
