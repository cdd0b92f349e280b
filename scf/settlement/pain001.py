"""Payouts as a pain.001.001.09 file (CustomerCreditTransferInitiation). Pure.

Source: ISO 20022 message definition report "Payments Initiation", maintenance 2019. The same
batch gives the same bytes; the bank refuses a second file with the same message id.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_NAME_LENGTH = 140


@dataclass(frozen=True, slots=True)
class PaymentParty:
    """Who is debited or credited: the account's holder, its bank and its full number."""

    name: str
    number: str
    bank_name: str
    bank_code: str = ""  # BIC or CNAPS


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """One credit transfer; the amount is in the currency's minor unit."""

    end_to_end_id: str
    payee: PaymentParty
    amount_minor: int
    remittance: str = ""


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """What goes to the bank, with what proves it unchanged."""

    filename: str
    content: bytes
    sha256: str
    count: int
    control_sum_minor: int


def payment_file_write(
    *,
    message_id: str,
    debtor: PaymentParty,
    orders: Sequence[PaymentOrder],
    execution_date: date,
    created_at: datetime,
    currency: str = "CNY",
) -> PaymentFile:
    """The file for one batch. Raises ValueError without orders, for an amount that is not
    above zero, or for a doubled end-to-end id: the caller made it so."""
    ids = {order.end_to_end_id for order in orders}
    if not orders or len(ids) != len(orders) or min(each.amount_minor for each in orders) <= 0:
        raise ValueError("orders must be distinct and above zero")
    total = sum(order.amount_minor for order in orders)
    root = etree.Element("Document", {"xmlns": NAMESPACE})
    body = _add(root, "CstmrCdtTrfInitn")
    header = _add(body, "GrpHdr")
    _add(header, "MsgId", message_id)
    _add(header, "CreDtTm", created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", str(len(orders)))
    _add(header, "CtrlSum", _amount(total))
    _add(_add(header, "InitgPty"), "Nm", debtor.name[:_NAME_LENGTH])
    payment = _add(body, "PmtInf")
    _add(payment, "PmtInfId", message_id)
    _add(payment, "PmtMtd", "TRF")
    _add(payment, "BtchBookg", "false")  # one booking each, so that every payout is confirmed
    _add(payment, "NbOfTxs", str(len(orders)))
    _add(payment, "CtrlSum", _amount(total))
    _add(_add(payment, "ReqdExctnDt"), "Dt", execution_date.isoformat())
    _add(_add(payment, "Dbtr"), "Nm", debtor.name[:_NAME_LENGTH])
    _account(payment, "DbtrAcct", debtor, currency)
    _agent(payment, "DbtrAgt", debtor)
    for order in orders:
        _order(payment, order, currency)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return PaymentFile(
        filename=f"{message_id}.pain.001.xml",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        count=len(orders),
        control_sum_minor=total,
    )


def _order(payment: etree._Element, order: PaymentOrder, currency: str) -> None:
    node = _add(payment, "CdtTrfTxInf")
    _add(_add(node, "PmtId"), "EndToEndId", order.end_to_end_id)
    amount = _add(_add(node, "Amt"), "InstdAmt", _amount(order.amount_minor))
    amount.set("Ccy", currency)
    _agent(node, "CdtrAgt", order.payee)
    _add(_add(node, "Cdtr"), "Nm", order.payee.name[:_NAME_LENGTH])
    _account(node, "CdtrAcct", order.payee)
    if order.remittance:
        _add(_add(node, "RmtInf"), "Ustrd", order.remittance[:_NAME_LENGTH])


def _agent(parent: etree._Element, tag: str, party: PaymentParty) -> None:
    institution = _add(_add(parent, tag), "FinInstnId")
    if _BIC.fullmatch(party.bank_code):
        _add(institution, "BICFI", party.bank_code)
    elif party.bank_code:
        clearing = _add(institution, "ClrSysMmbId")
        _add(_add(clearing, "ClrSysId"), "Cd", "CNAPS")
        _add(clearing, "MmbId", party.bank_code)
    _add(institution, "Nm", party.bank_name[:_NAME_LENGTH])


def _account(parent: etree._Element, tag: str, party: PaymentParty, currency: str = "") -> None:
    account = _add(parent, tag)
    _add(_add(_add(account, "Id"), "Othr"), "Id", party.number)
    if currency:
        _add(account, "Ccy", currency)


def _add(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    node = etree.SubElement(parent, tag)
    node.text = text
    return node


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
