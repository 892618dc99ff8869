"""Only what is theirs, in the admin: what a clerk may not write is shown to be read, and says whose it is."""

from fengtai.admin.their_forms import theirs_to_begin_with
from fengtai.review.reach import limit
from fengtai.review.scope import may_add, may_change
from fengtai.review.whose import OutsideScope, sentence

FORBIDDEN = 403


def is_theirs(request, row) -> bool:
    """Asked once for each request: a page asks a dozen times, and what is written is asked about anew."""
    if limit(request.user, type(row)) is None:
        return True
    known = request.__dict__.setdefault("theirs", {})
    at = (type(row), row.pk)
    if at not in known:
        known[at] = may_change(request.user, row)
    return known[at]


def is_shown_again(request) -> bool:
    """Whether a form was refused already, and only shows what was typed into it."""
    return getattr(request, "shown_again", False)


class OnlyTheirs:
    """For admin classes: the rights that a role gives, as far as a record is theirs."""

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may_add(request.user, self.model)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_theirs(request, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and not is_shown_again(request) and self._is_theirs(request, obj)

    def _is_theirs(self, request, obj) -> bool:
        if is_shown_again(request):
            return True
        return may_add(request.user, self.model) if obj is None else is_theirs(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What was typed into a record that is not theirs, or not any more, is refused and shown again."""
        told = self._told_whose(request, object_id) if request.method == "POST" else ""
        try:
            if not told:
                return super().changeform_view(request, object_id, form_url, extra_context)
        except OutsideScope as error:
            told = str(error)
        self.refuse(request, told)
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        answer.status_code = FORBIDDEN
        return answer

    def refuse(self, request, told: str) -> None:
        """From now on the form of this request is shown with the reason, and never saved."""
        for file in request.FILES.values():
            file.seek(0)
        request.told_first, request.shown_again = told, True

    def _told_whose(self, request, object_id) -> str:
        """Nothing where it is theirs, or where they have no right to such rows at all."""
        row = self._row_asked_for(object_id)
        if row is None or not super().has_change_permission(request, row) or is_theirs(request, row):
            return ""
        return sentence(row)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form)(form.__name__, (form,), {"asked_by": request.user})

    def get_changeform_initial_data(self, request):
        said = super().get_changeform_initial_data(request)
        return {**said, **theirs_to_begin_with(request.user, self.model, said)}

    def render_change_form(self, request, context, obj=None, **kwargs):
        """Above a form that is not theirs stands whose it is."""
        asks = obj is not None and obj.pk and not is_shown_again(request) and super().has_change_permission(request)
        if asks and not is_theirs(request, obj):
            context = {**context, "whose": sentence(obj)}
        return super().render_change_form(request, context, obj=obj, **kwargs)


class RowsOfTheirs:
    """For inlines: rows are written with the record on whose page they stand, if such rows are ever theirs."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and self._is_theirs(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_theirs(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_theirs(request, obj)

    def _is_theirs(self, request, obj) -> bool:
        if is_shown_again(request):
            return True
        return may_add(request.user, self.model) and (obj is None or obj.pk is None or is_theirs(request, obj))

    def get_formset(self, request, obj=None, **kwargs):
        made = super().get_formset(request, obj, **kwargs)
        made.form = type(made.form)(made.form.__name__, (made.form,), {"asked_by": request.user})
        return made
