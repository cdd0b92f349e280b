import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0004_scores'),
    ]

    operations = [
        migrations.CreateModel(
            name='StressRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme_ref', models.CharField(max_length=80)),
                ('scenario', models.JSONField()),
                ('state', models.CharField(default='queued', max_length=10)),
                ('as_of_date', models.DateField()),
                ('facts', models.BinaryField(null=True)),
                ('facts_hash', models.CharField(default='', max_length=64)),
                ('result', models.BinaryField(null=True)),
                ('result_hash', models.CharField(default='', max_length=64)),
                ('code_version', models.CharField(max_length=16)),
                ('draws_done', models.IntegerField(default=0)),
                ('draws_total', models.IntegerField()),
                ('by_ref', models.CharField(max_length=80)),
                ('request_key', models.CharField(max_length=80)),
                ('requested_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('error_code', models.CharField(default='', max_length=80)),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risk.storedsnapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['programme_ref', '-id'], name='stress_run_latest')],
                'constraints': [models.UniqueConstraint(fields=('programme_ref', 'by_ref', 'request_key'), name='stress_run_once_a_key'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='stress_run_state_known'), models.CheckConstraint(condition=models.Q(('draws_done__gte', 0), ('draws_done__lte', models.F('draws_total'))), name='stress_run_progress'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('result__isnull', False), ('facts__isnull', False)), _connector='OR'), name='stress_run_done_has_result')],
            },
        ),
    ]
