from django.db import migrations

from fengtai.generation_triggers import Watch


class Migration(migrations.Migration):

    dependencies = [
        ("fengtai", "0003_generation"),
        ("projects", "0002_search"),
    ]

    operations = [
        Watch(),
    ]
