"""Order, receipt and invoice of one receivable side by side, each amount with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scf.portals.components import Lineage
from scf.portals.figures import money, quantity, unit_price
from scf.portals.match_words import SILENT, reason_text
from scf.portals.words import DOCUMENT_KINDS
from scf.trade.queries_evidence import EvidenceLine
from scf.trade.values import ReceivableFacts

Text = str | Promise
QUANTITY = frozenset({"receipt_missing", "over_receipt", "over_order", "over_delivery_allowed"})
PRICE = frozenset(
    {"price_high", "price_low", "price_high_within_tolerance", "price_low_within_tolerance"}
)


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One line of the side-by-side table, in words. ``tone`` is the class of its check."""

    kind: Text
    number: str
    sub: Text
    on_date: date | None
    qty: str
    price: str
    amount: str
    source: Lineage | None
    check: Text
    tone: str


@dataclass(frozen=True, slots=True)
class MatchTable:
    """The rows and what follows from them, gross. Amounts in minor units."""

    rows: Sequence[MatchRow]
    state: str
    invoice_gross_minor: int
    credited_minor: int
    paid_minor: int
    financeable_minor: int


def match_table(
    receivable: ReceivableFacts,
    lines: Sequence[EvidenceLine],
    *,
    sources: Mapping[int, Lineage] | None = None,
) -> MatchTable:
    """The table of one receivable; ``sources`` are lineages by raw record."""
    rows: list[MatchRow] = []
    for kind in ("order", "receipt", "invoice"):
        found = [line for line in lines if line.kind == kind]
        if not found:
            rows.append(_missing(kind))
        rows += [_row(line, receivable, sources or {}) for line in found]
    rows += [_row(line, receivable, sources or {}) for line in lines if line.kind == "credit_note"]
    return MatchTable(
        rows=rows,
        state=receivable.match_state.value,
        invoice_gross_minor=receivable.face_minor,
        credited_minor=receivable.credited_minor,
        paid_minor=receivable.paid_minor,
        financeable_minor=receivable.financeable_minor,
    )


def _missing(kind: str) -> MatchRow:
    words = {"order": _("没有对应的订单"), "receipt": _("还没有收货"), "invoice": _("还没有发票")}
    return MatchRow(DOCUMENT_KINDS[kind], "—", "", None, "", "", "", None, words[kind], "a")


def _row(
    line: EvidenceLine, receivable: ReceivableFacts, sources: Mapping[int, Lineage]
) -> MatchRow:
    check, tone = _check(line, receivable)
    source = sources.get(line.raw_record_id) if line.raw_record_id is not None else None
    return MatchRow(
        kind=DOCUMENT_KINDS.get(line.kind, line.kind),
        number=line.number if not line.line_no else f"{line.number} / {line.line_no}",
        sub=line.item_name,
        on_date=line.on_date,
        qty=quantity(line.qty_micro) if line.qty_micro else "",
        price=unit_price(line.price_micro, per=line.price_unit) if line.price_micro else "",
        amount=money(line.amount_minor),
        source=source,
        check=check,
        tone=tone,
    )


def _check(line: EvidenceLine, receivable: ReceivableFacts) -> tuple[Text, str]:
    """What the match says of this document: its own reasons first, else that it agrees."""
    if line.kind == "credit_note":
        return _("已扣除"), "n"
    own = QUANTITY if line.kind == "receipt" else PRICE if line.kind == "invoice" else frozenset()
    reasons = [one for one in receivable.reasons if one.get("code") in own]
    if reasons:
        passes = all(str(one["code"]).endswith(("tolerance", "allowed")) for one in reasons)
        return reason_text(reasons[0]), "g" if passes else "a"
    if line.kind == "order":
        return _("已链接"), "g"
    if line.kind == "receipt":
        return _("数量内"), "g"
    others = [one for one in receivable.reasons if one.get("code") not in QUANTITY | SILENT]
    if receivable.match_state.passes or not others:
        return _("价差 0.00"), "g"
    return reason_text(others[0]), "a"
