import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("severity", models.CharField(max_length=4)),
                ("amount_minor", models.BigIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("state", models.CharField(default="open", max_length=14)),
                ("outcome", models.CharField(default="", max_length=16)),
                ("opened_date", models.DateField()),
                ("last_seen_date", models.DateField()),
                ("seen_count", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_amount_minor", models.BigIntegerField(null=True)),
                (
                    "last_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.riskrun",
                    ),
                ),
                (
                    "opened_run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.riskrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=16)),
                ("reason", models.CharField(max_length=400)),
                ("refuse_refs", models.JSONField(default=list)),
                ("amount_minor", models.BigIntegerField()),
                ("maker_ref", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="pending", max_length=10)),
                ("checker_ref", models.CharField(default="", max_length=80)),
                ("checked_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(default="", max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="risk.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=14)),
                ("by_ref", models.CharField(default="", max_length=80)),
                ("at", models.DateTimeField()),
                ("text", models.CharField(default="", max_length=400)),
                ("facts", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="risk.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("row_id", models.BigIntegerField(null=True)),
                ("document", models.CharField(max_length=120)),
                ("on_date", models.CharField(default="", max_length=10)),
                ("amount_minor", models.BigIntegerField(null=True)),
                ("note", models.CharField(default="", max_length=400)),
                ("by_ref", models.CharField(default="", max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="risk.case",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.riskrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party_ref", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="risk.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeskOwner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=12)),
                ("ref_id", models.CharField(max_length=80)),
                ("owner_ref", models.CharField(default="", max_length=80)),
                ("taken_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme_ref", "kind", "ref_id"), name="desk_owner_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ("decision", "case", "warning", "collection", "override", "limit"),
                            )
                        ),
                        name="desk_owner_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskOwnerEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=12)),
                ("ref_id", models.CharField(max_length=80)),
                ("act", models.CharField(max_length=8)),
                ("from_ref", models.CharField(default="", max_length=80)),
                ("owner_ref", models.CharField(default="", max_length=80)),
                ("by_ref", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["programme_ref", "kind", "ref_id", "id"], name="desk_owner_log"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["taken", "released", "handed"])),
                        name="desk_owner_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act", "released"),
                                ("owner_ref", ""),
                                models.Q(("from_ref", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("act", "released"), _negated=True),
                                models.Q(("owner_ref", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="desk_owner_event_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownHonest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("amount_minor", models.BigIntegerField()),
                ("quiet_to_minor", models.BigIntegerField()),
                ("reason", models.CharField(max_length=400)),
                ("maker_ref", models.CharField(max_length=80)),
                ("checker_ref", models.CharField(max_length=80)),
                ("since_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honest",
                        to="risk.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartyBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("programme_ref", models.CharField(max_length=80)),
                ("party_ref", models.CharField(max_length=80)),
                ("by_ref", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=400)),
                ("since_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(default="", max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="risk.case",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["programme_ref", "state", "-id"], name="case_list"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("programme_ref", "subject"), name="case_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "investigating", "closed"])),
                name="case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["info", "warn", "high"])),
                name="case_severity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gte", 0)), name="case_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_amount_minor__isnull", False),
                        ("closed_at__isnull", False),
                        (
                            "outcome__in",
                            ["confirmed_fraud", "false_alarm", "explained", "referred"],
                        ),
                        ("state", "closed"),
                    ),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="case_closed_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("case",),
                name="case_decision_one_pending",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "approved", "declined"])),
                name="case_decision_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["confirmed_fraud", "false_alarm", "explained", "referred"])
                ),
                name="case_decision_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("checker_ref", models.F("maker_ref")), _negated=True),
                name="case_decision_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "grew",
                            "taken",
                            "released",
                            "handed",
                            "note",
                            "evidence",
                            "proposed",
                            "declined",
                            "closed",
                            "gate_refused",
                            "block_lifted",
                            "reopened",
                        ],
                    )
                ),
                name="case_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevidence",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="case_evidence_once"),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(fields=["party_ref"], name="case_party"),
        ),
        migrations.AddConstraint(
            model_name="caseparty",
            constraint=models.UniqueConstraint(
                fields=("case", "party_ref"), name="case_party_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="knownhonest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("programme_ref", "subject"),
                name="known_honest_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="knownhonest",
            constraint=models.CheckConstraint(
                condition=models.Q(("checker_ref", models.F("maker_ref")), _negated=True),
                name="known_honest_four_eyes",
            ),
        ),
        migrations.AddIndex(
            model_name="partyblock",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["programme_ref", "party_ref"],
                name="party_block_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyblock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("case", "party_ref"),
                name="party_block_once_a_case",
            ),
        ),
    ]
