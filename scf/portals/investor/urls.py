"""The investor desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.investor import cash, holdings, home, product, undo
from scf.portals.shell.desks import NavItem

app_name = "investor"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("首页"), "home"),
    NavItem("products", _("产品"), "chart-bar"),
    NavItem("holdings", _("持仓"), "wallet"),
    NavItem("cash", _("资金流水"), "building-bank"),
)
urlpatterns = [
    path("", home.home, name="home"),
    path("products/", product.products, name="products"),
    path("products/<int:series_id>/", product.product, name="product"),
    path("products/<int:series_id>/terms/", product.terms, name="terms"),
    path("holdings/", holdings.holdings, name="holdings"),
    path("cash/", cash.cash, name="cash"),
    path("cash/statements/", cash.statement_new, name="statement_new"),
    path("cash/statements/<int:statement_id>/", cash.statement, name="statement"),
    path("bids/<int:subscription_id>/withdraw/", undo.bid_withdraw, name="bid_withdraw"),
    path("cash/<int:withdrawal_id>/cancel/", undo.withdrawal_undo, name="withdrawal_cancel"),
]
