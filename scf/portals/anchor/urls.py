"""The anchor desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.anchor import confirm, files, home, nav, payment_file, payments, queue
from scf.portals.shell.desks import NavItem

app_name = "anchor"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("首页"), "home"),
    NavItem("queue", _("确权"), "signature", count=nav.confirmations_waiting),
    NavItem("payments", _("付款计划"), "calendar-event"),
    NavItem("imports", _("文件导入"), "table-import"),
)
urlpatterns = [
    path("", home.home, name="home"),
    path("confirm/", queue.queue, name="queue"),
    path("confirm/<int:claim_id>/", confirm.confirm, name="confirm"),
    path("confirm/<int:claim_id>/statement.json", confirm.statement_download, name="statement"),
    path("payments/", payments.payments, name="payments"),
    path("payments/file/", payment_file.payment_file, name="payment_file"),
    path("payments/<int:claim_id>/misdirected/", payments.misdirected, name="misdirected"),
    *files.urlpatterns,
]
