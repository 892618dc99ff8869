"""django-import-export: the resource of the model, its own file brought back, unchanged rows skipped."""

from django.db import transaction
from import_export import fields, resources
from import_export.formats.base_formats import XLSX
from import_export.widgets import CharWidget, ManyToManyWidget

from partners.models import Industry, Organisation
from tests.bench.generator import HOME
from tests.bench.words import EXAMPLE

FILE = HOME / "import_export.xlsx"
COLUMNS = ("id", "name", "kind", "industries", "region", "credit_code", "address", "website", "introduction")
DETAILS = ("kind_as_printed", "standing", "standing_since", "doubt", "checked_on")


def text_field(name: str) -> fields.Field:
    """A blank cell is an empty text, not NULL."""
    widget = CharWidget(coerce_to_string=True, allow_blank=True)
    return fields.Field(column_name=name, attribute=name, widget=widget)


class OrganisationResource(resources.ModelResource):
    industries = fields.Field(
        column_name="industries",
        attribute="industries",
        widget=ManyToManyWidget(Industry, separator="；", field="name"),
    )

    kind = text_field("kind")
    region = text_field("region")
    address = text_field("address")
    website = text_field("website")
    introduction = text_field("introduction")
    kind_as_printed = text_field("kind_as_printed")
    standing = text_field("standing")
    doubt = text_field("doubt")

    class Meta:
        model = Organisation
        fields = (*COLUMNS, *DETAILS)
        skip_unchanged = True
        report_skipped = True


def prepare(rows: int, changed: int) -> None:
    found = Organisation.objects.order_by("pk").prefetch_related("industries")[:rows]
    data = OrganisationResource().export(found)
    address, region = data.headers.index("address"), data.headers.index("region")
    for number in range(0, rows, rows // changed):
        row = list(data[number])
        row[address] = row[region] = f"{EXAMPLE}{number}"
        data[number] = row
    FILE.write_bytes(XLSX().export_data(data))


def preview() -> None:
    _import(dry_run=True)


def commit() -> None:
    """Taken, and rolled back."""
    with transaction.atomic():
        _import(dry_run=False)
        transaction.set_rollback(True)


def _import(*, dry_run: bool) -> None:
    data = XLSX().create_dataset(FILE.read_bytes())
    result = OrganisationResource().import_data(data, dry_run=dry_run, use_transactions=True)
    assert not result.has_errors(), result.row_errors()[0][1][0].error
    assert result.totals["update"] >= 1
