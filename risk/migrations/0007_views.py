from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risk", "0006_shards")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("owner_ref", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=60)),
                ("party_ref", models.CharField(max_length=80)),
                ("state", models.CharField(blank=True, default="", max_length=2000)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme_ref", "owner_ref", "name"), name="saved_view_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_named"
                    ),
                ]
            },
        ),
    ]
