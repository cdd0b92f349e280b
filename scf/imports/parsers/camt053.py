"""camt.053 (BankToCustomerStatement), versions 001.01 and later, into StatementInput. Pure.

Source: ISO 20022 message definition report "Bank-to-Customer Cash Management". Namespaces are
ignored, so that every version reads alike; entities, DTDs and the network are off. Only booked
entries count; an informational (INFO) one that carries return information is the bank's refusal
of a payment. A batch entry with a detail for every transaction becomes one entry each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from ledger.errors import DomainError
from ledger.money import parse_minor
from scf.settlement.values import (
    EntryInput,
    PaymentResultInput,
    RemittanceReference,
    StatementInput,
)

_NAMESPACE = re.compile(r"camt\.\d{3}\.\d{3}\.\d{2}")
_BODIES = {"BkToCstmrAcctRpt": "camt.052", "BkToCstmrDbtCdtNtfctn": "camt.054"}
_OPENING = ("OPBD", "PRCD", "ITBD")
_CLOSING = ("CLBD", "ITBD")
_SCALES = {"JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3, "TND": 3, "OMR": 3, "JOD": 3}
_YEARS = range(1990, 2100)
_NOT_GIVEN = {"NOTPROVIDED", "NONREF"}


def camt053_parse(*, content: bytes) -> tuple[StatementInput, ...]:
    """Every statement of the file; amounts in minor units of the account's currency.

    Raises DomainError settlement.file_unreadable, file_entities, file_kind, file_empty,
    cell_invalid, amount_absurd: a file is read as a whole or refused, never in part.
    """
    document, name = _document(content)
    body = document.find("BkToCstmrStmt")
    if body is None:
        found = next((kind for tag, kind in _BODIES.items() if document.find(tag) is not None), "")
        raise DomainError("settlement.file_kind", found=found or name or "XML")
    statements = tuple(_statement(node, name) for node in body.findall("Stmt"))
    if not statements:
        raise DomainError("settlement.file_empty")
    return statements


def _document(content: bytes) -> tuple[etree._Element, str]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise DomainError(
            "settlement.file_unreadable", place=f"line {line}", detail=str(error.msg)[:120]
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DomainError("settlement.file_entities")
    found = _NAMESPACE.search(str(etree.QName(root).namespace or ""))
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root, found.group() if found else "camt.053"


def _statement(node: etree._Element, name: str) -> StatementInput:
    opening, closing = _balance(node, _OPENING, last=False), _balance(node, _CLOSING, last=True)
    currency = _currency(node, opening, closing)
    to_date = (
        _date(closing, "Dt")
        or _date(node, "FrToDt", tag="ToDt")
        or _date(node, "CreDtTm")
        or _date(opening, "Dt")
    )
    if to_date is None:
        raise _invalid(node, "Bal/Dt", "")
    entries: list[EntryInput] = []
    results: list[PaymentResultInput] = []
    for entry in node.findall("Ntry"):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK"
        if status == "BOOK":
            entries.extend(_entries(entry, currency, to_date))
        elif status == "INFO":
            results.extend(_results(entry, currency))
    # A bank that books past its own closing date is believed entry by entry.
    return StatementInput(
        account_number=_account_id(node.find("Acct")),
        currency=currency,
        number=_text(node, "Id") or _text(node, "ElctrncSeqNb"),
        from_date=min((entry.booking_date for entry in entries), default=to_date),
        to_date=max([to_date, *(entry.booking_date for entry in entries)]),
        opening_minor=_balance_minor(opening, currency),
        closing_minor=_balance_minor(closing, currency),
        entries=tuple(entries),
        results=tuple(results),
        format=name,
    )


def _entries(node: etree._Element, currency: str, to_date: date) -> Iterator[EntryInput]:
    amount = _signed(node, node, currency)
    if amount == 0:  # moves nothing: some banks announce conditions so
        return
    details = node.findall("NtryDtls/TxDtls")
    parts = _parts(node, details, currency)
    if parts is not None and sum(parts) == amount:
        for number, (detail, part) in enumerate(zip(details, parts, strict=True), start=1):
            yield _entry(node, [detail], part, to_date, suffix=f"#{number}")
    else:
        yield _entry(node, details, amount, to_date)


def _parts(node: etree._Element, details: list[etree._Element], currency: str) -> list[int] | None:
    """The signed amounts of a batch's transactions, when every one states its own."""
    if len(details) < 2:
        return None
    parts = []
    for detail in details:
        paid = detail.find("Amt")
        if paid is None:
            paid = detail.find("AmtDtls/TxAmt/Amt")
        if paid is None or paid.get("Ccy") != currency:
            return None
        parts.append(_sign(detail, _sign_of(node)) * _minor(paid, currency))
    return parts if all(parts) else None


def _entry(
    node: etree._Element,
    details: list[etree._Element],
    amount: int,
    to_date: date,
    suffix: str = "",
) -> EntryInput:
    booking_date = _date(node, "BookgDt") or to_date
    detail = details[0] if len(details) == 1 else None
    reference = _text(node, "AcctSvcrRef")
    name, account = _counterparty(detail, is_credit=amount > 0)
    return EntryInput(
        amount_minor=amount,
        booking_date=booking_date,
        value_date=_date(node, "ValDt") or booking_date,
        bank_reference=reference + suffix if reference else _given(detail, "Refs/AcctSvcrRef"),
        remittance=_remittance(node, details),
        references=tuple(_references(details)),
        counterparty_name=name,
        counterparty_account=account,
        end_to_end_id=_given(detail, "Refs/EndToEndId"),
        batch_reference=_text(node, "NtryDtls/Btch/PmtInfId"),
        place=_place(node if detail is None else detail),
    )


