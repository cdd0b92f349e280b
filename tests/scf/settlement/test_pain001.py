"""The payment file: structure in the standard's order, sums, hash, and nothing masked."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from scf.settlement.pain001 import (
    NAMESPACE,
    PaymentFile,
    PaymentOrder,
    PaymentParty,
    payment_file_write,
)

AT = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)
ESCROW = PaymentParty("活水平台托管户", "6222000000000926", "工商银行上海分行", "102290000000")
SUPPLIER = PaymentParty("澄岳注塑有限公司", "6217001180012344471", "建设银行", "CCBKCNBJXXX")
ORDERS = (
    PaymentOrder("HS1B2N1", SUPPLIER, 93_581_346, "供应链应付款 HS1B2N1"),
    PaymentOrder("HS1B2N2", ESCROW, 138_654),
)


def written(orders: tuple[PaymentOrder, ...] = ORDERS) -> PaymentFile:
    return payment_file_write(
        message_id="HS1B2",
        debtor=ESCROW,
        orders=orders,
        execution_date=date(2026, 3, 18),
        created_at=AT,
    )


def tree() -> etree._Element:
    return etree.fromstring(written().content)


def text(path: str) -> str | None:
    return tree().findtext("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))


def tags(path: str) -> list[str]:
    node = tree().find("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))
    assert node is not None
    return [etree.QName(child).localname for child in node]


def test_the_header_counts_and_sums_everything() -> None:
    assert tree().tag == f"{{{NAMESPACE}}}Document"
    assert text("CstmrCdtTrfInitn/GrpHdr/MsgId") == "HS1B2"
    assert text("CstmrCdtTrfInitn/GrpHdr/NbOfTxs") == "2"
    assert text("CstmrCdtTrfInitn/GrpHdr/CtrlSum") == "937200.00"
    assert text("CstmrCdtTrfInitn/PmtInf/CtrlSum") == "937200.00"
    assert text("CstmrCdtTrfInitn/GrpHdr/CreDtTm") == "2026-03-18T09:30:00Z"


def test_elements_stand_in_the_standards_order() -> None:
    assert tags("CstmrCdtTrfInitn/GrpHdr") == ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
    assert tags("CstmrCdtTrfInitn/PmtInf") == [
        "PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "ReqdExctnDt",
        "Dbtr", "DbtrAcct", "DbtrAgt", "CdtTrfTxInf", "CdtTrfTxInf",
    ]  # fmt: skip
    assert tags("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf") == [
        "PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf",
    ]  # fmt: skip


def test_account_numbers_are_whole_and_amounts_are_yuan() -> None:
    first = "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"
    assert text(f"{first}/CdtrAcct/Id/Othr/Id") == "6217001180012344471"
    assert text(f"{first}/Amt/InstdAmt") == "935813.46"
    assert text(f"{first}/PmtId/EndToEndId") == "HS1B2N1"
    amount = tree().find(f".//{{{NAMESPACE}}}InstdAmt")
    assert amount is not None
    assert amount.get("Ccy") == "CNY"


def test_a_bank_is_named_by_bic_or_by_its_clearing_number() -> None:
    assert text("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI") == "CCBKCNBJXXX"
    debtor = "CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/ClrSysMmbId"
    assert text(f"{debtor}/MmbId") == "102290000000"
    assert text(f"{debtor}/ClrSysId/Cd") == "CNAPS"


def test_the_same_batch_is_the_same_bytes() -> None:
    first, again = written(), written()
    assert first == again
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    assert (first.count, first.control_sum_minor) == (2, 93_720_000)


@pytest.mark.parametrize(
    "orders",
    [
        (),
        (ORDERS[0], ORDERS[0]),
        (PaymentOrder("HS1B2N1", SUPPLIER, 0),),
    ],
)
def test_nonsense_is_the_callers_mistake(orders: tuple[PaymentOrder, ...]) -> None:
    with pytest.raises(ValueError, match="distinct and above zero"):
        written(orders)
