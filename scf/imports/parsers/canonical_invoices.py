"""One row of the canonical invoices or payments to a piece of a document. Pure."""

from __future__ import annotations

from scf.imports.parsers import cells
from scf.imports.parsers.canonical_rows import line_of, piece, unit_of, year_of
from scf.imports.parsers.view import RowView
from scf.imports.plan import Fact, ParsedDocument, ParsedLine, Severity
from scf.trade.numbering import invoice_number_normalise, line_normalise
from scf.trade.values import DocumentKind

_TYPES = {
    **dict.fromkeys(("invoice", "蓝字", "发票", "380"), DocumentKind.INVOICE),
    **dict.fromkeys(("credit_note", "红字", "贷项", "381"), DocumentKind.CREDIT_NOTE),
}
_STATES = {
    **dict.fromkeys(("posted", "已过账"), "posted"),
    **dict.fromkeys(("reversed", "已冲销", "作废"), "reversed"),
    **dict.fromkeys(("blocked", "冻结"), "blocked"),
}
_PAYMENT_KINDS = {
    **dict.fromkeys(("settlement", "付款"), "settlement"),
    **dict.fromkeys(("prepayment", "预付款"), "prepayment"),
    **dict.fromkeys(("refund", "退款"), "refund"),
    **dict.fromkeys(("rebate", "返利"), "rebate"),
    **dict.fromkeys(("transfer", "往来款", "划款"), "transfer"),
    **dict.fromkeys(("loan", "借款", "还款"), "loan"),
}
PPM = 1_000_000


def invoice_read(view: RowView, system: str) -> ParsedDocument | None:
    """A row of invoices; a negative invoice that names its original is a credit note."""
    currency = view.currency("currency", default="CNY")
    kind = DocumentKind(view.choice("type", _TYPES, default="invoice") or "invoice")
    net = view.amount("net_amount", currency, required=True)
    tax = view.amount("tax_amount", currency, required=True)
    gross = view.amount("gross_amount", currency)
    original = invoice_number_normalise(view.key("original_invoice_no"))
    if net is not None and tax is not None:
        kind, net, tax, gross = _signed(view, kind, net, tax, gross, original)
        if view.row.is_open:
            _check_sums(view, net, tax, gross)
    day = view.date("invoice_date", required=True)
    number = view.key("invoice_no", required=True)
    is_credit = kind is DocumentKind.CREDIT_NOTE
    line = ParsedLine(
        line_no=line_normalise(view.key("invoice_line", required=True)),
        row=view.row,
        item_code=view.key("item_code"),
        item_name=view.text("item_name"),
        unit=unit_of(view),
        qty_micro=_quantity(view, kind),
        price_micro=view.price("unit_price", currency),
        price_unit=view.integer("price_unit", low=1) or 1,
        net_minor=net or 0,
        tax_minor=tax or 0,
        sign=-1 if is_credit else 1,
        order_number=view.key("order_no"),
        order_line_no=line_of(view, "order_line"),
        ref_number=original if is_credit else view.key("receipt_no"),
        ref_line_no=line_of(view, "original_invoice_line" if is_credit else "receipt_line"),
        delivery_note=view.key("delivery_note"),
    )
    document_no = view.key("document_no")
    attributes: dict[str, Fact] = {
        name: 1 for name in ("self_billed", "advance") if view.flag(name)
    }
    found = piece(
        view,
        system,
        kind=kind,
        number=document_no or number,
        day=day,
        currency=currency,
        line=line,
        fiscal_year=year_of(view, day),
        attributes=attributes,
    )
    if found is not None:
        found.reference = number
        found.partner_key = "" if document_no else found.partner_code
        found.due_date = view.date("due_date")
        found.state = view.choice("state", _STATES, default="posted")
        if found.due_date and found.due_date < found.document_date:
            view.report("due_date", "due_before_invoice", Severity.WARNING)
    return found if view.row.is_open else None


def payment_read(view: RowView, system: str) -> ParsedDocument | None:
    """A row of payments: what the company's own books say was paid."""
    currency = view.currency("currency", default="CNY")
    amount = view.amount("payment_amount", currency, required=True)
    if amount is not None and amount < 0:
        view.report("payment_amount", "amount_negative")
    line_no = view.key("payment_line")
    line = ParsedLine(
        line_no=line_normalise(line_no) if line_no else "1",
        row=view.row,
        net_minor=amount or 0,
        line_type=view.choice("kind", _PAYMENT_KINDS, default="settlement"),
        line_date=view.date("due_date"),
        order_number=view.key("order_no"),
        ref_number=invoice_number_normalise(view.key("invoice_no")),
    )
    method = view.text("method", limit=40)
    account = view.key("bank_account")
    attributes: dict[str, Fact] = {"method": method} if method else {}
    if account:
        # Payments are evidence: which account was used matters, its full number does not.
        attributes["account_tail"] = account[-4:]
    return piece(
        view,
        system,
        kind=DocumentKind.PAYMENT,
        number=view.key("payment_no", required=True),
        day=view.date("payment_date", required=True),
        currency=currency,
        line=line,
        attributes=attributes,
    )


def _signed(
    view: RowView, kind: DocumentKind, net: int, tax: int, gross: int | None, original: str
) -> tuple[DocumentKind, int, int, int | None]:
    """Amounts without sign and the kind that says the same."""
    if net >= 0 and tax >= 0:
        return kind, net, tax, gross
    if net > 0 or tax > 0 or not (original or kind is DocumentKind.CREDIT_NOTE):
        view.report("net_amount", "amount_negative")
        return kind, net, tax, gross
    if kind is DocumentKind.INVOICE:
        view.report("net_amount", "negative_invoice", Severity.WARNING)
    return DocumentKind.CREDIT_NOTE, -net, -tax, None if gross is None else abs(gross)


def _check_sums(view: RowView, net: int, tax: int, gross: int | None) -> None:
    if gross is not None and gross != net + tax:
        view.report("gross_amount", "gross_differs", expected_minor=net + tax)
    rate = view.ratio("tax_rate")
    if rate is not None and abs((2 * net * rate + PPM) // (2 * PPM) - tax) > 1:
        expected = (2 * net * rate + PPM) // (2 * PPM)
        view.report("tax_amount", "tax_differs", Severity.WARNING, expected_minor=expected)
    if net + tax > 10**14:
        view.report("net_amount", "amount_absurd")


def _quantity(view: RowView, kind: DocumentKind) -> int:
    """An invoice's quantity; a credit note's may be written with the sign of the note."""
    text = view.raw("quantity")
    if kind is DocumentKind.CREDIT_NOTE and text[:1] in ("-", "\N{MINUS SIGN}"):
        try:
            return cells.quantity_parse(text[1:])
        except cells.CellError as error:
            view.report("quantity", error.code)
            return 0
    return view.quantity("quantity") or 0
