"""Whether the database can be reached at all, before a command needs it."""

import shlex
from itertools import chain

from django.db import DatabaseError, connection

from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_


def refuse_missing_database():
    """Says why it cannot be opened, and the command that would create it."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:  # also a file that is damaged
        told = N_("The database “%(name)s” cannot be opened (%(reason)s). If it does not exist yet: %(command)s")
        found = connection.settings_dict
        flags = (
            (flag, str(found[key])) for flag, key in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER")) if found[key]
        )
        command = shlex.join(["createdb", *chain.from_iterable(flags), str(found["NAME"])])
        reason = str(error).strip().splitlines()[-1]
        raise Refused(told, name=found["NAME"], reason=reason, command=command) from error
