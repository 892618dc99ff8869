from django.db import migrations, models

from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='indicator',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'indicator', 'verbose_name_plural': 'indicators'},
        ),
        migrations.AlterModelOptions(
            name='observation',
            options={'ordering': ('indicator__sort_key', '-period_start', 'pk'), 'verbose_name': 'observation', 'verbose_name_plural': 'observations'},
        ),
        migrations.AlterModelOptions(
            name='scope',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'scope', 'verbose_name_plural': 'scopes'},
        ),
        migrations.AddField(
            model_name='indicator',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='observation',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='scope',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddIndex(
            model_name='indicator',
            index=models.Index(fields=['sort_key', 'id'], name='indicator_order'),
        ),
        migrations.AddIndex(
            model_name='scope',
            index=models.Index(fields=['sort_key', 'id'], name='scope_order'),
        ),
        IndexSearch("indicator", "observation", "scope"),
    ]
