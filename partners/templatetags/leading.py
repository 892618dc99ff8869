"""`{% leading industry as found %}`: who leads its chain."""

from django import template

from partners.leading import leading

register = template.Library()
register.simple_tag(leading, name="leading")
