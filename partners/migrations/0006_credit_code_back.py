"""The order of credit codes turned round, which PostgreSQL cannot read from the index that has those without one last."""

from django.db import migrations

INDEX = (
    "CREATE INDEX organisation_credit_code_back ON partners_organisation"
    " (credit_code DESC NULLS LAST, sort_key DESC, id DESC)"
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX organisation_credit_code_back")


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_imports")]

    operations = [migrations.RunPython(make, drop)]
