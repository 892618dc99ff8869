from django.db import migrations, models

from fengtai.generation_triggers import Watch
from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0003_generation'),
        ('fengtai', '0003_generation'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalobservation',
            name='coverage',
            field=models.CharField(blank=True, help_text='What the figure covers and how it was counted.', max_length=300, verbose_name='coverage as printed'),
        ),
        migrations.AddField(
            model_name='historicalobservation',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        migrations.AddField(
            model_name='observation',
            name='coverage',
            field=models.CharField(blank=True, help_text='What the figure covers and how it was counted.', max_length=300, verbose_name='coverage as printed'),
        ),
        migrations.AddField(
            model_name='observation',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        IndexSearch("observation"),
        Watch(),
    ]
