"""What the page of a source shows of it."""

from django import template

from fengtai.pages.paragraphs import paragraphs_of

register = template.Library()
register.simple_tag(paragraphs_of, name="paragraphs_of")
