import pytest
from django.db import IntegrityError, transaction

from risk.models import Report, RiskRun, StoredPolicy, StoredSnapshot
from tests.risk.runs_made import run_done

pytestmark = pytest.mark.django_db


def test_what_the_database_itself_refuses() -> None:
    run_done()
    run, report = RiskRun.objects.get(), Report.objects.all()[0]
    for rows, change in (
        (RiskRun.objects.filter(pk=run.pk), {"state": "lost"}),
        (RiskRun.objects.filter(pk=run.pk), {"parties_done": 5}),
        (Report.objects.filter(pk=report.pk), {"verdict": "MAYBE"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    report.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save()


def test_rows_name_themselves_in_the_admin() -> None:
    run_done()
    assert str(RiskRun.objects.get()).startswith("run ")
    assert str(StoredSnapshot.objects.get()).startswith("2026-03-17 ")
    assert str(StoredPolicy.objects.get()).startswith("v1 ")
    assert str(Report.objects.order_by("party_ref")[0]) == "party:2 2026-03-17 STEADY"
