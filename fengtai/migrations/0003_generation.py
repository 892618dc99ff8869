from django.db import migrations

from fengtai.generation_triggers import KeepGeneration, Watch


class Migration(migrations.Migration):

    dependencies = [
        ("fengtai", "0002_search"),
    ]

    operations = [
        KeepGeneration(),
        Watch(),
    ]
