import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0003_warnings"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScoreCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=20)),
                ("origin", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("data", models.JSONField()),
                ("state", models.CharField(default="draft", max_length=10)),
                ("reason", models.CharField(max_length=400)),
                ("maker_ref", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("checker_ref", models.CharField(default="", max_length=80)),
                ("checked_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(default="", max_length=400)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ScoreMonitor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("card_name", models.CharField(max_length=20)),
                ("card_digest", models.CharField(max_length=64)),
                ("month", models.CharField(max_length=7)),
                ("as_of_date", models.DateField()),
                ("firms", models.IntegerField()),
                ("state", models.CharField(max_length=6)),
                ("score_ppm", models.BigIntegerField()),
                ("features", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="limitchange",
            name="figures",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="limitchange",
            name="floating_was_minor",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="limitchange",
            name="grounds",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="limitchange",
            name="on_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="score",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="score_usable",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="limitchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("checker_ref", ""), _negated=True),
                    ("maker_ref__startswith", "policy:"),
                    _connector="OR",
                ),
                name="limit_change_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")),
                fields=("programme_ref", "name"),
                name="score_card_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "approved"])),
                fields=("programme_ref", "digest"),
                name="score_card_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "approved", "declined", "retired"])),
                name="score_card_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(("checker_ref", models.F("maker_ref")), _negated=True),
                name="score_card_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("checker_ref", ""), _negated=True),
                    _connector="OR",
                ),
                name="score_card_checked",
            ),
        ),
        migrations.AddField(
            model_name="scoremonitor",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.riskrun"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoremonitor",
            constraint=models.UniqueConstraint(
                fields=("programme_ref", "card_digest", "month"), name="score_monitor_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoremonitor",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["few", "ok", "warn", "stop"])),
                name="score_monitor_state_known",
            ),
        ),
    ]
