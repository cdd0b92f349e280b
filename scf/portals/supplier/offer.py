"""The price receipt of one or of many receivables, from previews or from stored quotes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ledger.rates import PPM, days_between, year_basis
from scf.financing.pricing import PriceReceipt
from scf.financing.queries import QuoteFacts
from scf.financing.terms import Terms
from scf.portals.components import ReceiptLine, receipt_line
from scf.portals.dates import day_short
from scf.portals.figures import count, money, percent, rate, units


@dataclass(frozen=True, slots=True)
class Offer:
    """What one or many sales bring today and cost. Amounts in minor units, cost simple a year."""

    number: int
    face_minor: int
    holdback_minor: int
    interest_minor: int
    rounding_minor: int
    fee_minor: int
    proceeds_minor: int
    residual_minor: int
    units: int
    principal_minor: int
    weighted_days: int  # days x proceeds: what the yearly cost is measured on
    due_date: date | None  # of a single receivable
    days: int

    @property
    def cost_minor(self) -> int:
        return self.interest_minor + self.fee_minor

    def annual_cost_ppm(self, basis: int) -> int:
        """Interest and fee over proceeds and days, half up."""
        if self.weighted_days <= 0:
            return 0
        return (2 * self.cost_minor * basis * PPM + self.weighted_days) // (2 * self.weighted_days)


def offer_of_receipt(receipt: PriceReceipt) -> Offer:
    """The offer of one priced receivable."""
    return Offer(
        number=1,
        face_minor=receipt.face_minor,
        holdback_minor=receipt.holdback_minor,
        interest_minor=receipt.interest_minor,
        rounding_minor=receipt.rounding_minor,
        fee_minor=receipt.fee_minor,
        proceeds_minor=receipt.proceeds_minor,
        residual_minor=receipt.residual_minor,
        units=receipt.units,
        principal_minor=receipt.principal_minor,
        weighted_days=receipt.days * receipt.proceeds_minor,
        due_date=receipt.due_date,
        days=receipt.days,
    )


def offer_of_quote(quote: QuoteFacts) -> Offer:
    """The offer that a stored quote froze."""
    days = days_between(quote.business_date, quote.due_date, quote.terms.day_count)
    holdback = -(-quote.face_minor * quote.terms.holdback_ppm // PPM)
    return Offer(
        number=1,
        face_minor=quote.face_minor,
        holdback_minor=holdback,
        interest_minor=quote.interest_minor,
        rounding_minor=quote.residual_minor - holdback,
        fee_minor=quote.fee_minor,
        proceeds_minor=quote.proceeds_minor,
        residual_minor=quote.residual_minor,
        units=quote.units,
        principal_minor=quote.principal_minor,
        weighted_days=days * quote.proceeds_minor,
        due_date=quote.due_date,
        days=days,
    )


def offers_sum(offers: Sequence[Offer]) -> Offer:
    """One receipt for many; a sum of one keeps its date and days."""
    single = offers[0] if len(offers) == 1 else None
    return Offer(
        number=len(offers),
        face_minor=sum(one.face_minor for one in offers),
        holdback_minor=sum(one.holdback_minor for one in offers),
        interest_minor=sum(one.interest_minor for one in offers),
        rounding_minor=sum(one.rounding_minor for one in offers),
        fee_minor=sum(one.fee_minor for one in offers),
        proceeds_minor=sum(one.proceeds_minor for one in offers),
        residual_minor=sum(one.residual_minor for one in offers),
        units=sum(one.units for one in offers),
        principal_minor=sum(one.principal_minor for one in offers),
        weighted_days=sum(one.weighted_days for one in offers),
        due_date=single.due_date if single else None,
        days=single.days if single else 0,
    )


def receipt_lines(offer: Offer, terms: Terms, *, sold: bool = False) -> list[ReceiptLine]:
    """The receipt from the face to what is had today, and what comes back later."""
    basis = year_basis(terms.day_count)
    span = _(" × %(days)s 天") % {"days": offer.days} if offer.days else ""
    formula = (
        f"{money(offer.principal_minor)} × {rate(terms.rate_ppm)} × {offer.days} ÷ {basis}"
        if offer.days
        else _("逐笔按实际天数计")
    )
    price = money(terms.unit_price_minor)
    residual = (
        _("%(date)s 返尾款") % {"date": day_short(offer.due_date)[:5]}
        if offer.due_date
        else _("到期返尾款")
    )
    cost = _("= 年 %(rate)s") % {"rate": rate(offer.annual_cost_ppm(basis))}
    return [
        receipt_line(_("面额"), offer.face_minor),
        receipt_line(
            _("稀释保留 %(percent)s%%") % {"percent": percent(terms.holdback_ppm, 0)},
            -offer.holdback_minor,
            note=_("退货、折让从这里扣；到期按实返还"),
        ),
        receipt_line(
            _("投资人利息 %(rate)s") % {"rate": rate(terms.rate_ppm)} + span,
            -offer.interest_minor,
            note=formula,
        ),
        receipt_line(
            _("取整（每份 %(price)s）") % {"price": price},
            -offer.rounding_minor,
            note=_("%(units)s；零头并入尾款返还") % {"units": units(offer.units)},
        ),
        receipt_line(
            _("平台费 %(rate)s") % {"rate": rate(terms.fee_rate_ppm)} + span, -offer.fee_minor
        ),
        receipt_line(_("出让可得") if sold else _("今日可得"), offer.proceeds_minor, kind="total"),
        receipt_line(residual, offer.residual_minor, kind="plain", signed=True),
        ReceiptLine(_("全部成本"), f"{money(offer.cost_minor)} {cost}", kind="plain"),
    ]


def number_text(number: int) -> str:
    """3 for sentences, with thousands."""
    return count(number)
