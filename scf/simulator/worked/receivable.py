"""Every path of the receivable's worked example (BOOKS), each in a programme of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from scf.financing.queries import claim_get
from scf.financing.terms import EarlyBenefit, Terms
from scf.journeys.defaulting import repurchase_demand, write_off_approve, write_off_submit
from scf.network.calendar import business_day_next
from scf.products.queries import SeriesFacts
from scf.simulator.worked.figures import Figures, Reading
from scf.simulator.worked.life import (
    INVOICE,
    bid,
    claim_offered,
    days_pass,
    issued,
    listed,
    money_leaves,
)
from scf.simulator.worked.papers import credit_deliver
from scf.simulator.worked.world import TERMS, world_make

FACE = 100_000_000
TENOR = 90
BIDS = {"A": 5_000, "B": 3_000, "C": 1_372}
# From a Monday days 30 and 60 are business days, from a Tuesday days 90 and 100.
MONDAY, TUESDAY = date(2026, 3, 16), date(2026, 3, 17)


class Case:
    """One path: a world in which the series has been issued on day 0."""

    def __init__(self, *, name: str, start: date = TUESDAY, terms: Terms = TERMS) -> None:
        self.start = start
        self.world = world_make(code=f"wx-{name.replace('_', '-')}", start=start, terms=terms)
        claim = claim_offered(world=self.world, face_minor=FACE, tenor_days=TENOR)
        self.series: SeriesFacts = listed(world=self.world, claim=claim)
        self.claim_id = claim.id
        self.reading = Reading(world=self.world, series=self.series)

    def close(self) -> None:
        """Bids and the close of day 0."""
        issued(world=self.world, series=self.series, bids=BIDS)
        self.reading.closed()
        money_leaves(world=self.world)

    def day(self, number: int) -> None:
        """Let business days pass until day ``number`` after the close."""
        days_pass(world=self.world, until=self.start + timedelta(days=number))

    def obligor_pays(self, minor: int) -> None:
        """The obligor pays into escrow, naming the invoice."""
        self.reading.owed_note()
        self.world.pays_in(("obligor", minor, INVOICE))


def _closed(name: str, **more: Any) -> Case:
    case = Case(name=name, **more)
    case.close()
    return case


def _paid(name: str, day: int, minor: int, start: date = TUESDAY, **more: Any) -> Figures:
    case = _closed(name, start=start, **more)
    case.day(day)
    case.obligor_pays(minor)
    return case.reading.figures()


def case_day90() -> Figures:
    return _paid("day90", 90, FACE)


def case_day60(benefit: EarlyBenefit = EarlyBenefit.SUPPLIER) -> Figures:
    terms = replace(TERMS, early_benefit=benefit)
    return _paid(f"day60-{benefit}", 60, FACE, MONDAY, terms=terms)


def case_credit_20000() -> Figures:
    case = _closed("credit20")
    credit_deliver(world=case.world, number="CN-1", invoice=INVOICE, gross_minor=2_000_000)
    case.day(90)
    case.obligor_pays(98_000_000)
    return case.reading.figures()


def case_credit_70000(*, recourse_paid: bool) -> Figures:
    case = _closed(f"credit70-{'paid' if recourse_paid else 'unpaid'}")
    credit_deliver(world=case.world, number="CN-1", invoice=INVOICE, gross_minor=7_000_000)
    case.day(90)
    case.obligor_pays(93_000_000)
    if recourse_paid:
        claim = claim_get(claim_id=case.claim_id)
        case.world.pays_in(("supplier", 1_990_997, claim.number))
    else:
        _write_off(case)
    return case.reading.figures()


def case_part_600000(
    *, first_day: int = 90, rest_day: int = 100, terms: Terms = TERMS
) -> dict[str, Figures]:
    """Two payments; ``first`` and ``final`` are increments."""
    start = TUESDAY if first_day == 90 else MONDAY
    name = f"part-{first_day}-{rest_day}-{terms.late_accrual}"
    case = _closed(name, start=start, terms=terms)
    case.day(first_day)
    case.obligor_pays(60_000_000)
    first = case.reading.figures()
    case.day(rest_day)
    case.obligor_pays(40_000_000)
    whole = case.reading.figures()
    return {"whole": whole, "first": first, "final": whole.less(first)}


def case_insolvent_300000() -> Figures:
    case = _closed("insolvent")
    case.day(90)
    case.obligor_pays(30_000_000)
    _write_off(case)
    return case.reading.figures()


def case_overpaid() -> Figures:
    return _paid("overpaid", 90, FACE + 50_000)


def case_short() -> Figures:
    return _paid("short", 90, FACE - 500)


def case_deducted() -> Figures:
    """The obligor deducts 50,000.00 without an accepted credit note."""
    return _paid("deducted", 90, FACE - 5_000_000)


def case_repurchase_day30() -> Figures:
    case = _closed("repurchase", start=MONDAY)
    case.day(30)
    owed = repurchase_demand(
        actor=case.world.actors["ops2"],
        claim_id=case.claim_id,
        forged=True,
        reason="算例：确权系伪造",
        at=case.world.at,
    )
    claim = claim_get(claim_id=case.claim_id)
    case.reading.owed_note()
    case.world.pays_in(("supplier", owed, claim.number))
    return case.reading.figures()


def case_undersubscribed() -> Figures:
    case = Case(name="undersubscribed")
    bid(world=case.world, series=case.series, bids={"A": BIDS["A"]})
    deadline = case.series.deadline_date
    if deadline is not None:
        days_pass(world=case.world, until=business_day_next(deadline))
    return case.reading.figures()


def _write_off(case: Case) -> None:
    maker, checker = case.world.actors["ops"], case.world.actors["ops2"]
    asked = write_off_submit(
        actor=maker, claim_id=case.claim_id, reason="算例：无力偿付", at=case.world.at
    )
    write_off_approve(
        actor=checker,
        approval_id=asked.id,
        content_hash_seen=asked.content_hash,
        at=case.world.at,
    )


CASES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "day90": lambda: case_day90().data(),
    "day60": lambda: case_day60().data(),
    "credit_20000": lambda: case_credit_20000().data(),
    "credit_70000": lambda: {
        "recourse_paid": case_credit_70000(recourse_paid=True).data(),
        "recourse_unpaid": case_credit_70000(recourse_paid=False).data(),
    },
    "part_600000": lambda: _parts_data(case_part_600000()),
    "insolvent_300000": lambda: case_insolvent_300000().data(),
    "overpaid": lambda: case_overpaid().data(),
    "short": lambda: case_short().data(),
    "repurchase_day30": lambda: case_repurchase_day30().data(),
    "undersubscribed": lambda: case_undersubscribed().data(),
}


def _parts_data(parts: dict[str, Figures]) -> dict[str, Any]:
    return {
        **parts["whole"].data(),
        "first": parts["first"].data(),
        "final": parts["final"].data(),
    }
