"""A draft's or a change's page as the public would see it: written, drawn, and taken back."""

from django.http import Http404
from django.views.decorators.http import require_safe

from fengtai.admin.public_preview import as_published, public_page
from fengtai.admin.review.looking import as_released, released_record
from fengtai.admin.review.targets import opened
from fengtai.records.models import Record


@require_safe
def preview(request, kind: str, key: str):
    target = opened(request.user, kind, key)
    if isinstance(target, Record):
        with as_published(target):
            return _drawn(target, request)
    with as_released(target) as replay:
        return _drawn(released_record(target, replay), request)


def _drawn(record, request):
    """Now, as long as what it shows is there."""
    if record is None or not hasattr(record, "get_absolute_url"):
        raise Http404
    answer = public_page(record, request)
    if hasattr(answer, "render") and not answer.is_rendered:
        answer.render()
    return answer
