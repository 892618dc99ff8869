import fengtai.fields
import fengtai.grammar.period_refusals
from django.db import migrations, models

from fengtai.generation_triggers import Watch
from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0004_order'),
        ('fengtai', '0003_generation'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalorganisation',
            name='kind_as_printed',
            field=models.CharField(blank=True, max_length=50, verbose_name='kind as printed'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='standing',
            field=models.CharField(blank=True, help_text='What a source calls it, where that is no level.', max_length=100, verbose_name='standing as printed'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='standing_since',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='standing since'),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='standing_since_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='standing_since_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='historicalorganisation',
            name='standing_since_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalrosterfigure',
            name='as_of',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='as of'),
        ),
        migrations.AddField(
            model_name='historicalrosterfigure',
            name='as_of_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalrosterfigure',
            name='as_of_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='historicalrosterfigure',
            name='as_of_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='kind_as_printed',
            field=models.CharField(blank=True, max_length=50, verbose_name='kind as printed'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='standing',
            field=models.CharField(blank=True, help_text='What a source calls it, where that is no level.', max_length=100, verbose_name='standing as printed'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='standing_since',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='standing since'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='standing_since_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='standing_since_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='organisation',
            name='standing_since_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rosterfigure',
            name='as_of',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='as of'),
        ),
        migrations.AddField(
            model_name='rosterfigure',
            name='as_of_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rosterfigure',
            name='as_of_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='rosterfigure',
            name='as_of_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        IndexSearch("organisation", "rosterfigure"),
        Watch(),
    ]
