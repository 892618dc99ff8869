"""What is taken out of the bin: by a clerk of a work group only what will be theirs."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengtai.admin.deleting import links_elsewhere
from fengtai.records.bin import BinEntry
from fengtai.review.bin import InTheWay, restore
from fengtai.review.reach import reach_of
from fengtai.review.whose import OutsideScope, refuse_outside


def may_restore(user, entry: BinEntry) -> bool:
    """Whether all of it would be theirs; tried and taken back, for as it lies there it belongs to nobody."""
    if reach_of(user) is None:
        return True
    with transaction.atomic():
        try:
            refuse_what_comes(user, restore(entry))
        except OutsideScope:
            return False
        except (InTheWay, IntegrityError, BinEntry.DoesNotExist):
            return True  # which is told
        finally:
            transaction.set_rollback(True)
    return True


def refuse_what_comes(user, rows: list) -> None:
    """Of what was restored just now, bare links of other records included."""
    together = {(type(row), row.pk) for row in rows}
    bare = defaultdict(list)
    for row in rows:
        if row._meta.auto_created:
            bare[type(row)].append(row)
    if any(links_elsewhere(user, links, together) for links in bare.values()):
        raise OutsideScope(_("A record that is not yours to change would be linked again."))
    refuse_outside(user, [row for row in together if not row[0]._meta.auto_created])
