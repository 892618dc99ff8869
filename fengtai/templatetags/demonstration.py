"""The banner over every page of a site whose rows are invented; it needs no context, for pages of errors."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from fengtai.templatetags.once import once

register = template.Library()


@register.simple_tag
def demonstration() -> SafeString:
    """Nothing where the rows are real."""
    return once("_demonstration.html") if settings.DEMO else SafeString()
