"""The list of an admin class, and what is done with the rows that were chosen of it."""

from functools import cached_property

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.admin.listing.list_pages import list_answer
from fengtai.admin.listing.staff_lists import StaffList, StaffQuestion, staff_list_of


class Listed:
    """For admin classes. `list_display` and `list_filter` name fields that staff see and ask beside the site's list; of
    a model without a list on the site they name all.
    """

    @cached_property
    def staff_list(self) -> StaffList:
        return staff_list_of(self.model, self.list_display, self.list_filter, self.search_fields)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._act_upon_chosen(request) or redirect(request.get_full_path())
        question = self.staff_list.ask(request.GET)
        return list_answer(
            request, self.staff_list, question, {**self._around_the_list(request), **(extra_context or {})}
        )

    def _around_the_list(self, request) -> dict:
        actions = self.get_actions(request)
        form = None
        if actions:
            form = self.action_form(auto_id="act-%s")
            form.fields["action"].choices = self.get_action_choices(request)
        return {"opts": self.opts, "has_add_permission": self.has_add_permission(request), "action_form": form}

    def _act_upon_chosen(self, request):
        """What the act answers, if it does; one that cannot be carried out says why beside the list."""
        if not all(is_key(text) for text in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return self._nothing_done(request, _("The rows that were chosen cannot be read: nothing was done."))
        question = self.staff_list.ask(request.GET, complete=True)
        if question.errors:
            return self._nothing_done(request, _("The address of the list cannot be read: nothing was done."))
        with transaction.atomic():
            return self.response_action(request, self._rows_of(request, question))

    def _rows_of(self, request, question: StaffQuestion):
        """All rows that the filters leave, as the acts take them."""
        rows = self.get_queryset(request)
        return rows.filter(pk__in=question.matching.order_by().values("pk")) if question.active else rows

    def _nothing_done(self, request, sentence: str):
        self.message_user(request, sentence, messages.WARNING)
        return redirect(request.path)
