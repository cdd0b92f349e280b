"""What an investor may still take back: a bid while its product takes bids, a withdrawal before
it is instructed. Posted from the product's page and from 资金流水."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from scf.journeys.subscribing import subscription_withdraw
from scf.journeys.withdrawing import withdrawal_cancel
from scf.network.values import Role
from scf.portals.figures import money
from scf.portals.shell.session import PortalRequest, portal_view


@portal_view(role=Role.INVESTOR, post=True)
def bid_withdraw(request: PortalRequest, subscription_id: int) -> HttpResponse:
    """撤回认购: the held money is free again at once."""
    if request.method != "POST":
        return redirect("investor:holdings")
    bid = subscription_withdraw(actor=request.actor, subscription_id=subscription_id, at=request.at)
    said = _("已撤回认购，%(sum)s 已解冻。") % {"sum": money(bid.amount_minor)}
    messages.success(request, said)
    return redirect("investor:product", bid.series_id)


@portal_view(role=Role.INVESTOR, post=True)
def withdrawal_undo(request: PortalRequest, withdrawal_id: int) -> HttpResponse:
    """取消提现: the reserved money is available again at once."""
    if request.method == "POST":
        withdrawal_cancel(actor=request.actor, withdrawal_id=withdrawal_id, at=request.at)
        messages.success(request, _("已取消提现，资金恢复可用。"))
    return redirect("investor:cash")
