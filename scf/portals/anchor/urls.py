"""The anchor desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import URLPattern

from scf.portals.shell.desks import NavItem

app_name = "anchor"
NAV: tuple[NavItem, ...] = ()
urlpatterns: list[URLPattern] = []
