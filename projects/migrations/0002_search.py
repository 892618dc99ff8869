from django.db import migrations, models

from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_search'),
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='place',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'place', 'verbose_name_plural': 'places'},
        ),
        migrations.AlterModelOptions(
            name='project',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'project', 'verbose_name_plural': 'projects'},
        ),
        migrations.AddField(
            model_name='party',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='place',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='place',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='project',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='project',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['sort_key', 'id'], name='place_order'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['sort_key', 'id'], name='project_order'),
        ),
        IndexSearch("party", "place", "project"),
    ]