def _results(node: etree._Element, currency: str) -> Iterator[PaymentResultInput]:
    for detail in node.findall("NtryDtls/TxDtls"):
        end_to_end_id = _given(detail, "Refs/EndToEndId")
        code = _text(detail, "RtrInf/Rsn/Cd") or _text(detail, "RtrInf/Rsn/Prtry")
        if end_to_end_id and code:
            paid = detail.find("Amt")
            yield PaymentResultInput(
                end_to_end_id=end_to_end_id,
                reason_code=code,
                reason=" ".join(_texts(detail, "RtrInf/AddtlInf")),
                amount_minor=_minor(node.find("Amt") if paid is None else paid, currency),
                place=_place(detail),
            )


def _counterparty(detail: etree._Element | None, *, is_credit: bool) -> tuple[str, str]:
    if detail is None:
        return "", ""
    side = "Dbtr" if is_credit else "Cdtr"
    for path in (f"{side}/Nm", f"{side}/Pty/Nm", f"Ultmt{side}/Nm", f"Ultmt{side}/Pty/Nm"):
        name = _text(detail, f"RltdPties/{path}")
        if name:
            break
    return name, _account_id(detail.find(f"RltdPties/{side}Acct"))


def _remittance(node: etree._Element, details: list[etree._Element]) -> str:
    lines = [text for detail in details for text in _texts(detail, "RmtInf/Ustrd")]
    if not lines:
        lines = [text for detail in details for text in _texts(detail, "AddtlTxInf")]
    return " ".join(lines or _texts(node, "AddtlNtryInf"))


def _references(details: list[etree._Element]) -> Iterator[RemittanceReference]:
    for block in (block for detail in details for block in detail.findall("RmtInf/Strd")):
        documents = block.findall("RfrdDocInf")
        paid = block.find("RfrdDocAmt/RmtdAmt")
        for document in documents:
            number = _text(document, "Nb")
            if number:
                # One amount for several documents says nothing about each.
                alone = paid is not None and len(documents) == 1
                yield RemittanceReference(
                    number,
                    _minor(paid, str(paid.get("Ccy"))) if alone and paid is not None else None,
                )
        creditor = _text(block, "CdtrRefInf/Ref")
        if creditor and not documents:
            yield RemittanceReference(creditor)


def _balance(node: etree._Element, codes: tuple[str, ...], *, last: bool) -> etree._Element | None:
    for code in codes:
        found = [each for each in node.findall("Bal") if _text(each, "Tp/CdOrPrtry/Cd") == code]
        if found:
            return found[-1 if last else 0]
    return None


def _balance_minor(balance: etree._Element | None, currency: str) -> int | None:
    paid = None if balance is None else balance.find("Amt")
    if balance is None or paid is None or paid.get("Ccy") != currency:
        return None
    return _signed(balance, balance, currency)


def _currency(node: etree._Element, *balances: etree._Element | None) -> str:
    stated = _text(node, "Acct/Ccy")
    for place in (*balances, node.find("Ntry")):
        paid = None if place is None else place.find("Amt")
        if not stated and paid is not None:
            stated = str(paid.get("Ccy") or "")
    return stated


def _signed(holder: etree._Element, place: etree._Element, currency: str) -> int:
    paid = holder.find("Amt")
    if paid is None or (paid.get("Ccy") or currency) != currency:
        raise _invalid(place, "Amt@Ccy", "" if paid is None else str(paid.get("Ccy")))
    return _sign_of(holder) * _minor(paid, currency)


def _sign_of(node: etree._Element) -> int:
    stated = _text(node, "CdtDbtInd")
    if stated not in ("CRDT", "DBIT"):
        raise _invalid(node, "CdtDbtInd", stated)
    return 1 if stated == "CRDT" else -1


def _sign(detail: etree._Element, default: int) -> int:
    return _sign_of(detail) if _text(detail, "CdtDbtInd") else default


def _minor(paid: etree._Element | None, currency: str) -> int:
    text = "" if paid is None else (paid.text or "").strip()
    try:
        minor = parse_minor(text, scale=_SCALES.get(currency, 2))
    except DomainError as error:
        raise DomainError(
            "settlement.amount_absurd", place="" if paid is None else _place(paid), value=text[:40]
        ) from error
    if minor < 0:  # the indicator carries the sign
        raise DomainError(
            "settlement.amount_absurd", place="" if paid is None else _place(paid), value=text[:40]
        )
    return minor


def _date(node: etree._Element | None, path: str, tag: str = "Dt") -> date | None:
    if node is None:
        return None
    text = _text(node, f"{path}/{tag}") or _text(node, f"{path}/{tag}Tm") or _text(node, path)
    if not text:
        return None
    try:
        found = date.fromisoformat(text[:10])
    except ValueError as error:
        raise _invalid(node, path, text) from error
    if found.year not in _YEARS:
        raise _invalid(node, path, text)
    return found


def _account_id(account: etree._Element | None) -> str:
    if account is None:
        return ""
    stated = _text(account, "Id/IBAN") or _text(account, "Id/Othr/Id")
    return re.sub(r"\s", "", stated)


def _given(node: etree._Element | None, path: str) -> str:
    stated = "" if node is None else _text(node, path)
    return "" if stated.upper() in _NOT_GIVEN else stated


def _text(node: etree._Element, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _texts(node: etree._Element, path: str) -> list[str]:
    return [text for found in node.findall(path) if (text := (found.text or "").strip())]


def _place(node: etree._Element) -> str:
    return str(node.getroottree().getpath(node))


def _invalid(node: etree._Element, column: str, value: str) -> DomainError:
    return DomainError(
        "settlement.cell_invalid", place=_place(node), column=column, value=value[:40]
    )
