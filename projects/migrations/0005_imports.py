import fengtai.fields
import fengtai.grammar.period_refusals
from django.db import migrations, models

from fengtai.generation_triggers import Watch
from fengtai.search_index import IndexSearch


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0004_order'),
        ('fengtai', '0003_generation'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalplace',
            name='as_of',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='as of'),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='as_of_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='as_of_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='as_of_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        migrations.AddField(
            model_name='historicalproject',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        migrations.AddField(
            model_name='historicalproject',
            name='scale',
            field=models.CharField(blank=True, help_text='Where a source says more than an area.', max_length=200, verbose_name='scale as printed'),
        ),
        migrations.AddField(
            model_name='place',
            name='as_of',
            field=fengtai.fields.PeriodField(blank=True, companions=False, max_length=100, verbose_name='as of'),
        ),
        migrations.AddField(
            model_name='place',
            name='as_of_end',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='place',
            name='as_of_kind',
            field=models.CharField(choices=[(fengtai.grammar.period_refusals.Kind['YEAR'], 'year'), (fengtai.grammar.period_refusals.Kind['HALF'], 'half-year'), (fengtai.grammar.period_refusals.Kind['QUARTER'], 'quarter'), (fengtai.grammar.period_refusals.Kind['MONTH'], 'month'), (fengtai.grammar.period_refusals.Kind['DAY'], 'day'), (fengtai.grammar.period_refusals.Kind['CUMULATIVE'], 'cumulative from January'), (fengtai.grammar.period_refusals.Kind['POINT'], 'point in time'), (fengtai.grammar.period_refusals.Kind['SINCE'], 'since'), (fengtai.grammar.period_refusals.Kind['PLAN'], 'five-year plan'), (fengtai.grammar.period_refusals.Kind['NOT_STATED'], 'not stated')], default=fengtai.grammar.period_refusals.Kind['NOT_STATED'], editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='place',
            name='as_of_start',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='place',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        migrations.AddField(
            model_name='project',
            name='remark',
            field=models.TextField(blank=True, help_text='Staff only.', verbose_name='internal remark'),
        ),
        migrations.AddField(
            model_name='project',
            name='scale',
            field=models.CharField(blank=True, help_text='Where a source says more than an area.', max_length=200, verbose_name='scale as printed'),
        ),
        migrations.AlterField(
            model_name='historicalparty',
            name='role',
            field=models.CharField(choices=[('signatory', 'Signatory'), ('investor', 'Investor'), ('initiator', 'Initiator'), ('builder', 'Builder'), ('operator', 'Operator'), ('owner', 'Project unit')], max_length=20, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='party',
            name='role',
            field=models.CharField(choices=[('signatory', 'Signatory'), ('investor', 'Investor'), ('initiator', 'Initiator'), ('builder', 'Builder'), ('operator', 'Operator'), ('owner', 'Project unit')], max_length=20, verbose_name='role'),
        ),
        IndexSearch("place", "project", "party"),
        Watch(),
    ]
