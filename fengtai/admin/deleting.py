"""What goes with a record that is deleted: every model of which rows would go asks the right to delete."""

from django.contrib.admin.utils import NestedObjects, quote
from django.db import router
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from fengtai.importing.taking.rights import DELETE, may, may_view
from fengtai.records.trail.stored import Row
from fengtai.review.scope import outside


def links_elsewhere(user, links, together: set[Row]) -> bool:
    """Whether bare links are those of records that are not theirs to write, and that neither go nor come with them."""
    owners = set()
    for link in links:
        model = type(link)._meta.auto_created._meta.concrete_model
        [field] = [one for one in model._meta.local_many_to_many if one.remote_field.through is type(link)]
        owners.add((model, getattr(link, f"{field.m2m_field_name()}_id")))
    return bool(outside(user, owners - together))


class Deletion:
    """The rows that would go, as the admin shows them; rows that somebody may not view are not named."""

    def __init__(self, rows, request, site):
        self.request, self.site = request, site
        self.collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
        self.collector.collect(rows)

    def shown(self) -> tuple:
        """As ModelAdmin.get_deleted_objects answers."""
        counts = {model._meta.verbose_name_plural: len(rows) for model, rows in self.collector.model_objs.items()}
        return self.collector.nested(self._told), counts, self.lacking(), [*map(self._told, self.collector.protected)]

    def lacking(self) -> set[str]:
        """What the user has no right to delete."""
        found = self.collector.model_objs.items()
        return {model._meta.verbose_name for model, rows in found if not self._may_delete(model, rows)}

    def _may_delete(self, model, rows) -> bool:
        if model._meta.auto_created:  # a table of links belongs to its field
            return not links_elsewhere(self.request.user, rows, self._going())
        if outside(self.request.user, [(model, row.pk) for row in rows]):
            return False
        if not self.site.is_registered(model):
            return may(self.request.user, model, DELETE)
        return self.site.get_model_admin(model).has_delete_permission(self.request)

    def _going(self) -> set[Row]:
        return {(model, row.pk) for model, rows in self.collector.model_objs.items() for row in rows}

    def _told(self, row) -> str:
        kind = capfirst(row._meta.verbose_name)
        if row._meta.auto_created or not self._may_view(row):
            return kind
        try:
            address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
        except NoReverseMatch:  # edited on its parent's page
            return f"{kind}: {row}"
        return format_html('{}: <a href="{}">{}</a>', kind, address, row)

    def _may_view(self, row) -> bool:
        """Whoever may delete a record by itself sees which it is."""
        return may_view(self.request.user, type(row)) or (
            self.site.is_registered(type(row)) and may(self.request.user, type(row), DELETE)
        )
