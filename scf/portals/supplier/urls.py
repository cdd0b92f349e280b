"""The supplier desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.shell.desks import NavItem
from scf.portals.supplier import (
    company,
    decide,
    files,
    home,
    nav,
    offers,
    receivable,
    receivables,
    settlement,
)

app_name = "supplier"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("首页"), "home"),
    NavItem("receivables", _("应收款"), "file-invoice"),
    NavItem("offers", _("报价与出让"), "arrows-exchange", count=nav.offers_waiting),
    NavItem("settlement", _("到账与结算"), "building-bank"),
    NavItem("imports", _("文件导入"), "table-import"),
    NavItem("company", _("公司资料"), "building"),
)
urlpatterns = [
    path("", home.home, name="home"),
    path("receivables/", receivables.receivables, name="receivables"),
    path("receivables/<int:receivable_id>/", receivable.receivable, name="receivable"),
    path("receivables/<int:receivable_id>/ask/", receivable.ask, name="ask"),
    path("offers/", offers.offers, name="offers"),
    path("offers/review/", decide.review, name="offers_review"),
    path("claims/<int:claim_id>/withdraw/", decide.withdraw, name="withdraw"),
    path("claims/<int:claim_id>/revocation/", decide.revocation, name="revocation"),
    path("settlement/", settlement.settlement, name="settlement"),
    path("settlement/statements/", settlement.statement_new, name="statement_new"),
    path("settlement/statements/<int:statement_id>/", settlement.statement, name="statement"),
    path("company/", company.company, name="company"),
    *files.urlpatterns,
]
