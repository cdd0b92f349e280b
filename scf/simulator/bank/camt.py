"""Write a statement as camt.053.001.08 (ISO 20022). Pure."""

from __future__ import annotations

from typing import Any

from lxml import etree

from scf.simulator.bank.values import Entry, Statement

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def camt053_render(*, statement: Statement) -> bytes:
    """The statement as UTF-8 XML; refused payments are entries with status INFO."""
    root = etree.Element("Document", {"xmlns": _NAMESPACE})
    body = etree.SubElement(root, "BkToCstmrStmt")
    issued = f"{statement.day.isoformat()}T20:00:00+08:00"
    header = etree.SubElement(body, "GrpHdr")
    _add(header, "MsgId", f"STMT-{statement.number}")
    _add(header, "CreDtTm", issued)
    node = etree.SubElement(body, "Stmt")
    _add(node, "Id", statement.number)
    _add(node, "CreDtTm", issued)
    period = etree.SubElement(node, "FrToDt")
    _add(period, "FrDtTm", f"{statement.day.isoformat()}T00:00:00+08:00")
    _add(period, "ToDtTm", f"{statement.day.isoformat()}T23:59:59+08:00")
    account = etree.SubElement(node, "Acct")
    _add(account, "Id/Othr/Id", statement.account.number)
    _add(account, "Ccy", statement.account.currency)
    _add(account, "Nm", statement.account.holder_name)
    _balance_add(node, code="OPBD", minor=statement.opening_minor, statement=statement)
    _balance_add(node, code="CLBD", minor=statement.closing_minor, statement=statement)
    for entry in statement.entries:
        _entry_add(node, entry=entry, statement=statement)
    rendered: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return rendered


def _entry_add(parent: Any, *, entry: Entry, statement: Statement) -> None:
    node = etree.SubElement(parent, "Ntry")
    _add(node, "NtryRef", entry.reference)
    _amount_add(node, minor=entry.amount_minor, currency=statement.account.currency)
    _add(node, "Sts/Cd", "BOOK" if entry.is_booked else "INFO")
    _add(node, "BookgDt/Dt", statement.day.isoformat())
    _add(node, "ValDt/Dt", statement.day.isoformat())
    _add(node, "AcctSvcrRef", entry.reference)
    details = etree.SubElement(etree.SubElement(node, "NtryDtls"), "TxDtls")
    _add(details, "Refs/EndToEndId", entry.end_to_end_id or "NOTPROVIDED")
    side = "Dbtr" if entry.amount_minor > 0 else "Cdtr"
    parties = etree.SubElement(details, "RltdPties")
    _add(parties, f"{side}/Pty/Nm", entry.name)
    _add(parties, f"{side}Acct/Id/Othr/Id", entry.account)
    remittance = etree.SubElement(details, "RmtInf")
    _add(remittance, "Ustrd", entry.text)
    if entry.invoice_no:
        _add(remittance, "Strd/RfrdDocInf/Nb", entry.invoice_no)
    if entry.failure:
        returned = etree.SubElement(details, "RtrInf")
        _add(returned, "Rsn/Cd", "AC04")
        _add(returned, "AddtlInf", entry.failure)


def _balance_add(parent: Any, *, code: str, minor: int, statement: Statement) -> None:
    node = etree.SubElement(parent, "Bal")
    _add(node, "Tp/CdOrPrtry/Cd", code)
    _amount_add(node, minor=minor, currency=statement.account.currency)
    _add(node, "Dt/Dt", statement.day.isoformat())


def _amount_add(parent: Any, *, minor: int, currency: str) -> None:
    amount = _add(parent, "Amt", f"{abs(minor) // 100}.{abs(minor) % 100:02d}")
    amount.set("Ccy", currency)
    _add(parent, "CdtDbtInd", "DBIT" if minor < 0 else "CRDT")


def _add(parent: Any, path: str, text: str) -> Any:
    for name in path.split("/"):
        parent = etree.SubElement(parent, name)
    parent.text = text
    return parent
