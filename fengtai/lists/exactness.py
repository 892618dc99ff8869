"""How exact a figure is, in words for files."""

from functools import cache

from django.conf import settings
from django.utils.translation import override

from fengtai.records.fields import BOUND_CHOICES
from fengtai.values.figures import Bound


@cache
def bound_shown(bound: Bound, language: str) -> str:
    """The word for an exactness: 精确, 超过, 约 …"""
    with override(language):
        return str(BOUND_CHOICES[bound])


@cache
def bound_said(bound: Bound) -> frozenset[str]:
    """All that a file may say for it: its code, and its word in each language of the site."""
    return frozenset({str(bound), *(bound_shown(bound, language) for language, _name in settings.LANGUAGES)})
