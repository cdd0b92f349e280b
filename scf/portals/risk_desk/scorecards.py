"""评分卡: which cards are in force, how good they are, how far the chain has drifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from ledger.errors import DomainError
from risk.policy import ScorePolicy
from risk.queries.scores import CardRow, DriftRow, card_get, cards_list, drift_list
from scf.access.policy import Subject, may
from scf.journeys.scoring import (
    scorecard_approve,
    scorecard_decline,
    scorecard_take,
    shipped_card,
)
from scf.network.values import Role
from scf.portals.components import Empty, Figure, Problem, figure_count, four_eyes
from scf.portals.figures import percent, short_hash
from scf.portals.forms import form_refuse
from scf.portals.refuse import problem_of
from scf.portals.risk_desk.forms import ReasonForm
from scf.portals.risk_desk.report_words import SCORE_FEATURES
from scf.portals.risk_desk.scorecard_charts import (
    METHODS,
    calibration_chart,
    drift_chart,
    features_table,
    roc_chart,
)
from scf.portals.risk_desk.words import user_number, user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table

CARDS: Mapping[str, str | Promise] = {
    "application": _l("申请评分卡"),
    "fraud": _l("欺诈评分卡"),
    "transaction": _l("交易评分卡"),
    "collection": _l("催收评分卡"),
}
ORIGINS: Mapping[str, str | Promise] = {
    "simulation": _l("模拟数据"),
    "institution": _l("本机构数据"),
}


@portal_view(role=Role.RISK, post=True)
def scorecards(request: PortalRequest) -> HttpResponse:
    """Versions of every card, drift by month, and the card that comes with the product."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card_id = scorecard_take(
                actor=request.actor,
                data=shipped_card(),
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            messages.success(request, _("评分卡已存为草稿，等另一人批准。"))
            return redirect("risk:scorecard", card_id)
    book = request.programme.book
    rows, drift = cards_list(programme_ref=book), drift_list(programme_ref=book)
    in_force = next((r for r in rows if r.state == "approved" and r.name == "application"), None)
    latest = next((d for d in drift if in_force and d.card_digest == in_force.digest), None)
    return page(
        request,
        "risk/scorecards.html",
        {
            "in_force": in_force,
            "card_word": CARDS["application"],
            "origin": ORIGINS.get(in_force.origin, "") if in_force else "",
            "drift_state": latest.state if latest else "",
            "figures": _figures(in_force, latest),
            "cards": _cards_table(rows),
            "drifts": _drift_table(drift),
            "form": form,
            "may_propose": may(request.actor, "card.propose"),
        },
        status=200 if request.method == "GET" else 422,
    )


@portal_view(role=Role.RISK, post=True)
def scorecard(request: PortalRequest, card_id: int) -> HttpResponse:
    """One version: how it was trained and measured, its points, and the second person's answer."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            said = _answered(request, card_id)
        except DomainError as error:
            problem = problem_of(error)
        else:
            messages.success(request, said)
            return redirect("risk:scorecards")
    book = request.programme.book
    found, data = card_get(programme_ref=book, card_id=card_id)
    drift = drift_list(programme_ref=book, digest=found.digest)
    people = user_words([found.maker_ref, found.checker_ref])
    made = Subject(request.programme.id, made_by=user_number(found.maker_ref))
    best = _latest_metrics(found.facts)
    return page(
        request,
        "risk/scorecard.html",
        {
            "problem": problem,
            "card": found,
            "word": CARDS[found.name],
            "origin": ORIGINS.get(found.origin, found.origin),
            "maker": people.get(found.maker_ref, found.maker_ref),
            "checker": people.get(found.checker_ref, found.checker_ref),
            "figures": _metric_figures(best),
            "periods": _periods(found.facts),
            "facts": found.facts,
            "method": METHODS[found.facts["calibration"]["method"]],
            "left_out": "、".join(
                str(SCORE_FEATURES.get(code, code)) for code in found.facts["left_out"]
            ),
            "roc": roc_chart(best),
            "calibration": calibration_chart(best),
            "drift": drift_chart(drift, ScorePolicy()) if drift else None,
            "features": features_table(data),
            "eyes": four_eyes(
                maker=people.get(found.maker_ref, found.maker_ref),
                made_at=found.made_at,
                reader=request.actor.name,
                checker=_("风控复核"),
                rule=_("不能批准自己带来的"),
                reader_is_maker=found.maker_ref == request.actor.ref,
            ),
            "may_check": found.state == "draft" and may(request.actor, "card.approve", made),
            "form": ReasonForm(),
        },
        status=200 if problem is None else 409,
    )


def _answered(request: PortalRequest, card_id: int) -> str:
    if request.POST.get("act") == "approve":
        scorecard_approve(actor=request.actor, card_id=card_id, at=request.at)
        return _("评分卡已启用，下一次运行起按它评分。")
    if request.POST.get("act") == "decline":
        reason = request.POST.get("reason", "")
        scorecard_decline(actor=request.actor, card_id=card_id, reason=reason, at=request.at)
        return _("评分卡已退回，在用的不变。")
    raise DomainError("access.denied")


def _latest_metrics(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Measured on what the training never saw, where there is any."""
    metrics = facts["metrics"]
    for period in ("calibration", "later", "training"):
        if period in metrics and metrics[period]["auc_ppm"] is not None:
            found: Mapping[str, Any] = metrics[period]
            return found
    return metrics["training"]  # type: ignore[no-any-return]


