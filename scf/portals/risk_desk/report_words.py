"""What a report's figures mean, in few words: measures, features of a score, differences. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from scf.portals.components import Text
from scf.portals.figures import money, percent, quantity
from scf.portals.risk_desk.words import MEASURES, TESTS

MEASURE_NOTES: Mapping[str, Text] = {
    "anchor_share": _l("售给核心企业的份额"),
    "buyer_hhi": _l("份额平方和，1 = 独家"),
    "supplier_hhi": _l("份额平方和，1 = 独家"),
    "dependency": _l("售给最大买方的份额"),
    "bargaining_gap": _l("它靠买方，多过买方靠它"),
    "hops_to_anchor": _l("经几次买卖到核心企业"),
    "hops_from_anchor": _l("其货经几次买卖到它"),
    "trophic_level": _l("在货物流向上的高度"),
    "pagerank": _l("按金额流向它的份量"),
    "k_core": _l("彼此往来的紧密圈层"),
    "upstreamness": _l("离最终需求的平均步数"),
    "betweenness": _l("多少条最短路经过它"),
    "esri_down": _l("它停产，下游损失的产出"),
    "esri_up": _l("它停产，上游损失的产出"),
    "esri": _l("它停产，全链损失的产出"),
    "debtrank": _l("它违约，全链受的牵连"),
}
SCORE_FEATURES: Mapping[str, Text] = {
    "history_days": TESTS["history"],
    "reconciled_ppm": TESTS["reconciled"],
    "orders_growth_ppm": TESTS["orders_growth"],
    "shipments_growth_ppm": _l("发货增长"),
    "shipment_gap_ppm": TESTS["shipment_gap"],
    "purchases_growth_ppm": TESTS["purchases_growth"],
    "dpo_days": _l("应付周转天数"),
    "dpo_change_days": TESTS["dpo_rise"],
    "dso_days": _l("应收周转天数"),
    "dso_change_days": TESTS["dso_jump"],
    "overdue_ppm": TESTS["overdue"],
    "overdue_payables_change_ppm": TESTS["overdue_payables"],
    "fill_ppm": _l("满足率"),
    "returns_multiple_ppm": TESTS["returns"],
    "suppliers_lost_ppm": TESTS["suppliers_lost"],
    "prepay_change_ppm": TESTS["prepay_rise"],
    "distressed_customers_ppm": TESTS["distressed_customers"],
    "anchor_share": MEASURES["anchor_share"],
    "buyer_hhi": MEASURES["buyer_hhi"],
    "supplier_hhi": MEASURES["supplier_hhi"],
    "dependency": MEASURES["dependency"],
    "k_core": MEASURES["k_core"],
}


def score_lines(score: Mapping[str, Any] | None) -> list[tuple[Text, Text]]:
    """The score with its chance of bad, and what took the most points; empty without one."""
    if not score:
        return []
    lost = " · ".join(
        f"{SCORE_FEATURES.get(one['feature'], one['feature'])} −{one['points_lost']}"
        for one in score["reasons"]
        if one["points_lost"] > 0
    )
    usable = "" if score.get("usable", True) else _("（分布已漂移，暂停使用）")
    lines: list[tuple[Text, Text]] = [
        (_("申请评分"), f"{score['score']} · PD {percent(score['pd_ppm'], 1)}%{usable}")
    ]
    if lost:
        lines.append((_("扣分最多"), lost))
    return lines


def break_words(one: Mapping[str, Any]) -> str:
    """How a line disagrees, with the figure: 多开 800, 收货 0, 多付 93,000.00."""
    ordered, received, invoiced = (
        one[f"{what}_micro"] for what in ("ordered", "received", "invoiced")
    )
    match one["reason"]:
        case "not_received":
            return _("收货 0，开票 %(qty)s") % {"qty": quantity(invoiced)}
        case "quantity_differs" if invoiced > received:
            return _("比收货多开 %(qty)s") % {"qty": quantity(invoiced - received)}
        case "quantity_differs" if invoiced > ordered:
            return _("比订单多开 %(qty)s") % {"qty": quantity(invoiced - ordered)}
        case "quantity_differs":
            return _("比收货少开 %(qty)s") % {"qty": quantity(received - invoiced)}
        case "overpaid":
            return _("多付 %(sum)s") % {"sum": money(one["paid_minor"] - one["amount_minor"])}
        case "no_order":
            return _("找不到订单")
        case "price_differs":
            return _("单价与订单不同")
        case "invoice_before_receipt":
            return _("开票时还没有收货")
        case "paid_before_receipt":
            return _("付款时还没有收货")
        case _:
            return _("与订单不同")
