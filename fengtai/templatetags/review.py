"""What every page of the admin says of review: how much waits, and what waits longest."""

from django import template
from django.contrib.auth.models import AnonymousUser

from fengtai.admin.merging.access import may_merge_some
from fengtai.admin.review.lines import lines_of
from fengtai.admin.review.queue import MINE, counts, page_of, returned, sections, waiting
from fengtai.admin.review.targets import may_release

register = template.Library()
FIRST = 5  # rows on the admin's first page


@register.simple_tag(takes_context=True)
def how_much_waits(context) -> str:
    """For those who release it; counted once for a page."""
    request = context.get("request")
    if not may_release(getattr(request, "user", AnonymousUser())):
        return ""
    if not hasattr(request, "waits"):
        request.waits = waiting(request.user)
    return request.waits


@register.simple_tag(takes_context=True)
def waits_longest(context) -> list:
    user = context["request"].user
    return lines_of(page_of(user, sections(user), size=FIRST).targets) if may_release(user) else []


@register.simple_tag(takes_context=True)
def came_back(context) -> list:
    """What a reviewer gave back to whoever looks; one statement where there is nothing."""
    user = context["request"].user
    every = returned(user)
    found = [section for section, number in zip(every, counts(every), strict=True) if number]
    return lines_of(page_of(user, found, whose=MINE, size=FIRST).targets)


@register.filter
def may_merge_any(user) -> bool:
    return bool(user and may_merge_some(user))


@register.filter
def may_release_any(user) -> bool:
    return may_release(user)
