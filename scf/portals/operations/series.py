"""One series at the operations desk: second signature, allocation, close preview, cancel, freeze."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from scf.access.policy import may
from scf.financing.queries import claim_get, registrations_of
from scf.financing.signing import content_hash
from scf.journeys.closing import allotments_of, series_cancel, series_close
from scf.journeys.defaulting import UNFREEZE, series_freeze, unfreeze_approve, unfreeze_submit
from scf.journeys.listing import LIST, series_list, term_sheet_content
from scf.network.queries import ApprovalFacts, approvals_pending, parties_get
from scf.network.values import Role, Seat
from scf.portals.components import (
    Consequences,
    Figure,
    Problem,
    balance_change,
    figure_money,
    leg_money,
    leg_units,
)
from scf.portals.figures import count, percent, units
from scf.portals.forms import posted_id
from scf.portals.operations.forms import ConfirmForm, ReasonForm
from scf.portals.operations.series_story import history_of
from scf.portals.operations.tasks_view import approval_eyes
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Column, Table
from scf.products.allocation import Allotment
from scf.products.queries import SeriesFacts, series_get, subscriptions_of

CHECKERS = (Seat.CHECKER, Seat.SIGNER)
REGISTER = {
    "search": gettext_lazy("登记查询：无冲突"),
    "registration": gettext_lazy("转让登记"),
    "notice": gettext_lazy("转让通知"),
    "deregistration": gettext_lazy("登记注销"),
}


@portal_view(role=Role.OPERATIONS, post=True)
def series(request: PortalRequest, series_id: int) -> HttpResponse:
    """Everything about one series, and the one act that its state asks for."""
    found = series_get(series_id=series_id, scope=request.scope)
    problem: Problem | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            if act is None:
                raise DomainError("access.denied")
            messages.success(request, act(request, found))
            return redirect("operations:series", series_id)
        except DomainError as error:
            problem = problem_of(error)
    content = _content(request, found)
    return page(
        request,
        "operations/series.html",
        {**content, "problem": problem},
        status=200 if problem is None else 409,
    )


def _list(request: PortalRequest, found: SeriesFacts) -> str:
    series_list(
        actor=request.actor,
        approval_id=posted_id(request, "approval"),
        content_hash_seen=request.POST.get("hash", ""),
        at=request.at,
    )
    return _("已挂牌，条款书已固定。")


def _close(request: PortalRequest, found: SeriesFacts) -> str:
    series_close(actor=request.actor, series_id=found.id, at=request.at)
    return _("已交割：款、债权和份额同时换手。")


def _cancel(request: PortalRequest, found: SeriesFacts) -> str:
    reason = request.POST.get("reason", "")
    series_cancel(actor=request.actor, series_id=found.id, reason=reason, at=request.at)
    return _("已取消，全部资金已解冻。")


def _freeze(request: PortalRequest, found: SeriesFacts) -> str:
    reason = request.POST.get("reason", "")
    series_freeze(actor=request.actor, series_id=found.id, reason=reason, at=request.at)
    return _("已冻结：暂停认购、交割、付款和分配。")


def _unfreeze_ask(request: PortalRequest, found: SeriesFacts) -> str:
    reason = request.POST.get("reason", "")
    unfreeze_submit(actor=request.actor, series_id=found.id, reason=reason, at=request.at)
    return _("已提交解冻，等另一人复核。")


def _unfreeze(request: PortalRequest, found: SeriesFacts) -> str:
    unfreeze_approve(
        actor=request.actor,
        approval_id=posted_id(request, "approval"),
        content_hash_seen=request.POST.get("hash", ""),
        at=request.at,
    )
    return _("已解冻，等待中的分配已执行。")


ACTS: Mapping[str, Callable[[PortalRequest, SeriesFacts], str]] = {
    "list": _list,
    "close": _close,
    "cancel": _cancel,
    "freeze": _freeze,
    "unfreeze_ask": _unfreeze_ask,
    "unfreeze": _unfreeze,
}


def _content(request: PortalRequest, found: SeriesFacts) -> Mapping[str, Any]:
    claim = claim_get(claim_id=found.claim_id)
    bids = subscriptions_of(series_id=found.id)
    parties = parties_get(
        party_ids=[found.supplier_id, found.obligor_id, *(bid.investor_id for bid in bids)]
    )
    names = {key: party.short_name for key, party in parties.items()}
    allotments = allotments_of(series=found) if found.state in ("listed", "funded") else []
    held = sum(bid.units for bid in bids if bid.state in ("held", "allotted"))
    waiting = _waiting(request, found)
    return {
        "series": found,
        "claim": claim,
        "supplier": names[found.supplier_id],
        "obligor": names[found.obligor_id],
        "registrations": [
            {**row, "word": REGISTER.get(row["kind"], row["kind"])}
            for row in registrations_of(claim_id=claim.id)
        ],
        "figures": _figures(found, held),
        "allotments": _allotments_table(
            allotments, {bid.id: names[bid.investor_id] for bid in bids}
        ),
        "has_bids": bool(bids),
        "consequences": _consequences(found, held) if found.state == "funded" else None,
        "steps": history_of(found, on=request.business_date),
        "waiting": waiting,
        "eyes": approval_eyes(request, waiting) if waiting else None,
        "changed": _changed(found, claim, waiting),
        "may_check": waiting is not None
        and waiting.maker_id != request.actor.user_id
        and request.actor.seat in CHECKERS,
        "may_work": may(request.actor, "series.close"),
        "confirm": ConfirmForm(),
        "why": ReasonForm(),
    }


def _waiting(request: PortalRequest, found: SeriesFacts) -> ApprovalFacts | None:
    subject = f"series:{found.id}"
    rows = [*approvals_pending(scope=request.scope, verb=LIST)]
    rows += approvals_pending(scope=request.scope, verb=UNFREEZE)
    return next((row for row in rows if row.subject_ref == subject), None)


def _changed(found: SeriesFacts, claim: Any, waiting: ApprovalFacts | None) -> bool:
    """True when the term sheet is no longer what the maker submitted."""
    if waiting is None or waiting.verb != LIST:
        return False
    deadline = date.fromisoformat(str(waiting.payload["deadline"]))
    now = content_hash(term_sheet_content(series=found, claim=claim, deadline=deadline))
    return now != waiting.content_hash


def _figures(found: SeriesFacts, held: int) -> list[Figure]:
    share = percent(held * 1_000_000 // found.units, 0)
    return [
        figure_money(_("债权面额"), found.face_minor),
        figure_money(_("本金"), found.principal_minor, note=units(found.units)),
        figure_money(_("供应商得"), found.proceeds_minor),
        figure_money(_("平台费"), found.fee_minor),
        Figure(_("已认购"), count(held), note=f"{share}%"),
    ]


def _allotments_table(rows: Sequence[Allotment], names: Mapping[int, str]) -> Table[Allotment]:
    return Table(
        id="allotments",
        rows=rows,
        export="allotments",
        total_label=_("合计"),
        columns=[
            Column("holder", _("持有人"), lambda r: names[r.id], strong=True, phone=1),
            Column("asked", _("认购"), lambda r: r.asked, kind="count", total=True, phone=4),
            Column("whole", _("按比例取整"), lambda r: r.whole, kind="count", total=True),
            Column("rest", _("余数补一"), lambda r: r.remainder_unit, kind="count", total=True),
            Column(
                "given",
                _("配售"),
                lambda r: r.given,
                kind="count",
                total=True,
                strong=True,
                phone=2,
            ),
            Column("released", _("解冻"), lambda r: r.released, kind="count", total=True),
        ],
    )


def _consequences(found: SeriesFacts, held: int) -> Consequences:
    return Consequences(
        legs=(
            leg_money(_("投资人冻结"), _("应付供应商"), found.proceeds_minor),
            leg_money(_("投资人冻结"), _("应付平台费"), found.fee_minor),
            leg_money(_("债权 · 供应商"), _("债权 · 本期产品"), found.face_minor),
            leg_units(_("未发份额"), _("投资人持有"), found.units),
        ),
        changes=(
            balance_change(_("投资人冻结"), held * found.unit_price_minor, 0),
            balance_change(_("应付供应商"), 0, found.proceeds_minor),
        ),
        undo=_("交割后不能撤销；差错只能以新的凭证更正。"),
    )
