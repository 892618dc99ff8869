"""What every page of the admin says of review: how much waits."""

from django import template
from django.contrib.auth.models import AnonymousUser

from fengtai.admin.desk.of_review import waiting
from fengtai.admin.merging.access import may_merge_some
from fengtai.admin.review.targets import may_release

register = template.Library()


@register.simple_tag(takes_context=True)
def how_much_waits(context) -> str:
    """For those who release it; counted once for a page."""
    request = context.get("request")
    if not may_release(getattr(request, "user", AnonymousUser())):
        return ""
    if not hasattr(request, "waits"):
        request.waits = waiting(request.user)
    return request.waits


@register.filter
def may_merge_any(user) -> bool:
    return bool(user and may_merge_some(user))
