"""What the requests meet: the report's rows, rows of every model in every hidden state, files that were brought."""

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction

from fengtai.importing.taking.steps import preview, receive
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from fengtai.review.bin import BinEntry, put_in
from fengtai.review.corrections.models import Correction
from fengtai.review.merges import Merge
from fengtai.review.merging.merging import merge
from fengtai.review.pending import PendingChange
from tests import factories
from tests.factories import LIST_ROWS
from tests.pages.hidden_world import make_hidden_world


def make_small_world() -> None:
    """The report's rows, and one more of each list."""
    call_command("loaddata", "report_2024", verbosity=0)
    for made in LIST_ROWS.values():
        made()
    _brought_files()


def make_world() -> None:
    call_command("loaddata", "report_2024", verbosity=0)
    make_hidden_world()
    _kept_by_acts()
    _brought_files()
    if not Correction.objects.exists():
        raise AssertionError("no correction in the hidden world")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def _kept_by_acts() -> None:
    """What acts of the site alone write, as they write it: in the hidden world it names models that there are not."""
    for model in (Merge, PendingChange, BinEntry, ImportBatch):
        model._base_manager.all().delete()
    owner = User.objects.create_superuser("zqkeeper")
    put_in(factories.membership(), by=owner)
    merge(factories.organisation(state="draft"), factories.organisation(state="draft"), by=owner, why="示例")


def _brought_files() -> None:
    somebody = User.objects.create_user("zqsomebody", is_staff=True)
    somebody.groups.set(Group.objects.all()[:1])
    for name, content in (
        ("a.csv", "单位名称,地区\n示例壬单位,北京\n"),
        ("b.csv", "x"),
        ("c.csv", "单位名称\n示例壬单位,3\n"),
    ):
        batch = receive(page_of("organisations"), ContentFile(content.encode(), name), by=somebody)
        preview(batch)
