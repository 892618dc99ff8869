"""The doors of every admin page: old versions are written by those who may change, and a form is saved once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from fengtai.admin.binning import Binning
from fengtai.admin.deleting import Deletion
from fengtai.admin.guards.keys import AskedByKey, is_key
from fengtai.admin.history_words import ChangesInWords
from fengtai.admin.holding import HoldingEdits
from fengtai.admin.listing.listed import Listed
from fengtai.admin.listing.searching import Searching
from fengtai.admin.record_forms import is_news
from fengtai.admin.row_forms import RowForm
from fengtai.admin.saving_once import SavingOnce
from fengtai.admin.theirs import FORBIDDEN, OnlyTheirs
from fengtai.admin.trail.life import Life, moments
from fengtai.admin.trail.trailed import Trailed
from fengtai.records.record import Record
from fengtai.review.whose import OutsideScope

FOUND = 302
READING = ("GET", "HEAD", "OPTIONS")


class CarefulAdmin(
    OnlyTheirs, Trailed, Listed, Searching, SavingOnce, HoldingEdits, Binning, AskedByKey, SimpleHistoryAdmin
):
    """Base of the admin pages of all subjects."""

    form = RowForm
    history_list_per_page = 50

    def get_fields(self, request, obj=None):
        """Also what the form remembers of what it was shown with."""
        names = super().get_fields(request, obj)
        return [*names, "seen"] if "seen" in self.form.declared_fields and "seen" not in names else names

    def history_view(self, request, object_id, extra_context=None):
        return super().history_view(request, str(self._key(object_id)), extra_context)

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        """Not its versions alone: its life, with its parts."""
        versions = super().get_history_queryset(request, history_manager, pk_name, object_id)
        return Life(self.model, int(object_id), versions, request.user)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        page = historical_records
        super().set_history_delta_changes(request, page.paginator.object_list.versions_among(page), True)
        page.object_list = moments(page.object_list)

    def get_historical_record_context_helper(self, request, historical_record):
        return ChangesInWords(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Looked at by those who may see the record, brought back by those who may write it."""
        key, version = self._key(object_id), self._key(version_id)
        if request.method not in READING and not self._may_bring_back(request, key):
            raise PermissionDenied
        try:
            answer = self._version_view(request, key, version, extra_context)
        except OutsideScope as error:
            self.refuse(request, str(error))
            answer = self._version_view(request, key, version, extra_context)
            answer.status_code = FORBIDDEN
        if answer.status_code == FOUND and not request.held.changes:
            self._tell_publication(request, key)
        return answer

    @transaction.atomic
    def _version_view(self, request, key: int, version: int, extra_context):
        """The version is compared and written as one step, as on the change page."""
        return super().history_form_view(request, str(key), str(version), extra_context)

    def _tell_publication(self, request, key: int):
        record = self.model._base_manager.filter(pk=key).first()
        if isinstance(record, Record):
            told = _("The old version was brought back. Its publication stays as it was: %(state)s.")
            self.message_user(request, told % {"state": record.get_state_display()}, messages.WARNING)

    def _may_bring_back(self, request, key: int) -> bool:
        """What was deleted is made anew."""
        stored = self.model._base_manager.filter(pk=key).first()
        return self.has_change_permission(request, stored) and (stored is not None or self.has_add_permission(request))

    def _key(self, text: str) -> int:
        """A number in an address, or the page does not exist."""
        if not is_key(text):
            raise Http404
        return int(text)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Of two who write the same at the same moment one is asked again, and then told of the other."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            for file in request.FILES.values():
                file.seek(0)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """A form in which nothing was changed writes nothing."""
        if change and not is_news(obj, form):
            return
        super().save_model(request, obj, form, change)
        if kept := getattr(form, "merge", None) and form.merge.kept:
            names = [str(self.opts.get_field(name).verbose_name) for name in kept]
            told = _("What somebody else saved meanwhile was kept: %(fields)s.") % {"fields": _(", ").join(names)}
            self.message_user(request, told)

    def get_deleted_objects(self, objs, request):
        """Also asks the right to delete what has no admin page of its own, as contacts and citations."""
        return Deletion(objs, request, self.admin_site).shown() if len(objs) else ([], {}, set(), [])
