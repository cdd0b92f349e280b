"""首页: what must I confirm, what must I pay and when?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scf.network.values import Role
from scf.portals.anchor.desk import (
    Mistake,
    Waiting,
    assigned_claims,
    claims_at_desk,
    may_sign,
    mistakes_list,
)
from scf.portals.anchor.outflow import Outflow, outflow_chart, outflows_list, week_name
from scf.portals.components import Empty, Figure, Need, figure_money
from scf.portals.dates import day, days_away
from scf.portals.figures import money
from scf.portals.import_view import freshness_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table


@portal_view(role=Role.ANCHOR)
def home(request: PortalRequest) -> HttpResponse:
    """Needs, four figures, thirteen weeks of outflow by entity, wrong payees, the table."""
    on = request.business_date
    waiting = claims_at_desk(request, states=["matched"])
    assigned = assigned_claims(request)
    flows = outflows_list(request, assigned)
    mistakes = mistakes_list(assigned)
    ahead = [flow for flow in flows if flow.due_date >= on]
    overdue = [flow for flow in flows if flow.state == "overdue"]
    return page(
        request,
        "anchor/home.html",
        {
            "batch": freshness_words(
                programme_id=request.scope.programme_id,
                href=reverse("anchor:import_batch", args=[0]),
            ),
            "waiting": len(waiting),
            "waiting_minor": sum(row.claim["face_minor"] for row in waiting),
            "figures": figures(waiting, flows),
            "needs": needs_list(request, waiting, flows, mistakes),
            "ahead_minor": sum(flow.amount_minor for flow in ahead),
            "outflow": outflow_chart(ahead, on=on),
            "overdue": overdue,
            "mistakes": mistakes,
            "flows": flows_table(flows, request),
        },
    )


def figures(waiting: Sequence[Waiting], flows: Sequence[Outflow]) -> list[Figure]:
    """To confirm, due this week, due in thirteen weeks, overdue."""

    def total(*states: str) -> int:
        return sum(flow.amount_minor for flow in flows if flow.state in states)

    def number(*states: str) -> int:
        return sum(flow.count for flow in flows if flow.state in states)

    changed = sum(flow.amount_minor for flow in flows if flow.payee == "changed")
    late = total("overdue")
    counted = _("%(n)s 笔")
    return [
        figure_money(
            _("等确权"),
            sum(row.claim["face_minor"] for row in waiting),
            note=counted % {"n": len(waiting)},
        ),
        figure_money(
            _("7 天内到期"), total("due", "soon"), note=counted % {"n": number("due", "soon")}
        ),
        figure_money(
            _("13 周应付"),
            total("due", "soon", "scheduled"),
            note=_("其中改付托管户 %(sum)s") % {"sum": money(changed)},
        ),
        figure_money(
            _("逾期"),
            late,
            note=counted % {"n": number("overdue")},
            tone="red" if late else "",
        ),
    ]


def needs_list(
    request: PortalRequest,
    waiting: Sequence[Waiting],
    flows: Sequence[Outflow],
    mistakes: Sequence[Mistake],
) -> list[Need]:
    """Wrong payees, statements to sign, claims to prepare, claims due to a changed payee."""
    on = request.business_date
    found = [
        Need(
            _("已报付错对象") if one.reported else _("ERP 显示已付，托管户没有收到"),
            f"{one.claim['invoice_number']} · {money(one.paid_minor or one.claim['face_minor'])}",
            reverse("anchor:payments") + "#mistakes",
            icon="alert-triangle",
            tone="red",
        )
        for one in mistakes[:2]
    ]
    sign = [row for row in waiting if may_sign(request, row)]
    prepare = [row for row in waiting if row.state == "waiting"]
    for rows, words, action in (
        (sign, _("%(n)s 笔确权等您签署"), _("签署")),
        (prepare, _("%(n)s 笔等经办核对"), _("核对")),
    ):
        if rows:
            found.append(_confirm_need(rows, words % {"n": len(rows)}, action))
    due = [
        flow
        for flow in flows
        if flow.payee == "changed" and flow.state in ("overdue", "due", "soon")
    ]
    if due:
        number = sum(flow.count for flow in due)
        title = ngettext("%(n)s 笔 7 天内改付托管户", "%(n)s 笔 7 天内改付托管户", number) % {
            "n": number
        }
        first = min(flow.due_date for flow in due)
        detail = _("%(sum)s · 最早 %(day)s %(away)s") % {
            "sum": money(sum(flow.amount_minor for flow in due)),
            "day": day(first),
            "away": days_away(first, on=on),
        }
        href = reverse("anchor:payments") + "?chip=changed"
        found.append(Need(title, detail, href, _("看付款"), "building-bank"))
    return found


def _confirm_need(rows: Sequence[Waiting], title: str, action: str) -> Need:
    deadlines = [row.confirm_by for row in rows if row.confirm_by is not None]
    total = money(sum(row.claim["face_minor"] for row in rows))
    detail = (
        _("%(sum)s · 最迟 %(day)s") % {"sum": total, "day": day(min(deadlines))}
        if deadlines
        else total
    )
    single = reverse("anchor:confirm", args=[rows[0].id])
    href = single if len(rows) == 1 else reverse("anchor:queue")
    return Need(title, detail, href, action, "signature")


def flows_table(flows: Sequence[Outflow], request: PortalRequest) -> Table[Outflow]:
    """到期, 主体, 笔数, 金额, 收款方, 状态."""
    on = request.business_date
    near = any(flow.state in ("overdue", "due", "soon") for flow in flows)
    following = min(
        (flow.due_date for flow in flows if (flow.due_date - on).days >= 7), default=None
    )
    text = _("下一笔 %(day)s") % {"day": day(following)} if following else ""
    return Table(
        id="flows",
        rows=flows,
        order="due",
        export="outflows",
        total_label=_("合计"),
        columns=[
            Column(
                "due",
                _("到期"),
                lambda r: r.due_date,
                kind="date",
                sub=lambda r: days_away(r.due_date, on=on),
                href=lambda r: f"{reverse('anchor:payments')}?day={r.due_date.isoformat()}",
                strong=True,
                phone=1,
            ),
            Column("entity", _("主体"), lambda r: r.obligor, phone=4),
            Column("count", _("笔数"), lambda r: r.count, kind="count", total=True),
            Column(
                "amount", _("金额"), lambda r: r.amount_minor, kind="money", total=True,
                strong=True, phone=2,
            ),
            Column("payee", _("收款方"), lambda r: r.payee, kind="status", axis="payee", note=lambda r: r.account),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="plan", phone=3),
        ],
        chips=[
            Chip("", _("7 天内"), lambda r: r.state in ("overdue", "due", "soon") or not near),
            Chip("all", _("13 周"), lambda r: True),
            Chip("overdue", _("逾期"), lambda r: r.state == "overdue"),
            Chip("changed", _("改付托管户"), lambda r: r.payee == "changed"),
        ],
        picks=[
            Pick("entity", _("主体"), lambda r: r.obligor),
            Pick("week", _("周"), lambda r: week_name(r.due_date, on=on)),
        ],
        empty=Empty(_("本周没有到期付款"), text, icon="calendar-event"),
    )  # fmt: skip
