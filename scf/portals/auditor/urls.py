"""The auditor's addresses: everything to read, nothing to change."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.auditor import balances, home, journals
from scf.portals.shell.desks import NavItem

app_name = "auditor"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("总览"), "home"),
    NavItem("journals", _("日记账"), "file-text"),
    NavItem("balances", _("账户余额"), "building-bank"),
)
urlpatterns = [
    path("", home.home, name="home"),
    path("journals/", journals.journals, name="journals"),
    path("journals/<int:journal_id>/", journals.journal, name="journal"),
    path("balances/", balances.balances, name="balances"),
    path("account/", balances.account, name="account"),
]
