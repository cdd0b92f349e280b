from __future__ import annotations

from lxml import etree

from scf.simulator.bank.camt import camt053_render
from tests.scf.simulator.bank.scenes import ESCROW, statement


def test_balances_and_booked_entries_add_up() -> None:
    root = etree.fromstring(camt053_render(statement=statement()))
    opening, closing = (node.findtext("{*}Amt") for node in root.iter("{*}Bal"))
    assert (opening, closing) == ("0.00", "564186.54")
    booked = sum(
        int((node.findtext("{*}Amt") or "").replace(".", ""))
        * (1 if node.findtext("{*}CdtDbtInd") == "CRDT" else -1)
        for node in root.iter("{*}Ntry")
        if node.findtext("{*}Sts/{*}Cd") == "BOOK"
    )
    assert booked == 56_418_654
    assert root.findtext(".//{*}Acct/{*}Id/{*}Othr/{*}Id") == ESCROW.number


def test_a_refused_payment_carries_its_reason() -> None:
    root = etree.fromstring(camt053_render(statement=statement()))
    entry = list(root.iter("{*}Ntry"))[-1]
    assert entry.findtext("{*}Sts/{*}Cd") == "INFO"
    assert entry.findtext(".//{*}EndToEndId") == "HS1B1N2"
    assert entry.findtext(".//{*}RtrInf/{*}AddtlInf") == "收款账户已销户"


def test_the_payer_and_the_invoice_are_told() -> None:
    root = etree.fromstring(camt053_render(statement=statement()))
    entry = list(root.iter("{*}Ntry"))[1]
    assert entry.findtext(".//{*}DbtrAcct/{*}Id/{*}Othr/{*}Id") == "6852"
    assert entry.findtext(".//{*}RfrdDocInf/{*}Nb") == "INV-2511-0954"
