"""Parts of the frame that are the same on every page."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def once(name: str) -> SafeString:
    """A partial that needs no context, rendered once per language and not once per page."""
    return render_to_string(name) if settings.DEBUG else _rendered(name, get_language())


@lru_cache
def _rendered(name: str, language: str) -> SafeString:
    return render_to_string(name)
