"""All sessions of somebody ended at once: on this browser, and wherever else they signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

MANY = 500  # sessions read at a time


def end_sessions(user) -> int:
    """How many there were. A session says whose it is only within, so all that last are looked at: staff are few."""
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).order_by()
    theirs = [one.pk for one in lasting.iterator(MANY) if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
