"""What needs the supplier, what is coming, and the cash of the next thirteen weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as _p

from scf.financing.queries import QuoteFacts
from scf.journeys.day_end import CONFIRM_DAYS
from scf.network.calendar import business_days_add
from scf.network.queries import ApprovalFacts, PartyFacts
from scf.portals.charts import Bars, Chart, bars_chart
from scf.portals.components import Need, Step
from scf.portals.dates import day, days_away
from scf.portals.figures import money
from scf.portals.supplier.board import FUNDED, Board, Line
from scf.portals.supplier.demands import Demand
from scf.settlement.queries.receipts import PayoutLine

WEEKS = 13
KYB_NOTICE_DAYS = 45
MOST_NEEDS = 6
MOST_STEPS = 7
UNSOLD = frozenset(
    {"ready", "awaiting_receipt", "awaiting_invoice", "over_quantity", "price_block", "no_order",
     "gate", "kyb", "too_small"}
)  # fmt: skip


def residual_of(line: Line) -> int:
    """What comes back at maturity of a receivable that was sold; 0 when none is left."""
    return line.claim["quote__residual_minor"] if line.claim is not None else 0


def cash_chart(board: Board, *, on: date) -> Chart:
    """Cash by week: as invoiced, and if everything ready were sold today."""
    as_is, sold = [0] * WEEKS, [0] * WEEKS
    for line in board.open:
        week = _week(line, on=on)
        if line.is_ready and line.receipt is not None:
            sold[0] += line.receipt.proceeds_minor
            if week is not None:
                as_is[week] += line.amount_minor
                sold[week] += line.receipt.residual_minor
        elif week is not None:
            amount = residual_of(line) if line.state in FUNDED else 0
            amount = line.open_minor if line.state in UNSOLD else amount
            as_is[week] += amount
            sold[week] += amount
    starts = [on + timedelta(weeks=number) for number in range(WEEKS)]
    number = len(board.ready)
    then = ngettext("若今日出让这 %(n)s 笔", "若今日出让这 %(n)s 笔", number) % {"n": number}
    series = [Bars(_("按原账期"), as_is, "grey")]
    if number:
        series.append(Bars(then, sold, "water"))
    return bars_chart(
        id="c-cash",
        label=_("未来 13 周到账"),
        periods=[f"{start.month}/{start.day}" for start in starts],
        series=series,
        first=_("周"),
    )


def _week(line: Line, *, on: date) -> int | None:
    if line.due_date is None:
        return None
    weeks = (line.due_date - on).days // 7
    return weeks if 0 <= weeks < WEEKS else None


def needs_list(
    *,
    board: Board,
    approvals: Sequence[ApprovalFacts],
    quotes: Sequence[QuoteFacts],
    payouts: Sequence[PayoutLine],
    demands: Sequence[Demand],
    on: date,
) -> list[Need]:
    """What waits for the reader, broken things first."""
    found = [*_demanded(demands), *_failed(payouts)]
    if approvals:
        found.append(
            Need(
                ngettext("%(n)s 笔出让等您复核", "%(n)s 笔出让等您复核", len(approvals))
                % {"n": len(approvals)},
                _("合计可得 %(sum)s")
                % {"sum": money(sum(one.amount_minor or 0 for one in approvals))},
                reverse("supplier:offers_review"),
                _p("动作", "复核"),
                "checks",
            )
        )
    found += _quoted(board, quotes)
    found += _lacking(board)
    found += _kyb(board.supplier, on=on)
    return found[:MOST_NEEDS]


def _demanded(demands: Sequence[Demand]) -> list[Need]:
    words = {
        "turnover": _("付款人误付到贵司，请转交"),
        "recourse": _("稀释超出尾款，请补足"),
        "repurchase": _("须回购"),
    }
    return [
        Need(
            words.get(item.kind, item.kind),
            f"{item.invoice} · {money(item.amount_minor)}",
            reverse("supplier:settlement"),
            icon="alert-triangle",
            tone="red",
        )
        for item in demands
    ]


def _failed(payouts: Sequence[PayoutLine]) -> list[Need]:
    return [
        Need(
            _("银行退回了一笔付款"),
            f"{money(one.amount_minor)} · {one.reason}",
            reverse("supplier:company"),
            _("核对账户"),
            "alert-triangle",
            "red",
        )
        for one in payouts
        if one.state in ("rejected", "returned")
    ][:1]


def _quoted(board: Board, quotes: Sequence[QuoteFacts]) -> list[Need]:
    numbers = {line.id: line for line in board.ready}
    return [
        Need(
            _("报价 %(quote)s 今日日终失效") % {"quote": quote.number},
            _("%(number)s · 可得 %(sum)s")
            % {
                "number": numbers[quote.receivable_id].number,
                "sum": money(quote.proceeds_minor),
            },
            reverse("supplier:receivable", args=[quote.receivable_id]),
        )
        for quote in quotes
        if quote.receivable_id in numbers
    ]


def _lacking(board: Board) -> list[Need]:
    return [
        Need(
            _("收货%(lacking)s") % {"lacking": line.note},
            _("%(number)s · 补齐后可融资 %(sum)s")
            % {"number": line.number, "sum": money(line.open_minor)},
            reverse("supplier:receivable", args=[line.id]),
            _("看缺什么"),
            "package",
        )
        for line in board.lines
        if line.state == "awaiting_receipt" and line.note
    ][:2]


def _kyb(supplier: PartyFacts, *, on: date) -> list[Need]:
    expiry = supplier.kyb_expiry_date
    href = reverse("supplier:company")
    if not supplier.kyb_valid(on=on):
        return [Need(_("企业认证已过期"), _("更新前不能新出让"), href, _("查看"), "id", "red")]
    if expiry is None or (expiry - on).days > KYB_NOTICE_DAYS:
        return []
    title = _("企业认证%(away)s到期") % {"away": days_away(expiry, on=on)}
    detail = _("%(day)s 起不能新出让") % {"day": day(expiry + timedelta(days=1))}
    return [Need(title, detail, href, _("查看"), "id", "")]


def coming_steps(board: Board, *, on: date) -> list[Step]:
    """Today, then what is expected, nearest first."""
    dated: list[tuple[date, Step]] = []
    for line in board.lines:
        if line.claim is None:
            continue
        href = reverse("supplier:receivable", args=[line.id])
        dated += [(when, Step(title, "future", when, detail, href, line.number))
                  for when, title, detail in _expected(line)]  # fmt: skip
    dated = sorted((one for one in dated if one[0] > on), key=lambda one: one[0])
    today = Step(_("今日"), "now", on, _("今天的报价在日终前有效"))
    return [today, *(step for _when, step in dated[:MOST_STEPS])]


def _expected(line: Line) -> list[tuple[date, str, str]]:
    claim, series = line.claim, line.series
    if claim is None:
        return []
    if line.state == "confirming" and line.since_date is not None:
        last = business_days_add(day=line.since_date, count=CONFIRM_DAYS)
        title = _("%(obligor)s确权截止") % {"obligor": line.obligor_name}
        return [(last, title, money(line.amount_minor))]
    if line.state in ("raising", "raised") and series is not None and series["deadline_date"]:
        detail = _("已认购 %(share)s，未满额则不成立") % {"share": line.note or "100%"}
        return [(series["deadline_date"], _("募集截止"), detail)]
    if line.state in ("funded", "due", "misdirected"):
        title = _("%(obligor)s付款到期") % {"obligor": line.obligor_name}
        detail = _("尾款约 %(sum)s 返还贵司") % {"sum": money(residual_of(line))}
        return [(claim["payment_date"], title, detail)]
    return []
