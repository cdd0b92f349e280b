"""The demo from nothing: what a visitor finds on the first morning, and that it is told once."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from scf.financing.queries import ClaimFacts, claims_list
from scf.management.demo import demo_programme
from scf.network.queries import ProgrammeFacts, party_codes_map
from scf.network.values import Role, Scope
from scf.products.queries import bid_units, series_list
from scf.settlement.queries import entries_list, payouts_list
from scf.simulator.play.people import LOGINS
from scf.simulator.play.story import OPENING, PACKAGING, story_is_told
from scf.simulator.values import SOURCE_SYSTEM

pytestmark = pytest.mark.django_db


def _seed(folder: Path) -> tuple[list[str], list[str]]:
    """Logins and progress of a small demo."""
    logins, progress = StringIO(), StringIO()
    call_command(
        "demo_seed",
        "--order-lines=300",
        "--suppliers=8",
        "--distributors=5",
        "--folder",
        str(folder),
        stdout=logins,
        stderr=progress,
    )
    return logins.getvalue().splitlines(), progress.getvalue().splitlines()


def _states(programme: ProgrammeFacts, desk: Scope) -> dict[str, str]:
    return {row.invoice_number: row.state for row in claims_list(scope=desk)}


def _overdue(desk: Scope) -> list[ClaimFacts]:
    return [row for row in claims_list(scope=desk) if row.payment_state == "overdue"]


def test_every_desk_finds_work_on_the_first_morning(tmp_path: Path) -> None:
    logins, progress = _seed(tmp_path)
    assert len(logins) == len(LOGINS)
    assert "营业日 2026-03-17" in progress[-3]
    programme = demo_programme()
    assert programme is not None
    assert programme.business_date == OPENING
    assert story_is_told(programme_id=programme.id)
    desk = Scope(programme_id=programme.id, role=Role.OPERATIONS, party_ids=None)

    states = _states(programme, desk)
    assert states["INV-2511-0954"] == "settled"
    assert states["INV-2601-0122"] == "assigned"
    assert states["INV-2602-0266"] == "registered"
    assert states["INV-2602-0312"] == "matched"
    [offer] = series_list(programme_id=programme.id, states=["listed"])
    assert 0.71 < bid_units(series_id=offer.id) / offer.units < 0.73
    assert len(series_list(programme_id=programme.id, states=["cancelled"])) == 1
    codes = party_codes_map(programme_id=programme.id, source_system=SOURCE_SYSTEM)
    packaging = codes["vendor", PACKAGING]
    assert [row.supplier_id for row in _overdue(desk)] == [packaging]
    assert payouts_list(scope=desk, state="rejected")
    assert payouts_list(scope=desk, state="prepared")
    assert any(
        entry.remittance.startswith("转存") and entry.state == "unallocated"
        for entry in entries_list(scope=desk)
    )

    again, progress = _seed(tmp_path)
    assert again == logins
    assert progress == []  # nothing was simulated, imported or played a second time
    assert _states(programme, desk) == states
