"""What pages of signing in say of accounts."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def whom_to_ask() -> str:
    """The office that keeps accounts; nothing where the setting is empty."""
    return settings.ACCOUNTS_CONTACT
