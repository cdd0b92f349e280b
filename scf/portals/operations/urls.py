"""The operations desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.operations import day, issue, series
from scf.portals.shell.desks import NavItem

app_name = "operations"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("今日"), "home"),
    NavItem("issue", _("发行与交割"), "chart-bar"),
    NavItem("business_day", _("营业日"), "clock-hour-4"),
)
urlpatterns = [
    path("", day.home, name="home"),
    path("day/", day.business_day, name="business_day"),
    path("day/progress/", day.progress, name="day_progress"),
    path("issue/", issue.issue, name="issue"),
    path("issue/claims/<int:claim_id>/", issue.offer, name="offer"),
    path("issue/<int:series_id>/", series.series, name="series"),
]
