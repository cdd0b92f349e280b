import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from risk.models import Report, RiskRun
from tests.risk.cases import SLOW
from tests.risk.runs_made import run_done

pytestmark = pytest.mark.django_db


def replay(*arguments: str) -> str:
    out = StringIO()
    call_command("risk_replay", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("risk_replay", *arguments, stdout=out)
    return out.getvalue() + str(error.value), error.value.returncode


def test_equal_bytes_are_told() -> None:
    run_id = str(run_done())
    assert "equal to the last byte" in replay(run_id)
    told = json.loads(replay(run_id, "--json").splitlines()[-1])
    assert (told["equal"], told["reports"], told["differing"]) == (True, 4, [])


def test_a_changed_report_is_named_and_the_exit_is_not_0() -> None:
    run_id = str(run_done())
    row = Report.objects.get(party_ref=SLOW)
    Report.objects.filter(pk=row.pk).update(payload=bytes(row.payload).replace(b"31", b"32", 1))
    text, code = refused(run_id)
    assert f"differs {SLOW}" in text
    assert code == 1
    text, code = refused(run_id, "--json")
    assert json.loads(text.splitlines()[0])["differing"] == [SLOW]


def test_another_code_is_named() -> None:
    run_id = str(run_done())
    RiskRun.objects.update(code_version="another")
    assert "made by code another" in replay(run_id)


def test_an_unknown_run() -> None:
    text, code = refused("404")
    assert "risk.run_unknown" in text
    assert code == 1
