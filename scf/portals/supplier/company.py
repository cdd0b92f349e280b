"""公司资料: KYB with its expiry, bank accounts masked, users and seats."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from scf.network.queries import bank_accounts_list, party_get, seats_list
from scf.network.values import Role
from scf.portals.components import Empty
from scf.portals.dates import days_away
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.supplier.home import supplier_of
from scf.portals.tables import Column, Table
from scf.portals.words import SEATS


@portal_view(role=Role.SUPPLIER)
def company(request: PortalRequest) -> HttpResponse:
    """Read only: changes are made by the platform under four eyes."""
    supplier = party_get(party_id=supplier_of(request))
    on = request.business_date
    accounts = bank_accounts_list(party_id=supplier.id)
    return page(
        request,
        "supplier/company.html",
        {
            "name": supplier.name,
            "tax_id": supplier.tax_id,
            "kyb_state": supplier.kyb_state if supplier.kyb_valid(on=on) else "expired",
            "kyb_expiry_date": supplier.kyb_expiry_date,
            "kyb_away": days_away(supplier.kyb_expiry_date, on=on)
            if supplier.kyb_expiry_date
            else "",
            "waived": supplier.four_eyes_waived,
            "accounts": [
                {
                    "number": one.masked_number,
                    "bank": one.bank_name,
                    "holder": one.holder_name,
                    "verified": one.is_verified,
                }
                for one in accounts
            ],
            "seats": seats_table(request),
        },
    )


def seats_table(request: PortalRequest) -> Table[dict[str, Any]]:
    """Who of the firm may do what."""
    own = [row for row in seats_list(scope=request.scope) if row["role"] == request.actor.role]
    return Table(
        id="seats",
        rows=own,
        order="user",
        export="seats",
        columns=[
            Column("user", _("姓名"), lambda r: r["user"], strong=True, phone=1),
            Column("seat", _("席位"), lambda r: str(SEATS.get(r["seat"], r["seat"])), phone=2),
            Column("may", _("可以做"), lambda r: seat_may(r["seat"]), nowrap=False, phone=3),
        ],
        search=lambda r: (r["user"],),
        search_hint=_("姓名"),
        empty=Empty(_("还没有席位"), _("请联系平台运营开通。"), icon="users"),
    )


def seat_may(seat: str) -> str:
    """What a seat carries, in words."""
    words = {
        "viewer": _("查看"),
        "maker": _("查看、上传、提交出让"),
        "checker": _("查看、上传、提交、复核他人的出让"),
        "signer": _("查看、上传、提交、复核他人的出让"),
    }
    return words.get(seat, seat)
