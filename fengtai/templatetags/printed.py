"""Published values on pages: `{{ value|printed }}`, and `{% proved row "value" %}` as a link to what proves it."""

from django import template

from fengtai.records import printing
from fengtai.records.anchors import proof_address

register = template.Library()
register.filter("printed", printing.printed_html)
register.filter("in_words", printing.in_words)


@register.simple_tag
def proved(row, name: str):
    """A figure, growth or period of a row, as a link to where its own page proves it."""
    return printing.printed_html(getattr(row, name), proof_address(row, name))
