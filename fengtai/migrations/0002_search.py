from django.db import migrations, models

from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('fengtai', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='source',
            options={'ordering': ('-published_start', 'sort_key', 'pk'), 'verbose_name': 'source', 'verbose_name_plural': 'sources'},
        ),
        migrations.AddField(
            model_name='source',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='source',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['sort_key', 'id'], name='source_order'),
        ),
        IndexSearch("source"),
    ]
