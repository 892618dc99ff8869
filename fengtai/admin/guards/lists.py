"""Lists of the admin, whatever is asked of them: a filter or a choice of rows that is none is told and left out."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import AskedByKey, is_key

UNREADABLE = (ValueError, TypeError, OverflowError, DataError)


class GuardedLists(AskedByKey):
    """For admin classes."""

    def changelist_view(self, request, extra_context=None):
        if not all(is_key(text) for text in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return self._told(request, _("The rows that were chosen cannot be read: nothing was done."))
        try:
            with transaction.atomic():  # PostgreSQL goes on after a value that it refused
                answer = super().changelist_view(request, extra_context)
        except UNREADABLE:
            if not request.GET:  # then it was no value of the address
                raise
            return self._unreadable(request)
        if answer.headers.get("Location") == f"{request.path}?{ERROR_FLAG}=1":
            return self._unreadable(request)
        return answer

    def get_search_results(self, request, queryset, search_term):
        """Autocomplete hands over what was typed as it came; no database text holds a NUL."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def _unreadable(self, request):
        return self._told(request, _("The filter in the address cannot be read: all rows are shown."))

    def _told(self, request, sentence: str):
        self.message_user(request, sentence, messages.WARNING)
        return redirect(request.path)
