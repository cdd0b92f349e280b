from __future__ import annotations

from pathlib import Path

import pytest

from scf.settlement.queries import payouts_list, statements_list
from scf.simulator.bank.desk import ACCOUNT_CLOSED
from scf.simulator.play.banker import (
    bank_day_run,
    incoming_from,
    nobody_rejected,
    obligor_payments,
    sent_instructions,
)
from scf.simulator.play.lives import issued
from scf.simulator.play.picks import receivable_named
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_a_day_without_news_has_no_statement(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        assert bank_day_run(programme_id=stage.cast.programme_id, at=stage.clock()) is None
        assert statements_list(scope=stage.desk()) == []


def test_the_bank_answers_what_was_sent_and_statements_follow_each_other(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        stage.payouts_sign()
        sent = sent_instructions(programme_id=stage.cast.programme_id)
        assert sorted(item.amount_minor for item in sent) == [138_654, 93_581_346]
        assert [nobody_rejected(item) for item in sent] == ["", ""]
        stage.bank_day(
            reject=lambda item: ACCOUNT_CLOSED if item.amount_minor < 1_000_000 else "",
            as_sheet=True,
        )
        assert sent_instructions(programme_id=stage.cast.programme_id) == []
        states = {row.amount_minor: row.state for row in payouts_list(scope=stage.desk())}
        assert states == {93_581_346: "confirmed", 138_654: "rejected"}
        rows = statements_list(scope=stage.desk())
        assert {row.state for row in rows} == {"posted"}
        first, second = sorted(rows, key=lambda row: row.number)
        assert first.closing_minor == second.opening_minor == 300_000_000


def test_obligors_pay_when_the_day_has_come_unless_they_are_late(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        programme_id = stage.cast.programme_id
        stage.deposit(
            amounts=[(name, 100_000_000) for name in ("investor", "investor2", "investor3")]
        )
        worked = receivable_named(
            cast=stage.cast, supplier=FEATURED_CODE, invoice_no=WORKED_INVOICE_NO
        )
        issued(stage=stage, supplier=FEATURED_CODE, receivable=worked)
        due = worked.due_date
        assert due is not None
        assert obligor_payments(programme_id=programme_id, on=stage.programme.business_date) == []
        [payment] = obligor_payments(programme_id=programme_id, on=due)
        assert payment.amount_minor == 100_000_000
        assert payment.invoice_no == WORKED_INVOICE_NO
        assert (
            payment.account
            == incoming_from(party_id=stage.cast.party_ids["1000"], amount_minor=1, text="").account
        )
        assert obligor_payments(programme_id=programme_id, on=due, late=(WORKED_INVOICE_NO,)) == []
