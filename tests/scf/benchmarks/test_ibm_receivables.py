"""Published receivables: what is dropped, and that nothing is known before its day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from risk.scoring.training import leaks_check
from risk.scoring.values import NOTHING
from scf.benchmarks import ibm_receivables
from scf.benchmarks.ibm_receivables import (
    hindsight_risk,
    receivables_read,
    receivables_rows,
)
from scf.benchmarks.scores import FILE, FOLDER

HEADER = (
    "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,"
    "InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate"
)


def file_made(customers: int = 6, invoices: int = 30) -> bytes:
    """Customers that pay after 10, 20, 30 ... days; every fifth invoice is disputed."""
    lines = [HEADER]
    for customer in range(customers):
        for number in range(invoices):
            day = np.datetime64("2012-01-01") + 10 * number + customer
            took = 10 * (customer + 1) + (12 if number % 5 == 0 else 0)
            on, paid = (f"{d.astype(object):%m/%d/%Y}" for d in (day, day + took))
            disputed = "Yes" if number % 5 == 0 else "No"
            lines.append(
                f"1,c{customer},,{customer}{number:03d},{on},{on},50.5,{disputed},{paid},"
                f"{'' if number == 1 else 'Paper'},{took},{max(0, took - 30)}"
            )
    return ("\n".join(lines) + "\n").encode()


def test_rows_without_a_bill_are_left_out_and_the_rest_in_order() -> None:
    invoices = receivables_read(file_made())
    assert len(invoices.day) == 6 * 29
    assert np.all(np.diff(invoices.day) >= 0)
    assert invoices.late.tolist() == (invoices.days > 30).astype(int).tolist()
    assert set(invoices.amount.tolist()) == {5_050}


def test_what_comes_later_changes_no_feature() -> None:
    """Settlements on or after an invoice's day, its own included, are not known to it."""
    invoices = receivables_read(file_made())
    rows = receivables_rows(file_made())
    at = 120
    day = int(invoices.day[at])
    hidden = invoices.settled >= day
    changed = replace(
        invoices,
        days=np.where(hidden, 99.0, invoices.days),
        late=np.where(hidden, 1, invoices.late),
        disputed=np.where(hidden, 1.0, invoices.disputed),
    )
    known = invoices.settled < day
    effects = ibm_receivables.Effects()
    before = ibm_receivables._features(invoices, at, known, effects)
    after = ibm_receivables._features(changed, at, known, effects)
    assert before == after
    assert rows.known_day is not None
    leaks_check(rows)


def test_a_slow_payer_is_expected_late_and_a_new_one_is_not_known() -> None:
    rows = receivables_rows(file_made())
    assert rows.columns["expected_late"][0] == NOTHING
    invoices = receivables_read(file_made())
    last = {customer: int(np.flatnonzero(invoices.customer == customer)[-1]) for customer in (0, 5)}
    assert rows.columns["expected_late"][last[5]] > 900_000
    assert rows.columns["expected_late"][last[0]] < 100_000
    assert hindsight_risk(invoices)[last[5]] > 0.9


@pytest.mark.skipif(not (FOLDER / FILE).exists(), reason="the published receivables are absent")
def test_the_published_file_has_2466_rows_and_35_6_percent_late() -> None:
    rows = receivables_rows((FOLDER / FILE).read_bytes())
    assert len(rows) == 2_466
    assert round(float(rows.bad.mean()), 3) == 0.356
