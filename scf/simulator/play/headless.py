"""Whole lives from quote to redemption without a visitor: what ``bin/demo --once`` runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger.errors import InvariantViolated
from ledger.queries import balance_get
from ledger.values import AccountRef
from scf.financing.queries import claims_list
from scf.financing.terms import AllocationRule
from scf.journeys.founding import terms_adopt
from scf.journeys.paying import payout_reissue, payouts_prepare
from scf.journeys.verifying import book_prove
from scf.journeys.withdrawing import withdrawal_request
from scf.network.values import party_ref
from scf.products.lifecycle import OFFERING
from scf.products.queries import SeriesFacts, series_get, series_list
from scf.settlement.queries import entries_list, payouts_list
from scf.simulator.bank.desk import ACCOUNT_CLOSED
from scf.simulator.bank.values import Instruction
from scf.simulator.play.cast import TERMS
from scf.simulator.play.lives import bid_shares, day_pass, issued, listed
from scf.simulator.play.picks import receivable_named
from scf.simulator.play.stage import Stage
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import WORKED_INVOICE_NO
from scf.trade.values import ReceivableFacts

PRO_RATA, UNDERSUBSCRIBED = "INV-2603-0391", "INV-2603-0377"
REJECTED, LATE = "INV-2602-0312", "INV-2602-0266"
INVESTORS = ("investor", "investor2", "investor3")
DEPOSIT_MINOR = 300_000_000
LATE_UNTIL = date(2026, 5, 25)
LAST_DATE = date(2026, 6, 17)
OFFERING_STATES = tuple(OFFERING.table)
_OVERSUBSCRIBED = {"investor": 600, "investor2": 600, "investor3": 300}
_TOO_FEW = {"investor": 250, "investor2": 150}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the books and the tables say when all lives are over; money in minor units."""

    business_date: date
    stages: Mapping[str, Mapping[str, int]]
    money_in_minor: int
    money_out_minor: int
    escrow_minor: int
    ledger_verified: bool
    proofs: Mapping[str, bool]


class Headless:
    """Five lives side by side: plain, pro rata, too few bids, payout refused, payer late."""

    def __init__(self, *, stage: Stage, say: Say) -> None:
        self.stage = stage
        self.say = say

    def play(self) -> Outcome:
        """From the opening date to the last withdrawal."""
        self.stage.deposit(amounts=[(name, DEPOSIT_MINOR) for name in INVESTORS])
        pro_rata = self._opening()
        self._days_until(pro_rata.deadline_date or LAST_DATE)
        day_pass(stage=self.stage)
        self._expect(series_id=pro_rata.id, state="funded")
        self.stage.close(series_id=pro_rata.id)
        self.say("按比例配售的一期已交割")
        self._days_until(LAST_DATE)
        self._withdraw_all()
        return outcome_read(stage=self.stage)

    def _opening(self) -> SeriesFacts:
        """All five are offered on the first day; returns the one with too many bids."""
        worked = self._listed(WORKED_INVOICE_NO)
        for name, units in zip(INVESTORS, (5_000, 3_000, 1_372), strict=True):
            self.stage.bid(series_id=worked.id, investor=name, units=units)
        self.stage.close(series_id=worked.id)
        issued(stage=self.stage, supplier=FEATURED_CODE, receivable=self._receivable(LATE))
        self.stage.payouts_sign()
        self.stage.bank_day()
        self._payout_refused()
        few = self._listed(UNDERSUBSCRIBED)
        bid_shares(stage=self.stage, series=few, shares=_TOO_FEW)
        self._terms(AllocationRule.PRO_RATA)
        pro_rata = self._listed(PRO_RATA)
        bid_shares(stage=self.stage, series=pro_rata, shares=_OVERSUBSCRIBED)
        self._terms(AllocationRule.FIRST_COME)
        self.say("五笔应收款已上架")
        return pro_rata

    def _payout_refused(self) -> None:
        """The bank refuses the money; it goes out again under a new instruction."""
        issued(stage=self.stage, supplier=FEATURED_CODE, receivable=self._receivable(REJECTED))
        self.stage.payouts_sign()
        self.stage.bank_day(reject=_refuse_all, as_sheet=True)
        refused = payouts_list(scope=self.stage.desk(), state="rejected")
        if not refused:
            raise InvariantViolated("the bank refused a payout and nobody noticed")
        for payout in refused:
            payout_reissue(
                actor=self.stage.actor("ops"), payout_id=payout.id, at=self.stage.clock()
            )
        self.stage.payouts_sign()
        self.stage.bank_day()
        self.say(f"被银行退回的 {len(refused)} 笔付款已重新指令")

    def _days_until(self, last: date) -> None:
        while (today := self.stage.programme.business_date) < last:
            day_pass(stage=self.stage, late=(LATE,) if today < LATE_UNTIL else ())

    def _withdraw_all(self) -> None:
        """Every investor takes its cash home."""
        programme = self.stage.programme
        for name in INVESTORS:
            actor = self.stage.actor(name)
            available = balance_get(
                ref=AccountRef(
                    code="available", asset=programme.currency, owner=party_ref(actor.party_id or 0)
                ),
                book=programme.book,
            )
            withdrawal_request(
                actor=actor,
                amount_minor=available.free,
                key=f"demo-{name}",
                at=self.stage.clock(),
            )
        payouts_prepare(
            programme_id=programme.id, actor=self.stage.actor("ops"), at=self.stage.clock()
        )
        day_pass(stage=self.stage)

    def _terms(self, allocation: AllocationRule) -> None:
        terms_adopt(
            programme_id=self.stage.cast.programme_id,
            terms=replace(TERMS, allocation=allocation),
            at=self.stage.clock(),
        )

    def _receivable(self, invoice_no: str) -> ReceivableFacts:
        return receivable_named(cast=self.stage.cast, supplier=FEATURED_CODE, invoice_no=invoice_no)

    def _listed(self, invoice_no: str) -> SeriesFacts:
        return listed(
            stage=self.stage,
            supplier=FEATURED_CODE,
            receivable=self._receivable(invoice_no),
        )

    def _expect(self, *, series_id: int, state: str) -> None:
        found = series_get(series_id=series_id).state
        if found != state:
            raise InvariantViolated(f"series {series_id} is {found}, not {state}")


def outcome_read(*, stage: Stage) -> Outcome:
    """Counts per stage, money in and out, and whether the book proves itself."""
    programme, desk = stage.programme, stage.desk()
    entries = [entry.amount_minor for entry in entries_list(scope=desk)]
    report = book_prove(programme_id=programme.id)
    escrow = balance_get(
        ref=AccountRef(code="bank.escrow", asset=programme.currency), book=programme.book
    )
    return Outcome(
        business_date=programme.business_date,
        stages={
            "claims": _counted(row.state for row in claims_list(scope=desk)),
            "offerings": _counted(
                row.state for row in series_list(programme_id=programme.id, states=OFFERING_STATES)
            ),
            "payouts": _counted(row.state for row in payouts_list(scope=desk)),
        },
        money_in_minor=sum(amount for amount in entries if amount > 0),
        money_out_minor=-sum(amount for amount in entries if amount < 0),
        escrow_minor=escrow.net,
        ledger_verified=report.ok,
        proofs={proof.name: proof.ok for proof in report.proofs},
    )


def _counted(states: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(states).items()))


def _refuse_all(_: Instruction) -> str:
    return ACCOUNT_CLOSED
