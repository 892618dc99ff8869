import django.core.serializers.json
import django.db.models.deletion
import fengtai.batches
import uuid
from django.conf import settings
from django.db import migrations, models

from fengtai.generation_triggers import Watch


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('fengtai', '0003_generation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('list_name', models.CharField(db_index=True, max_length=50, verbose_name='list')),
                ('file', models.FileField(max_length=300, storage=fengtai.batches.import_storage, upload_to='%Y/%m', verbose_name='file')),
                ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('state', models.CharField(choices=[('received', 'Received'), ('reading', 'Being read'), ('previewed', 'Previewed'), ('committing', 'Being taken'), ('committed', 'Taken'), ('refused', 'Not taken'), ('unreadable', 'Unreadable'), ('interrupted', 'Interrupted'), ('undone', 'Undone')], db_index=True, default='received', max_length=20, verbose_name='state')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='decisions')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='rows')),
                ('notes', models.JSONField(blank=True, default=dict, verbose_name='what was found')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='taken at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='brought by')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ('-received_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('rows', 'rows'), ('sources', 'sources'), ('totals', 'totals of batches')], default='rows', max_length=10)),
                ('sheet', models.CharField(max_length=100)),
                ('number', models.PositiveIntegerField()),
                ('mark', models.CharField(blank=True, max_length=50)),
                ('label', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(max_length=10)),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('changes', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('problems', models.JSONField(default=list)),
                ('near', models.JSONField(default=list)),
                ('digest', models.CharField(blank=True, max_length=16)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='fengtai.importbatch')),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['batch', 'outcome'], name='import_row_outcome')],
            },
        ),
        migrations.CreateModel(
            name='ImportWrite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(null=True)),
                ('object_id', models.PositiveBigIntegerField()),
                ('created', models.BooleanField()),
                ('before', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('after', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writes', to='fengtai.importbatch')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='import_write_record')],
            },
        ),
        Watch(),
    ]
