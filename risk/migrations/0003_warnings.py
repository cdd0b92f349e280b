import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0002_cases'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme_ref', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=12)),
                ('claim_ref', models.CharField(max_length=80)),
                ('debtor_ref', models.CharField(max_length=80)),
                ('debtor_name', models.CharField(max_length=200)),
                ('label', models.CharField(max_length=120)),
                ('currency', models.CharField(max_length=3)),
                ('first_minor', models.BigIntegerField()),
                ('open_minor', models.BigIntegerField()),
                ('paid_minor', models.BigIntegerField(default=0)),
                ('due_date', models.DateField()),
                ('days_late', models.IntegerField()),
                ('is_disputed', models.BooleanField(default=False)),
                ('cause', models.CharField(max_length=10)),
                ('reasons', models.JSONField(default=list)),
                ('chance_7_ppm', models.IntegerField()),
                ('chance_30_ppm', models.IntegerField()),
                ('chance_60_ppm', models.IntegerField()),
                ('factors', models.JSONField(default=list)),
                ('action', models.CharField(max_length=12)),
                ('expected_minor', models.BigIntegerField()),
                ('cost_minor', models.BigIntegerField()),
                ('gain_minor', models.BigIntegerField()),
                ('state', models.CharField(default='open', max_length=10)),
                ('opened_date', models.DateField()),
                ('seen_date', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['programme_ref', 'state', '-id'], name='collection_list'), models.Index(fields=['programme_ref', 'debtor_ref', '-id'], name='collection_debtor')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'promised'])), fields=('programme_ref', 'key'), name='collection_one_live'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'promised', 'collected', 'ended'])), name='collection_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['claim', 'recourse', 'turnover', 'repurchase'])), name='collection_kind_known'), models.CheckConstraint(condition=models.Q(('cause__in', ['disputed', 'cannot', 'will_not', 'unclear'])), name='collection_cause_known'), models.CheckConstraint(condition=models.Q(('chance_30_ppm__gte', models.F('chance_7_ppm')), ('chance_60_ppm__gte', models.F('chance_30_ppm')), ('chance_60_ppm__lte', 1000000), ('chance_7_ppm__gte', 0)), name='collection_chance'), models.CheckConstraint(condition=models.Q(('cost_minor__gte', 0), ('expected_minor__gte', 0), ('expected_minor__lte', models.F('open_minor')), ('open_minor__gte', 0)), name='collection_expected_within_open'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['open', 'promised'])), models.Q(models.Q(('state__in', ['open', 'promised']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='collection_ended')],
            },
        ),
        migrations.CreateModel(
            name='Warning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme_ref', models.CharField(max_length=80)),
                ('party_ref', models.CharField(max_length=170)),
                ('party_name', models.CharField(default='', max_length=200)),
                ('signal', models.CharField(max_length=24)),
                ('subject', models.CharField(default='', max_length=600)),
                ('severity', models.CharField(max_length=4)),
                ('unit', models.CharField(max_length=12)),
                ('value', models.BigIntegerField()),
                ('threshold', models.BigIntegerField()),
                ('facts', models.JSONField(default=dict)),
                ('evidence', models.JSONField(default=list)),
                ('state', models.CharField(default='open', max_length=14)),
                ('raised_date', models.DateField()),
                ('seen_date', models.DateField()),
                ('until_date', models.DateField()),
                ('snoozed_until_date', models.DateField(null=True)),
                ('quiet_severity', models.CharField(default='', max_length=4)),
                ('escalated_to_ref', models.CharField(default='', max_length=80)),
                ('raised_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risk.riskrun')),
            ],
        ),
        migrations.CreateModel(
            name='WarningEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=14)),
                ('by_ref', models.CharField(default='', max_length=80)),
                ('note', models.CharField(default='', max_length=400)),
                ('facts', models.JSONField(default=dict)),
                ('on_date', models.DateField()),
                ('at', models.DateTimeField()),
                ('warning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='risk.warning')),
            ],
        ),
        migrations.CreateModel(
            name='CollectionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=10)),
                ('by_ref', models.CharField(default='', max_length=80)),
                ('facts', models.JSONField(default=dict)),
                ('on_date', models.DateField()),
                ('at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='risk.collectionitem')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['opened', 'paid', 'cause', 'promised', 'kept', 'broken', 'collected', 'ended'])), name='collection_act_known')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10)),
                ('who', models.CharField(max_length=80)),
                ('outcome', models.CharField(max_length=12)),
                ('note', models.CharField(max_length=400)),
                ('next_step', models.CharField(default='', max_length=200)),
                ('next_date', models.DateField(null=True)),
                ('by_ref', models.CharField(max_length=80)),
                ('on_date', models.DateField()),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=80)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='risk.collectionitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'key'), name='contact_once'), models.CheckConstraint(condition=models.Q(('channel__in', ['phone', 'message', 'email', 'letter', 'visit', 'meeting'])), name='contact_channel_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['no_answer', 'reached', 'promised', 'disputes', 'cannot_pay', 'refuses'])), name='contact_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_minor', models.BigIntegerField()),
                ('by_date', models.DateField()),
                ('paid_before_minor', models.BigIntegerField(default=0)),
                ('state', models.CharField(default='pending', max_length=10)),
                ('paid_minor', models.BigIntegerField(default=0)),
                ('made_date', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('recorded_by_ref', models.CharField(max_length=80)),
                ('judged_date', models.DateField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='risk.collectionitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('item',), name='promise_one_pending'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'kept', 'broken', 'replaced'])), name='promise_state_known'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='promise_positive'), models.CheckConstraint(condition=models.Q(('by_date__gte', models.F('made_date'))), name='promise_dates')],
            },
        ),
        migrations.AddIndex(
            model_name='warning',
            index=models.Index(fields=['programme_ref', 'state', '-id'], name='warning_list'),
        ),
        migrations.AddIndex(
            model_name='warning',
            index=models.Index(fields=['programme_ref', 'party_ref', '-id'], name='warning_of_party'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'acknowledged', 'snoozed', 'escalated'])), fields=('programme_ref', 'party_ref', 'signal', 'subject'), name='warning_one_live'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'acknowledged', 'snoozed', 'escalated', 'resolved', 'expired'])), name='warning_state_known'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['info', 'warn', 'high'])), name='warning_severity_known'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('snoozed_until_date__isnull', False), ('state', 'snoozed')), models.Q(models.Q(('state', 'snoozed'), _negated=True), ('snoozed_until_date__isnull', True)), _connector='OR'), name='warning_snoozed_until'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['open', 'acknowledged', 'snoozed', 'escalated'])), models.Q(models.Q(('state__in', ['open', 'acknowledged', 'snoozed', 'escalated']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='warning_ended'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(('seen_date__gte', models.F('raised_date')), ('until_date__gte', models.F('seen_date'))), name='warning_dates'),
        ),
        migrations.AddConstraint(
            model_name='warningevent',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['raised', 'renewed', 'worsened', 'eased', 'acknowledged', 'snoozed', 'woke', 'escalated', 'resolved', 'expired'])), name='warning_act_known'),
        ),
    ]
