"""The rates of collection against published receivables: cut on a day, judged by what came."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.rates import PPM
from risk.collection.chance import HazardModel
from risk.collection.hazard import hazards_of
from risk.collection.values import HORIZONS, CollectionPolicy, Debt, Debtor
from risk.facts import Facts, FlowFact, FlowKind, day_number, flows_from_facts
from risk.snapshot import Snapshot, snapshot_build

DATA = Path(__file__).parents[4] / "shared" / "data" / "receivables-ibm"
CUT = date(2013, 7, 1)
LOOKS = 60
POLICY = CollectionPolicy()
Bill = tuple[str, int, date, date, date, bool]


def bills() -> list[Bill]:
    """(customer, cents, invoiced, due, settled, disputed)."""
    files = sorted(DATA.glob("*.csv"))
    if not files:
        pytest.skip(f"no receivables at {DATA}")
    with files[0].open(newline="") as lines:
        return [
            (
                row["customerID"],
                round(float(row["InvoiceAmount"]) * 100),
                _day(row["InvoiceDate"]),
                _day(row["DueDate"]),
                _day(row["SettledDate"]),
                row["Disputed"] == "Yes",
            )
            for row in csv.DictReader(lines)
        ]


def _day(text: str) -> date:
    month, day, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


def known(rows: list[Bill], on: date) -> Snapshot:
    flows = []
    for number, (customer, amount, invoiced, due, settled, _) in enumerate(rows):
        if invoiced > on:
            continue
        flows.append(
            FlowFact(FlowKind.INVOICE, "us", customer, amount, invoiced, due_date=due,
                     invoice_key=number)
        )  # fmt: skip
        if settled <= on:
            flows.append(
                FlowFact(FlowKind.PAYMENT, "us", customer, amount, settled, invoice_key=number)
            )
    return snapshot_build(Facts((), flows_from_facts(flows)), as_of=on)


def judged() -> list[tuple[int, int, bool]]:
    """(horizon, chance in ppm, whether it came) of every late invoice on every third day after
    the cut, with what was known on that day."""
    rows, found = bills(), []
    customers = {row[0] for row in rows}
    for look in range(LOOKS):
        on = CUT + timedelta(days=3 * look)
        hazards = hazards_of(known(rows, on), debtors=customers, policy=POLICY)
        model = HazardModel(hazards, POLICY)
        for number, (customer, amount, _, due, settled, _disputed) in enumerate(rows):
            if not due < on < settled:
                continue
            debt = Debt(
                key=str(number), kind="claim", claim_ref="", debtor_ref=customer, debtor_name="",
                label="", currency="USD", open_minor=amount, paid_minor=0,
                due_day=day_number(due), days_late=(on - due).days,
            )  # fmt: skip
            chance = model.chance(debt, Debtor(customer))
            found += [(h, chance.ppm[h], settled <= on + timedelta(days=h)) for h in HORIZONS]
    return found


def test_chances_are_borne_out_by_what_came() -> None:
    """Within a week about half comes and the likelier ones come oftener; within a month all of
    this book's late invoices came, and little less is expected."""
    rows = judged()
    week = sorted((ppm, came) for h, ppm, came in rows if h == HORIZONS[0])
    expected, seen = _means(week)
    assert len(week) > 300
    assert abs(expected - seen) < 0.15, (expected, seen)
    fifth = len(week) // 5
    assert _means(week[-fifth:])[1] - _means(week[:fifth])[1] > 0.2
    expected, seen = _means([(ppm, came) for h, ppm, came in rows if h == HORIZONS[1]])
    assert abs(expected - seen) < 0.06, (expected, seen)


def _means(rows: list[tuple[int, bool]]) -> tuple[float, float]:
    """Mean chance and share that came."""
    return sum(ppm for ppm, _ in rows) / len(rows) / PPM, sum(c for _, c in rows) / len(rows)
