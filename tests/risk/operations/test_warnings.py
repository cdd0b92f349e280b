import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ledger.errors import DomainError
from risk.findings import Severity
from risk.models import Warning, WarningEvent
from risk.operations.warnings import (
    Raised,
    warning_acknowledge,
    warning_escalate,
    warning_resolve,
    warning_snooze,
    warnings_age,
    warnings_raise,
)
from risk.warning.values import Sign, Signal
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)
CUT = Sign("party:2", Signal.ORDERS_CUT, Severity.WARN, "ppm", -400_000, -300_000, 30)
GRAVE = replace(CUT, severity=Severity.HIGH, value=-600_000)
WHO: dict[str, Any] = {"by": "user:1", "on": DAY, "at": AT}


def seen(*signs: Sign, on: date = DAY) -> Raised:
    return warnings_raise(
        programme_ref=PROGRAMME, signs=signs, names={"party:2": "华准线束"}, on=on, at=AT
    )


def only() -> Warning:
    return Warning.objects.order_by("-pk")[0]


def acts() -> list[str]:
    return list(WarningEvent.objects.order_by("pk").values_list("act", flat=True))


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def test_a_signal_is_one_warning_as_long_as_it_lasts() -> None:
    assert (seen(CUT).new, seen(CUT, on=later(14)).renewed) == (1, 1)
    row = only()
    assert Warning.objects.count() == 1
    assert (row.party_name, row.raised_date, row.seen_date) == ("华准线束", DAY, later(14))
    assert row.until_date == later(44)
    assert acts() == ["raised", "renewed"]


def test_the_same_look_twice_changes_nothing() -> None:
    seen(CUT)
    again = seen(CUT)
    assert (again.new, again.loud) == (0, ())
    assert acts() == ["raised"]


def test_an_earlier_day_seen_later_changes_nothing() -> None:
    seen(CUT)
    seen(GRAVE, on=later(-3))
    assert only().severity == "warn"


def test_a_signal_that_ended_expires_by_itself_and_may_come_again() -> None:
    seen(CUT)
    assert warnings_age(programme_ref=PROGRAMME, on=later(30), at=AT) == 0
    assert warnings_age(programme_ref=PROGRAMME, on=later(31), at=AT) == 1
    assert (only().state, acts()) == ("expired", ["raised", "expired"])
    assert seen(CUT, on=later(40)).new == 1
    assert Warning.objects.count() == 2


def test_snoozed_it_is_quiet_until_its_day() -> None:
    seen(CUT)
    warning_snooze(warning_id=only().pk, until=later(10), reason="已约谈", **WHO)
    assert seen(CUT, on=later(5)).loud == ()
    assert only().state == "snoozed"
    warnings_age(programme_ref=PROGRAMME, on=later(9), at=AT)
    assert only().state == "snoozed"
    warnings_age(programme_ref=PROGRAMME, on=later(10), at=AT)
    assert (only().state, only().snoozed_until_date) == ("open", None)
    assert acts() == ["raised", "snoozed", "renewed", "woke"]


def test_snoozed_it_speaks_up_when_it_gets_graver() -> None:
    seen(CUT)
    warning_snooze(warning_id=only().pk, until=later(10), reason="已约谈", **WHO)
    assert seen(GRAVE, on=later(5)).loud == (only().pk,)
    assert (only().state, only().severity) == ("open", "high")
    assert acts()[-1] == "worsened"
    seen(CUT, on=later(6))
    assert (only().severity, acts()[-1]) == ("warn", "eased")


@pytest.mark.parametrize("days", [0, -1, 31])
def test_nothing_is_put_aside_for_ever(days: int) -> None:
    seen(CUT)
    with pytest.raises(DomainError, match=r"risk\.snooze_dates"):
        warning_snooze(warning_id=only().pk, until=later(days), reason="x", **WHO)


def test_resolved_it_stays_quiet_for_the_time_it_stood_for() -> None:
    seen(CUT)
    warning_resolve(warning_id=only().pk, reason="季节", **WHO)
    assert seen(CUT, on=later(14)).quiet == 1
    assert seen(CUT, on=later(30)).quiet == 1
    assert seen(CUT, on=later(31)).new == 1


def test_resolved_it_comes_back_graver_at_once() -> None:
    seen(CUT)
    warning_resolve(warning_id=only().pk, reason="季节", **WHO)
    assert seen(GRAVE, on=later(1)).new == 1


def test_escalated_to_a_person_who_takes_it_up() -> None:
    seen(GRAVE)
    pk = only().pk
    warning_escalate(warning_id=pk, to_ref="user:2", reason="超出权限", **WHO)
    assert (only().state, only().escalated_to_ref) == ("escalated", "user:2")
    warning_acknowledge(warning_id=pk, by="user:2", on=DAY, at=AT)
    assert only().state == "acknowledged"


def test_what_is_refused() -> None:
    seen(CUT)
    pk = only().pk
    for act in (warning_snooze, warning_escalate, warning_resolve):
        more = {warning_snooze: {"until": later(3)}, warning_escalate: {"to_ref": "user:2"}}
        with pytest.raises(DomainError, match=r"risk\.reason_missing"):
            act(warning_id=pk, reason="  ", **WHO, **more.get(act, {}))  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"risk\.escalate_to_oneself"):
        warning_escalate(warning_id=pk, to_ref="user:1", reason="x", **WHO)
    with pytest.raises(DomainError, match=r"risk\.warning_unknown"):
        warning_resolve(warning_id=pk + 1, reason="x", **WHO)
    warning_resolve(warning_id=pk, reason="x", **WHO)
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        warning_acknowledge(warning_id=pk, **WHO)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_put_it_aside_at_once_one_does() -> None:
    seen(CUT)
    pk, outcomes, together = only().pk, [], threading.Barrier(2)

    def snooze(user: str) -> None:
        together.wait()
        try:
            warning_snooze(warning_id=pk, until=later(5), reason="已约谈", by=user, on=DAY, at=AT)
            outcomes.append("done")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=snooze, args=(f"user:{n}",)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "risk.step_refused"]
    assert acts() == ["raised", "snoozed"]
