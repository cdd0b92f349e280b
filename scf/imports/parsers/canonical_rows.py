"""One row of a canonical table to a piece of a document (parties, orders, despatches, receipts). Pure."""

from __future__ import annotations

from datetime import date

from ledger.quantity import line_minor
from scf.imports.parsers.view import RowView
from scf.imports.plan import Fact, ParsedDocument, ParsedLine, ParsedParty, Severity
from scf.trade.numbering import line_normalise
from scf.trade.units import unit_normalise
from scf.trade.values import DocumentKind, Movement

DIRECTIONS = {"purchase": "purchase", "采购": "purchase", "sales": "sales", "销售": "sales"}
_ROLES = {
    **dict.fromkeys(("obligor", "主体", "公司"), "obligor"),
    **dict.fromkeys(("supplier", "vendor", "供应商"), "supplier"),
    **dict.fromkeys(("distributor", "customer", "经销商", "客户"), "distributor"),
    **dict.fromkeys(("carrier", "承运商"), "carrier"),
    **dict.fromkeys(("firm", "企业"), "firm"),
}
_KINDS = {
    "obligor": "company",
    "supplier": "vendor",
    "distributor": "customer",
    "carrier": "vendor",
    "firm": "company",
}
_LINE_TYPES = {
    **dict.fromkeys(("standard", "标准"), "standard"),
    **dict.fromkeys(("consignment", "寄售"), "consignment"),
    **dict.fromkeys(("buy_back", "回购"), "buy_back"),
    **dict.fromkeys(("free", "免费"), "free"),
    **dict.fromkeys(("return", "退货"), "return"),
}
_LINE_STATES = {
    **dict.fromkeys(("open", "未清"), "open"),
    **dict.fromkeys(("closed", "已清", "关闭"), "closed"),
    **dict.fromkeys(("cancelled", "canceled", "取消"), "cancelled"),
}
_MOVEMENTS = {
    **dict.fromkeys(("receipt", "收货"), Movement.RECEIPT),
    **dict.fromkeys(("reversal", "冲销"), Movement.REVERSAL),
    **dict.fromkeys(("return", "退货"), Movement.RETURN),
    **dict.fromkeys(("return_reversal", "退货冲销"), Movement.RETURN_REVERSAL),
}
_PPM_MAX = 10_000_000


def party_read(view: RowView, system: str) -> ParsedParty | None:
    """A firm and the code under which the ERP knows it."""
    role = view.choice("role", _ROLES)
    code = view.key("party_code", required=True)
    name = view.text("name")
    if not name:
        view.report("name", "cell_missing")
    view.date("registered_date")
    return ParsedParty(
        source_system=view.key("source_system") or system,
        kind=_KINDS.get(role, "vendor"),
        code=code,
        name=name,
        role=role,
        tax_id=view.key("uscc"),
        city=view.text("city", limit=80),
        sector=view.text("industry", limit=80),
        legal_representative=view.text("legal_representative", limit=120),
        phone=view.text("phone", limit=40),
        address=view.text("address", limit=240),
        row=view.row,
    )


def piece(
    view: RowView,
    system: str,
    *,
    kind: DocumentKind,
    number: str,
    day: date | None,
    currency: str,
    line: ParsedLine,
    fiscal_year: int = 0,
    attributes: dict[str, Fact] | None = None,
) -> ParsedDocument | None:
    """A document with one line; None when the row is already in quarantine."""
    company = view.key("company_code", required=True)
    partner = view.key("partner_code", required=True)
    direction = view.choice("direction", DIRECTIONS, default="purchase")
    if day is None or not view.row.is_open:
        return None
    return ParsedDocument(
        kind=kind,
        direction=direction,
        source_system=view.key("source_system") or system,
        company_code=company,
        partner_code=partner,
        number=number,
        document_date=day,
        currency=currency,
        lines=[line],
        rows=[view.row],
        fiscal_year=fiscal_year,
        attributes=attributes or {},
    )


