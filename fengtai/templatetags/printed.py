"""What stands beside printed texts on pages."""

from django import template

from fengtai.records import links

register = template.Library()
register.filter("unread_mark", links.unread_mark)
