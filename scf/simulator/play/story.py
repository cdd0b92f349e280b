"""What had happened at the demo before its first visitor: three weeks of work, day by day.

It ends on the morning of the opening date with something honest on every page: prices to look
at, a claim to confirm, an offering half full, money paid out, a payer overdue, a part payment,
a payout that the bank refused, a batch and a bank entry that wait for two people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from scf.financing.queries import ClaimFacts, claims_list, quotes_list, receivables_financed
from scf.journeys.quoting import quotes_make
from scf.network.queries import programme_get
from scf.network.values import Role, Scope
from scf.settlement.queries import statements_list
from scf.simulator.bank.desk import ACCOUNT_CLOSED
from scf.simulator.bank.values import Incoming, Instruction
from scf.simulator.play.banker import incoming_from, obligor_payments
from scf.simulator.play.cast import SUPPLIER_LIMIT_MINOR
from scf.simulator.play.desk import evening_leave
from scf.simulator.play.lives import bid_shares, day_pass, issued, listed, sold
from scf.simulator.play.picks import receivable_named
from scf.simulator.play.stage import Stage
from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import STORY_INVOICES, WORKED_INVOICE_NO
from scf.trade.queries import receivables_get
from scf.trade.values import ReceivableFacts

STORY_START = date(2026, 2, 25)
OPENING = date(2026, 3, 18)
DEPOSITS = (("investor", 800_000_000), ("investor2", 500_000_000), ("investor3", 300_000_000))
PACKAGING, MOTORS, COMPRESSORS, SHEET_METAL = "100407", "100555", "100618", "100702"
_UNDERSUBSCRIBED = {"investor": 250, "investor2": 150}
_OPEN_SHARES = {"investor": 400, "investor2": 320}

Say = Callable[[str], None]


class Story:
    """Plays the days up to the opening; a day's steps that were done are not done again."""

    def __init__(self, *, stage: Stage, say: Say) -> None:
        self.stage = stage
        self.say = say
        self._days: Mapping[date, Callable[[], None]] = {
            STORY_START: self._first_day,
            date(2026, 2, 27): self._panels,
            date(2026, 3, 9): self._motors_offer,
            date(2026, 3, 12): self._control_boxes,
            date(2026, 3, 17): self._eve,
        }

    def play_days(self) -> None:
        """Up to the morning of the opening date."""
        while (today := self.stage.programme.business_date) < OPENING:
            self.say(f"营业日 {today}")
            self._days.get(today, _nothing)()
            day_pass(stage=self.stage, late=self._late())

    def _first_day(self) -> None:
        """Investors pay in; one short life that will be paid, one whose obligor will be late."""
        if not statements_list(scope=self.stage.desk()):
            self.stage.deposit(amounts=DEPOSITS)
        self._issue(self._featured("INV-2511-0954"))
        self._issue(self._other(PACKAGING), supplier=PACKAGING)

    def _panels(self) -> None:
        self._issue(self._featured("INV-2601-0122"))

    def _motors_offer(self) -> None:
        """An offering that too few want: it lapses on its last day."""
        motors = self._other(MOTORS)
        if not self._claims(MOTORS):
            series = listed(stage=self.stage, supplier=MOTORS, receivable=motors)
            bid_shares(stage=self.stage, series=series, shares=_UNDERSUBSCRIBED)

    def _control_boxes(self) -> None:
        """One payout that arrives, and one that the bank refuses."""
        self._issue(self._featured("INV-2601-0187"))
        self._issue(self._other(SHEET_METAL), supplier=SHEET_METAL)
        self.stage.payouts_sign()
        payee = self.stage.cast.party_ids[SHEET_METAL]
        account = incoming_from(party_id=payee, amount_minor=1, text="").account
        self.stage.bank_day(reject=lambda item: _refusal(item, account=account), as_sheet=True)

    def _eve(self) -> None:
        """An offering that is still open, seven tenths full."""
        receivable = self._featured("INV-2602-0266")
        if self._is_financed(receivable):
            return
        series = listed(stage=self.stage, supplier=FEATURED_CODE, receivable=receivable)
        bid_shares(stage=self.stage, series=series, shares=_OPEN_SHARES)

    def play_opening(self) -> None:
        """What waits for the first visitors, once the last weeks' documents are in."""
        self._issue(self._other(COMPRESSORS), supplier=COMPRESSORS)
        panels = self._featured("INV-2602-0312")
        if not self._is_financed(panels):
            sold(stage=self.stage, supplier=FEATURED_CODE, receivable=panels)
            self.stage.bank_day(incoming=self._morning_money())
            evening_leave(
                programme=self.stage.programme,
                maker=self.stage.actor("risk"),
                raise_limit_of=self.stage.cast.party_ids[MOTORS],
                base_minor=2 * SUPPLIER_LIMIT_MINOR,
                at=self.stage.clock(),
            )
        quotes_make(
            actor=self.stage.actor("supplier"),
            receivable_ids=[self._featured(WORKED_INVOICE_NO).id],
            at=self.stage.clock(),
        )

    def _morning_money(self) -> list[Incoming]:
        """Sixty percent of what is late, and fifty thousand from nobody knows whom."""
        part_payers = self._invoices(SHEET_METAL)
        paid_in_part = [
            replace(item, amount_minor=item.amount_minor * 6 // 10)
            for item in obligor_payments(
                programme_id=self.stage.cast.programme_id, on=OPENING + timedelta(days=60)
            )
            if item.invoice_no in part_payers
        ]
        stray = Incoming(
            amount_minor=5_000_000, name="", account="", text="转存 000917", bank_name=""
        )
        return [*paid_in_part, stray]

    def _featured(self, invoice_no: str) -> ReceivableFacts:
        return receivable_named(cast=self.stage.cast, supplier=FEATURED_CODE, invoice_no=invoice_no)

    def _other(self, supplier: str) -> ReceivableFacts:
        return receivable_named(
            cast=self.stage.cast, supplier=supplier, invoice_no=STORY_INVOICES[supplier]
        )

    def _issue(self, receivable: ReceivableFacts, *, supplier: str = FEATURED_CODE) -> None:
        if not self._is_financed(receivable):
            issued(stage=self.stage, supplier=supplier, receivable=receivable)

    def _is_financed(self, receivable: ReceivableFacts) -> bool:
        return bool(
            receivables_financed(
                programme_id=self.stage.cast.programme_id, receivable_ids=[receivable.id]
            )
        )

    def _claims(self, supplier: str) -> list[ClaimFacts]:
        """The supplier's claims, whatever became of them."""
        party_id = self.stage.cast.party_ids[supplier]
        return [row for row in claims_list(scope=self.stage.desk()) if row.supplier_id == party_id]

    def _invoices(self, supplier: str) -> set[str]:
        return {claim.invoice_number for claim in self._claims(supplier)}

    def _late(self) -> set[str]:
        """The invoices whose obligor lets them wait."""
        return self._invoices(PACKAGING) | self._invoices(SHEET_METAL)


def story_is_told(*, programme_id: int) -> bool:
    """Whether the last scene was played: the worked invoice has been quoted, or days went on."""
    if programme_get(programme_id=programme_id).business_date != OPENING:
        return programme_get(programme_id=programme_id).business_date > OPENING
    scope = Scope(programme_id=programme_id, role=Role.OPERATIONS, party_ids=None)
    quoted = receivables_get(
        receivable_ids=[quote.receivable_id for quote in quotes_list(scope=scope)]
    )
    return any(row.invoice_number == WORKED_INVOICE_NO for row in quoted.values())


def _nothing() -> None:
    """A day without a scene."""


def _refusal(item: Instruction, *, account: str) -> str:
    return ACCOUNT_CLOSED if item.account == account else ""
