"""An account of every role. Their passwords are kept in the folder, to be shown at every start."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.crypto import get_random_string

from fengtai.management.commands.start import FIRST, STAFF
from fengtai.review.roles import group_of
from partners.models import WorkGroup


def kept_in() -> Path:
    return settings.DATA_DIR / "accounts.json"


def make_accounts() -> dict:
    """By name; the clerk belongs to the first two work groups."""
    passwords = {name: get_random_string(12) for name in (STAFF, *FIRST)}
    people = get_user_model().objects
    made = {STAFF: people.create_superuser(STAFF, password=passwords[STAFF])}
    for name, role in FIRST.items():
        made[name] = people.create_user(name, password=passwords[name], is_staff=True)
        made[name].groups.add(group_of(role))
    for group in WorkGroup.objects.order_by("pk")[:2]:
        group.staff.add(made["workgroup"])
    kept_in().touch(mode=0o600)
    kept_in().write_text(json.dumps(passwords), "utf-8")
    return made


def passwords() -> dict[str, str]:
    return json.loads(kept_in().read_text("utf-8"))
