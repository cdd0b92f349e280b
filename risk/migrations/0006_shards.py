import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risk", "0005_stress")]

    operations = [
        migrations.CreateModel(
            name="RunShard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("first", models.IntegerField()),
                ("last", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shards",
                        to="risk.riskrun",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="runshard",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="run_shard_once"),
        ),
        migrations.AddConstraint(
            model_name="runshard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first__gte", 0),
                    ("done__gte", 0),
                    (
                        "done__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("last"), "-", models.F("first")
                        ),
                    ),
                ),
                name="run_shard_progress",
            ),
        ),
    ]
