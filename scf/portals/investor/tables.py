"""The investor's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scf.network.calendar import business_day_next
from scf.portals.components import Empty
from scf.portals.dates import day, days_away
from scf.portals.figures import percent
from scf.portals.investor.positions import Place
from scf.portals.shell.session import PortalRequest
from scf.portals.tables import Chip, Column, Pick, Table

Row = Mapping[str, Any]


def series_href(series_id: int) -> str:
    """The page of one product."""
    return reverse("investor:product", args=[series_id])


def products_table(rows: Sequence[Row], request: PortalRequest) -> Table[Row]:
    """Products on offer and past ones: name, rate, tenor, units left, obligor, buffer, deadline."""
    on = request.business_date
    return Table(
        id="products",
        rows=rows,
        order="closes",
        export="products",
        columns=[
            Column(
                "name",
                pgettext("product", "名称"),
                lambda r: r["number"],
                sub=lambda r: r["supplier_name"],
                href=lambda r: series_href(r["id"]),
                strong=True,
                phone=1,
            ),
            Column("rate", _("利率"), lambda r: r["rate_ppm"], kind="rate", phone=2),
            Column(
                "tenor",
                pgettext("days", "期限"),
                lambda r: (
                    (r["due_date"] - (r["issue_date"] or max(on, r["listed_date"] or on))).days
                ),
                kind="count",
                sub=lambda r: day(r["due_date"]),
            ),
            Column("left", _("剩余份额"), units_left, kind="units", phone=4),
            Column("obligor", _("付款人"), lambda r: r["obligor_name"]),
            Column(
                "buffer",
                _("缓冲"),
                lambda r: (r["face_minor"] - r["principal_minor"]) * 1_000_000 // r["face_minor"],
                kind="rate",
            ),
            Column(
                "closes",
                _("截止"),
                lambda r: r["deadline_date"],
                kind="date",
                sub=lambda r: (
                    days_away(r["deadline_date"], on=on)
                    if r["deadline_date"] and r["state"] == "listed"
                    else ""
                ),
            ),
            Column(
                "state", _("状态"), lambda r: r["state"], kind="status", axis="offering", phone=3
            ),
        ],
        chips=[
            Chip("open", _("募集中"), lambda r: r["state"] == "listed"),
            Chip("live", _("已发行"), lambda r: r["state"] in ("funded", "issued", "impaired")),
            Chip("", _("全部"), lambda r: True),
        ],
        picks=[
            Pick("obligor", _("付款人"), lambda r: r["obligor_name"]),
            Pick("rate", _("利率"), lambda r: f"{percent(r['rate_ppm'])}%"),
        ],
        search=lambda r: (r["number"], r["obligor_name"], r["supplier_name"]),
        search_hint=_("产品 / 付款人 / 供应商"),
        empty=Empty(
            _("现在没有在募产品"),
            _("新产品挂牌后会出现在这里并通知您；下一个营业日 %(day)s")
            % {"day": day(business_day_next(on))},
            icon="chart-bar",
        ),
    )


def units_left(row: Row) -> int:
    """Units that nobody has bid for; none once the offering is over."""
    return max(0, row["units"] - row["bid_units"]) if row["state"] == "listed" else 0


def holdings_table_of(places: Sequence[Place], request: PortalRequest) -> Table[Place]:
    """份额, 成本, 应计, 已收, 下次到账, 状态; accrued and received stand apart."""
    return Table(
        id="holdings",
        rows=places,
        order="next",
        export="holdings",
        total_label=_("合计"),
        columns=[
            Column(
                "name",
                pgettext("product", "名称"),
                lambda r: r.series.number,
                sub=lambda r: r.obligor_name,
                href=lambda r: series_href(r.series.id),
                strong=True,
                phone=1,
            ),
            Column("units", _("份额"), lambda r: r.units, kind="units"),
            Column("cost", _("成本"), lambda r: r.cost_minor, kind="money", total=True, phone=4),
            Column("accrued", _("应计"), lambda r: r.accrued_minor, kind="money", total=True),
            Column("received", _("已收"), lambda r: r.received_minor, kind="money", total=True),
            Column(
                "next",
                _("下次到账"),
                lambda r: r.next_date if r.is_open else None,
                kind="date",
                sub=lambda r: days_away(r.next_date, on=request.business_date) if r.is_open else "",
            ),
            Column(
                "expected",
                _("预计到账"),
                lambda r: r.expected_minor if r.is_open else 0,
                kind="money",
                total=True,
                strong=True,
                phone=2,
            ),
            Column(
                "state",
                _("状态"),
                lambda r: r.payment_state if r.is_open else r.series.state,
                kind="status",
                axis="holding",
                phone=3,
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("open", _("未到期"), lambda r: r.is_open and not r.is_late),
            Chip("late", _("迟付"), lambda r: r.is_late),
            Chip("ended", _("已兑付"), lambda r: not r.is_open),
        ],
        search=lambda r: (r.series.number, r.obligor_name),
        search_hint=_("产品 / 付款人"),
        empty=Empty(
            _("还没有持仓"),
            _("认购的产品交割后出现在这里"),
            reverse("investor:products"),
            _("看产品"),
            "chart-bar",
        ),
    )


def bids_table(rows: Sequence[Row]) -> Table[Row]:
    """My bids: units asked, money held, units given."""
    return Table(
        id="bids",
        prefix="b.",
        rows=rows,
        export="bids",
        columns=[
            Column(
                "name",
                pgettext("product", "名称"),
                lambda r: r["number"],
                href=lambda r: series_href(r["series_id"]),
                strong=True,
                phone=1,
            ),
            Column("asked", _("认购"), lambda r: r["units"], kind="units"),
            Column("amount", _("金额"), lambda r: r["amount_minor"], kind="money", phone=2),
            Column("given", _("配售"), lambda r: r["allotted_units"], kind="units"),
            Column("at", _("时间"), lambda r: r["placed_at"], kind="moment"),
            Column("by", _("经办"), lambda r: r["placed_by"]),
            Column(
                "state",
                _("状态"),
                lambda r: r["state"],
                kind="status",
                axis="subscription",
                phone=3,
            ),
        ],
        empty=Empty(_("还没有认购"), _("认购会先冻结资金，交割时才付出"), icon="wallet"),
    )
