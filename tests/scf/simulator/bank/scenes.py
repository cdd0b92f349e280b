"""A day at the bank that the tests share."""

from __future__ import annotations

from datetime import date

from scf.simulator.bank.desk import ACCOUNT_CLOSED, statement_make
from scf.simulator.bank.values import EscrowAccount, Incoming, Instruction, Statement

ESCROW = EscrowAccount(
    number="6222000000000926", holder_name="沧澜供应链项目托管户", bank_name="临江银行"
)
DAY = date(2026, 3, 18)
DEPOSIT = Incoming(amount_minor=50_000_000, name="甲", account="6100", text="认购入金")
COLLECTION = Incoming(
    amount_minor=100_000_000,
    name="沧澜制冷电器有限公司",
    account="6852",
    text="货款 INV-2511-0954",
    invoice_no="INV-2511-0954",
)
PAID = Instruction(
    end_to_end_id="HS1B1N1", amount_minor=93_581_346, name="澄岳", account="6530", text="放款"
)
REFUSED = Instruction(
    end_to_end_id="HS1B1N2", amount_minor=138_654, name="平台", account="6999", text="平台费"
)


def statement() -> Statement:
    return statement_make(
        account=ESCROW,
        day=DAY,
        sequence=1,
        opening_minor=0,
        incoming=[DEPOSIT, COLLECTION],
        instructions=[PAID, REFUSED],
        refused={REFUSED.end_to_end_id: ACCOUNT_CLOSED},
    )