def order_read(view: RowView, system: str) -> ParsedDocument | None:
    """A row of orders."""
    currency = view.currency("currency", default="CNY")
    quantity = view.quantity("quantity", required=True)
    price = view.price("unit_price", currency, required=True)
    per = view.integer("price_unit", low=1) or 1
    over = view.ratio("over_delivery_pct")
    line_type = view.choice("line_type", _LINE_TYPES, default="standard")
    net = view.amount("net_amount", currency)
    view.ratio("tax_rate")
    if quantity is not None and price is not None:
        value = line_minor(qty_micro=quantity, price_micro=price, price_unit=per)
        if net is not None and abs(net - value) > 1:
            view.report("net_amount", "net_differs", Severity.WARNING, expected_minor=value)
        net = value if net is None else net
        if price == 0 and line_type == "standard":
            view.report("unit_price", "price_zero", Severity.WARNING)
    _refuse_absurd(view, "net_amount", net)
    line = ParsedLine(
        line_no=line_normalise(view.key("order_line", required=True)),
        row=view.row,
        item_code=view.key("item_code"),
        item_name=view.text("item_name"),
        unit=unit_of(view),
        qty_micro=quantity or 0,
        price_micro=price,
        price_unit=per,
        net_minor=net or 0,
        line_type=line_type,
        line_state=view.choice("line_state", _LINE_STATES, default="open"),
        line_date=view.date("delivery_date"),
        over_ppm=min(over, _PPM_MAX) if over else None,
        receipt_required=view.flag("receipt_required", default=True),
    )
    found = piece(
        view,
        system,
        kind=DocumentKind.ORDER,
        number=view.key("order_no", required=True),
        day=view.date("order_date", required=True),
        currency=currency,
        line=line,
    )
    if found is not None:
        found.terms_days = view.integer("payment_days", high=3_650)
    return found


def despatch_read(view: RowView, system: str) -> ParsedDocument | None:
    """A row of despatches: goods on their way, with who carries them."""
    line = ParsedLine(
        line_no=line_normalise(view.key("despatch_line", required=True)),
        row=view.row,
        item_code=view.key("item_code"),
        item_name=view.text("item_name"),
        unit=unit_of(view),
        qty_micro=view.quantity("quantity", required=True) or 0,
        line_date=view.date("delivered_date"),
        order_number=view.key("order_no"),
        order_line_no=line_of(view, "order_line"),
    )
    names = ("carrier_code", "waybill_no", "vehicle_no", "origin", "destination", "release_no")
    attributes: dict[str, Fact] = {
        name: text for name in names if (text := view.text(name, limit=120))
    }
    return piece(
        view,
        system,
        kind=DocumentKind.DESPATCH,
        number=view.key("despatch_no", required=True),
        day=view.date("despatch_date", required=True),
        currency="CNY",
        line=line,
        attributes=attributes,
    )


def receipt_read(view: RowView, system: str) -> ParsedDocument | None:
    """A row of receipts; reversals and returns name the receipt they touch where they can."""
    currency = view.currency("currency", default="CNY")
    movement = Movement(view.choice("movement", _MOVEMENTS, default="receipt") or "receipt")
    day = view.date("receipt_date", required=True)
    net = view.amount("net_amount", currency)
    if net is not None and net < 0:
        view.report("net_amount", "amount_negative")
    line = ParsedLine(
        line_no=line_normalise(view.key("receipt_line", required=True)),
        row=view.row,
        item_code=view.key("item_code"),
        item_name=view.text("item_name"),
        unit=unit_of(view),
        qty_micro=view.quantity("quantity", required=True) or 0,
        net_minor=net or 0,
        sign=movement.sign,
        line_type=movement,
        order_number=view.key("order_no", required=True),
        order_line_no=line_of(view, "order_line", required=True),
        ref_number=view.key("original_receipt_no"),
        ref_line_no=line_of(view, "original_receipt_line"),
        delivery_note=view.key("delivery_note"),
    )
    release = view.key("release_no")
    return piece(
        view,
        system,
        kind=DocumentKind.RECEIPT,
        number=view.key("receipt_no", required=True),
        day=day,
        currency=currency,
        line=line,
        fiscal_year=year_of(view, day),
        attributes={"release_no": release} if release else {},
    )


def unit_of(view: RowView) -> str:
    """The unit as the row says it, at most 12 characters; pieces where it says nothing."""
    return unit_normalise(view.raw("unit"))[:12]


def line_of(view: RowView, name: str, *, required: bool = False) -> str:
    """A line number of another document, or ""."""
    text = view.key(name, required=required)
    return line_normalise(text) if text else ""


def year_of(view: RowView, day: date | None) -> int:
    """The fiscal year the row states, else the year of its date."""
    stated = view.integer("fiscal_year", low=1990, high=2099)
    return stated or (day.year if day else 0)


def _refuse_absurd(view: RowView, name: str, minor: int | None) -> None:
    if minor is not None and minor < 0:
        view.report(name, "amount_negative")
    elif minor is not None and minor > 10**14:
        view.report(name, "amount_absurd")
