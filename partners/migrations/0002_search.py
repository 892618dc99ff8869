from django.db import migrations, models

from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='industry',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'industry', 'verbose_name_plural': 'industries'},
        ),
        migrations.AlterModelOptions(
            name='organisation',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'organisation', 'verbose_name_plural': 'organisations'},
        ),
        migrations.AlterModelOptions(
            name='policy',
            options={'ordering': ('sort_key', 'pk'), 'verbose_name': 'policy', 'verbose_name_plural': 'policies'},
        ),
        migrations.AlterModelOptions(
            name='roster',
            options={'ordering': ('-conference__held_start', 'sort_key', 'pk'), 'verbose_name': 'roster', 'verbose_name_plural': 'rosters'},
        ),
        migrations.AddField(
            model_name='conference',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='conference',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='event',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='event',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='honour',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='honour',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='industry',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='industry',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='membership',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='organisationname',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='policy',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='policy',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='roster',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddField(
            model_name='roster',
            name='sort_key',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='place in the order'),
        ),
        migrations.AddField(
            model_name='rosterfigure',
            name='search',
            field=models.TextField(blank=True, default='', editable=False, serialize=False, verbose_name='search'),
        ),
        migrations.AddIndex(
            model_name='conference',
            index=models.Index(fields=['sort_key', 'id'], name='conference_order'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['sort_key', 'id'], name='event_order'),
        ),
        migrations.AddIndex(
            model_name='honour',
            index=models.Index(fields=['sort_key', 'id'], name='honour_order'),
        ),
        migrations.AddIndex(
            model_name='industry',
            index=models.Index(fields=['sort_key', 'id'], name='industry_order'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['sort_key', 'id'], name='organisation_order'),
        ),
        migrations.AddIndex(
            model_name='policy',
            index=models.Index(fields=['sort_key', 'id'], name='policy_order'),
        ),
        migrations.AddIndex(
            model_name='roster',
            index=models.Index(fields=['sort_key', 'id'], name='roster_order'),
        ),
        IndexSearch("conference", "event", "honour", "industry", "membership", "organisation", "organisationname", "policy", "roster", "rosterfigure"),
    ]
