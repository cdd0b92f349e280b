import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scf.management.commands.risk_report import party_named
from scf.network.queries import party_get
from scf.network.values import party_ref
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import World, world_make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    made = world_make(code="risk", start=TUESDAY)
    call_command("risk_run", stdout=StringIO())
    return made


def report(*arguments: str) -> str:
    out = StringIO()
    call_command("risk_report", *arguments, stdout=out)
    return out.getvalue()


def test_a_report_by_id_reference_or_tax_id(world: World) -> None:
    supplier = party_get(party_id=world.party("supplier"))
    for name in (str(supplier.id), supplier.ref, supplier.tax_id):
        assert party_named(name) == party_ref(supplier.id)
    told = report(supplier.tax_id)
    assert f"{supplier.name} ({supplier.ref})" in told
    assert "ABSTAIN" in told
    assert "orders_growth" in told


def test_the_report_s_own_bytes(world: World) -> None:
    payload = json.loads(report(str(world.party("supplier")), "--json").splitlines()[-1])
    assert payload["party"]["ref"] == party_ref(world.party("supplier"))
    assert payload["as_of"] == world.today.isoformat()


def test_no_report_yet(world: World) -> None:
    with pytest.raises(CommandError, match="risk_run"):
        report("party:404")
    with pytest.raises(CommandError, match="risk_run"):
        report(str(world.party("supplier")), "--as-of", "2020-01-01")
    with pytest.raises(CommandError, match=r"network\.programme_unknown"):
        report("1", "--programme", "none")
