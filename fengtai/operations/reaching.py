"""Whether the database can be reached at all, before a command needs it."""

import shlex
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_


def refuse_missing_database():
    """Says why it cannot be opened, and the command that would create it."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)  # on a new machine nothing has made it yet
    try:
        connection.ensure_connection()
    except DatabaseError as error:  # also a file that is damaged
        told = N_("The database “%(name)s” cannot be opened (%(reason)s). If it does not exist yet: %(command)s")
        reason = " ".join(str(error).split())  # what failed stands in the first line, what to ask in the next
        raise Refused(told, name=connection.settings_dict["NAME"], reason=reason, command=_creating()) from error


def _creating() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":  # the file comes by itself, its folder does not
        return shlex.join(["mkdir", "-p", str(Path(found["NAME"]).parent)])
    flags = ((flag, str(found[key])) for flag, key in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER")) if found[key])
    return shlex.join(["createdb", *chain.from_iterable(flags), str(found["NAME"])])
