"""总览: does the book prove itself?"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.queries import periods_list
from ledger.reconciliation import Proof
from scf.journeys.verifying import book_prove
from scf.network.values import Role
from scf.portals.components import Check, Figure, figure_money
from scf.portals.equation import equation_of
from scf.portals.figures import money
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

PERIODS = 10
TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "conservation": (gettext_lazy("借贷守恒"), gettext_lazy("每种资产借方合计等于贷方合计")),
    "balances": (gettext_lazy("余额可从零重算"), gettext_lazy("存储余额等于逐笔累加")),
    "references": (gettext_lazy("引用完整"), gettext_lazy("每笔分录都有凭证、账户和资产")),
    "escrow": (
        gettext_lazy("托管户只随对账单变动"),
        gettext_lazy("账面等于银行对账单每日期末余额"),
    ),
    "client_money": (
        gettext_lazy("没有客户资金透支"),
        gettext_lazy("除托管户外没有借方余额的人民币账户"),
    ),
    "units": (gettext_lazy("份额守恒"), gettext_lazy("核定 = 未发 + 持有 + 已赎回")),
    "entitlement": (
        gettext_lazy("权益覆盖本金"),
        gettext_lazy("债权 + 追索 + 已收 ≥ 未还本金，否则已标减值"),
    ),
    "fees": (gettext_lazy("费用当日划出"), gettext_lazy("平台费在赚得的营业日已出付款指令")),
}


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof as the page shows it."""

    title: str | Promise
    rule: str | Promise
    ok: bool
    difference: str
    detail: str
    milliseconds: int


@portal_view(role=Role.AUDITOR)
def home(request: PortalRequest) -> HttpResponse:
    """The proofs, run now, with time and difference; escrow against what is owed."""
    report = book_prove(programme_id=request.programme.id)
    proofs = [_proved(proof) for proof in report.proofs]
    broken = [proof for proof in proofs if not proof.ok]
    return page(
        request,
        "auditor/home.html",
        {
            "ok": report.ok,
            "broken": len(broken),
            "checks": [
                Check(
                    proof.title,
                    "ok" if proof.ok else "block",
                    f"{proof.rule}{' · ' + proof.detail if proof.detail else ''}",
                    f"{_('差额')} {proof.difference} · {proof.milliseconds} ms",
                )
                for proof in proofs
            ],
            "figures": _figures(request),
            "periods": periods_list(book=request.programme.book)[:PERIODS],
            "journal_href": reverse("auditor:journals"),
        },
    )


def _proved(proof: Proof) -> Proved:
    title, rule = TITLES.get(proof.name, (proof.name, ""))
    return Proved(
        title=title,
        rule=rule,
        ok=proof.ok,
        difference=money(proof.difference),
        detail=proof.detail,
        milliseconds=round(proof.seconds * 1000),
    )


def _figures(request: PortalRequest) -> list[Figure]:
    """Escrow equals owed + unallocated + in transit + fees."""
    book = equation_of(request.programme)
    return [
        figure_money(_("托管户余额"), book.escrow_minor, note=_("等于右边四项之和")),
        figure_money(_("欠各方"), book.owed_minor, note=_("可用、冻结、应付、待分配、预收")),
        figure_money(_("未分配"), book.unallocated_minor),
        figure_money(_("在途与费用"), book.transit_minor + book.fees_minor),
    ]
