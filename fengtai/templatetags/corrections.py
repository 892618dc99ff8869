"""What was corrected of a record, for the page of the record."""

from django import template

from fengtai.pages.corrections.published import corrected_of

register = template.Library()
register.simple_tag(corrected_of, name="corrected_of")
