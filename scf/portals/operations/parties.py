"""企业: who is on the platform, checked until when, and paid where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from scf.journeys.party_keeping import ACCOUNT
from scf.network.queries import approvals_pending, parties_table
from scf.network.values import Role, account_number_mask, ref_id
from scf.portals.components import Empty
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Table
from scf.portals.windows import queryset_source
from scf.portals.words import PARTY_KINDS

Row = Mapping[str, Any]


@portal_view(role=Role.OPERATIONS)
def parties(request: PortalRequest) -> HttpResponse:
    """Every firm of the programme; those whose check ran out and changes that wait first to filter."""
    waiting = {
        ref_id(one.subject_ref) for one in approvals_pending(scope=request.scope, verb=ACCOUNT)
    }
    return page(
        request,
        "operations/parties.html",
        {"parties": parties_list_table(request, waiting), "waiting": len(waiting)},
    )


def kyb_state(row: Row, on: Any) -> str:
    """Verified only until its day."""
    over = row["kyb_expiry_date"] is not None and row["kyb_expiry_date"] < on
    return "expired" if row["kyb_state"] == "verified" and over else str(row["kyb_state"])


def parties_list_table(request: PortalRequest, waiting: set[int]) -> Table[Any]:
    """Sorted, searched and paged by the database: an anchor has tens of thousands."""
    on = request.business_date
    chips = {
        "supplier": Q(kinds__contains=["supplier"]),
        "obligor": Q(kinds__contains=["obligor"]),
        "distributor": Q(kinds__contains=["distributor"]),
        "investor": Q(kinds__contains=["investor"]),
        "check": ~Q(kyb_state="verified") | Q(kyb_expiry_date__lt=on),
        # An empty set would make the database skip the count of all the others.
        "waiting": Q(pk__in=waiting or {0}),
    }
    words = {**PARTY_KINDS, "check": _("须认证"), "waiting": _("变更等复核")}
    return Table(
        id="parties",
        order="name",
        export="parties",
        source=queryset_source(
            parties_table(scope=request.scope),
            order={"name": "name", "until": "kyb_expiry_date", "tax": "tax_id"},
            search=("name", "tax_id"),
            chips=chips,
        ),
        columns=[
            Column(
                "name",
                _("企业"),
                lambda r: r["name"],
                sub=lambda r: r["group_name"],
                href=lambda r: reverse("operations:party", args=[r["id"]]),
                strong=True,
                nowrap=False,
                phone=1,
            ),
            Column("tax", _("统一社会信用代码"), lambda r: r["tax_id"]),
            Column(
                "kinds",
                _("身份"),
                lambda r: _("、").join(str(PARTY_KINDS[one]) for one in r["kinds"]),
                sortable=False,
                phone=4,
            ),
            Column(
                "account",
                _("收款账户"),
                lambda r: account_number_mask(r["account_number"]) if r["account_number"] else "—",
                sortable=False,
                phone=2,
            ),
            Column("until", _("认证有效至"), lambda r: r["kyb_expiry_date"], kind="date"),
            Column(
                "kyb",
                _("认证"),
                lambda r: kyb_state(r, on),
                kind="status",
                axis="kyb",
                sortable=False,
                phone=3,
            ),
        ],
        chips=[
            Chip("", _("全部"), lambda _r: True),
            *(Chip(key, words[key], lambda _r: True) for key in chips),
        ],
        search=lambda r: (r["name"], r["tax_id"]),
        search_hint=_("名称 / 代码"),
        empty=Empty(_("还没有企业"), _("导入主数据或开户之后出现在这里"), icon="building"),
    )
