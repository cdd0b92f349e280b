from datetime import date

import pytest

from ledger.errors import DomainError
from risk.findings import Severity
from risk.operations.warnings import warning_resolve, warning_snooze, warnings_raise
from risk.queries.ownership import item_require
from risk.queries.warnings import (
    rings_known,
    warning_get,
    warning_steps,
    warnings_list,
    warnings_waiting,
)
from risk.warning.values import Sign, Signal
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)
CUT = Sign("party:2", Signal.ORDERS_CUT, Severity.HIGH, "ppm", -600_000, -300_000, 30)
SLIP = Sign("party:1", Signal.PAYMENT_SLIP, Severity.WARN, "deviations", 2_500_000, 2_000_000, 30)


def raised() -> None:
    names = {"party:1": "沧澜冰箱", "party:2": "华准线束"}
    warnings_raise(programme_ref=PROGRAMME, signs=[CUT, SLIP], names=names, on=DAY, at=AT)


def test_lists_one_and_its_history() -> None:
    raised()
    rows = warnings_list(programme_ref=PROGRAMME)
    assert {row.party_name for row in rows} == {"沧澜冰箱", "华准线束"}
    assert [row.signal for row in warnings_list(programme_ref=PROGRAMME, party_ref="party:2")] == [
        "orders_cut"
    ]
    assert warnings_list(programme_ref="programme:2") == ()
    one = rows[0]
    assert warning_get(programme_ref=PROGRAMME, warning_id=one.id) == one
    assert [step.act for step in warning_steps(warning_id=one.id)] == ["raised"]
    with pytest.raises(DomainError, match=r"risk\.warning_unknown"):
        warning_get(programme_ref="programme:2", warning_id=one.id)


def test_what_waits_is_not_asleep_and_not_over() -> None:
    raised()
    items = warnings_waiting(programme_ref=PROGRAMME, on=DAY)
    assert [(item.kind, item.severity, item.facts["signal"]) for item in items] == [
        ("warning", "high", "orders_cut"),
        ("warning", "warn", "payment_slip"),
    ]
    first, second = (item.ref_id for item in items)
    item_require(programme_ref=PROGRAMME, kind="warning", ref_id=str(first))
    aside = {"reason": "x", "by": "user:1", "on": DAY, "at": AT}
    warning_snooze(warning_id=first, until=date(2026, 3, 20), **aside)  # type: ignore[arg-type]
    warning_resolve(warning_id=second, **aside)  # type: ignore[arg-type]
    assert warnings_waiting(programme_ref=PROGRAMME, on=DAY) == ()
    assert [row.id for row in warnings_list(programme_ref=PROGRAMME)] == [first]
    assert [row.id for row in warnings_list(programme_ref=PROGRAMME, ended=True)] == [second]


@pytest.mark.django_db(transaction=True)
def test_the_first_run_knows_no_ring() -> None:
    first = run_done()
    firms = frozenset({"party:2", "party:3"})
    assert rings_known(run_id=first, party_refs=firms) == frozenset()
    second = run_done()
    assert rings_known(run_id=second, party_refs=firms) == frozenset()