def _periods(facts: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    words = {"training": _("训练"), "later": _("训练之后"), "calibration": _("校准")}
    return [(words[name], facts["metrics"][name]) for name in words if name in facts["metrics"]]


def _figures(in_force: CardRow | None, latest: DriftRow | None) -> list[Figure]:
    if in_force is None:
        return []
    best = _latest_metrics(in_force.facts)
    psi = (
        Figure(_("评分 PSI"), percent(latest.score_ppm, 1), unit="%", note=latest.month)
        if latest
        else Figure(_("评分 PSI"), "—", note=_("下一次运行后"))
    )
    return [
        figure_count(_("变量"), in_force.features, unit=_("个")),
        Figure("AUC", percent(best["auc_ppm"] or 0, 1), unit="%"),
        Figure("KS", percent(best["ks_ppm"] or 0, 1), unit="%"),
        psi,
    ]


def _metric_figures(best: Mapping[str, Any]) -> list[Figure]:
    interval = "–".join(percent(best[k] or 0, 1) for k in ("auc_low_ppm", "auc_high_ppm"))
    return [
        Figure("AUC", percent(best["auc_ppm"] or 0, 1), unit="%", note=interval),
        Figure("KS", percent(best["ks_ppm"] or 0, 1), unit="%"),
        Figure("Gini", percent(best["gini_ppm"] or 0, 1), unit="%"),
        Figure(_("校准误差"), percent(best["ece_ppm"] or 0, 2), unit="%"),
    ]


def _cards_table(rows: Sequence[CardRow]) -> Table[CardRow]:
    people = user_words([ref for row in rows for ref in (row.maker_ref, row.checker_ref)])
    return Table(
        id="cards",
        rows=rows,
        export="scorecards",
        columns=[
            Column(
                "card",
                _("评分卡"),
                lambda r: str(CARDS[r.name]),
                sub=lambda r: f"{short_hash(r.digest)} · {ORIGINS.get(r.origin, r.origin)}",
                href=lambda r: reverse("risk:scorecard", args=[r.id]),
                strong=True,
                phone=1,
            ),
            Column(
                "auc", "AUC", lambda r: _latest_metrics(r.facts)["auc_ppm"], kind="rate", phone=2
            ),
            Column("features", _("变量"), lambda r: r.features, kind="count"),
            Column("maker", _("经办"), lambda r: people.get(r.maker_ref, r.maker_ref)),
            Column(
                "checker",
                _("复核"),
                lambda r: people.get(r.checker_ref, r.checker_ref) if r.checker_ref else "",
            ),
            Column("at", _("提出"), lambda r: r.made_at, kind="moment", phone=4),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="scorecard", phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            Chip("approved", _("在用"), lambda r: r.state == "approved"),
            Chip("draft", _("待批准"), lambda r: r.state == "draft"),
        ],
        empty=Empty(_("还没有评分卡"), _("用 score_train 训练，或先带入随附的模拟评分卡")),
    )


def _drift_table(rows: Sequence[DriftRow]) -> Table[DriftRow]:
    return Table(
        id="drifts",
        prefix="d.",
        rows=rows,
        export="score-drift",
        columns=[
            Column(
                "month",
                _("月份"),
                lambda r: r.month,
                sub=lambda r: str(CARDS[r.card_name]),
                strong=True,
                phone=1,
            ),
            Column("score", _("评分 PSI"), lambda r: r.score_ppm, kind="rate", phone=2),
            Column("worst", _("偏移最大的变量"), _worst, nowrap=False),
            Column("firms", _("企业"), lambda r: r.firms, kind="count", phone=4),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="drift", phone=3),
        ],
        empty=Empty(_("还没有监测结果"), _("每月第一次风控运行后写入一行")),
    )


def _worst(row: DriftRow) -> str:
    if not row.features:
        return ""
    name = max(sorted(row.features), key=lambda each: row.features[each])
    return f"{SCORE_FEATURES.get(name, name)} {percent(row.features[name], 1)}%"
