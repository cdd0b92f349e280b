"""The operations desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.operations import (
    day,
    exception,
    exceptions,
    files,
    issue,
    parties,
    party,
    payouts,
    reconcile,
    series,
    terms,
)
from scf.portals.shell.desks import NavItem

app_name = "operations"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("今日"), "home"),
    NavItem("reconcile", _("对账"), "building-bank"),
    NavItem("payouts", _("付款"), "wallet"),
    NavItem("issue", _("发行与交割"), "chart-bar"),
    NavItem("exceptions", _("异常"), "alert-triangle"),
    NavItem("parties", _("企业"), "building"),
    NavItem("imports", _("文件导入"), "table-import"),
    NavItem("terms", _("条款"), "file-text"),
    NavItem("business_day", _("营业日"), "clock-hour-4"),
)
urlpatterns = [
    path("", day.home, name="home"),
    path("day/", day.business_day, name="business_day"),
    path("day/progress/", day.progress, name="day_progress"),
    path("reconcile/", reconcile.reconcile, name="reconcile"),
    path("payouts/", payouts.payouts, name="payouts"),
    path("payouts/<int:batch_id>/", payouts.batch, name="payout_batch"),
    path("payouts/<int:batch_id>/file/", payouts.payment_file, name="payment_file"),
    path("issue/", issue.issue, name="issue"),
    path("issue/claims/<int:claim_id>/", issue.offer, name="offer"),
    path("issue/<int:series_id>/", series.series, name="series"),
    path("exceptions/", exceptions.exceptions, name="exceptions"),
    path("exceptions/<int:claim_id>/", exception.exception, name="exception"),
    path("parties/", parties.parties, name="parties"),
    path("parties/<int:party_id>/", party.party, name="party"),
    path("terms/", terms.terms, name="terms"),
    *files.urlpatterns,
]
