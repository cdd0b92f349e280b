"""The addresses of the shell and of the six portals."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from scf.portals.gallery import components
from scf.portals.shell import views

urlpatterns = [
    path("", views.root, name="root"),
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", views.Logout.as_view(), name="logout"),
    path("password/", views.Password.as_view(), name="password"),
    path("language/", views.language, name="language"),
    path("seat/", views.seat, name="seat"),
    path("messages/", views.inbox, name="messages"),
    path("healthz", views.healthz, name="healthz"),
    path("supplier/", include("scf.portals.supplier.urls")),
    path("anchor/", include("scf.portals.anchor.urls")),
    path("investor/", include("scf.portals.investor.urls")),
    path("risk/", include("scf.portals.risk_desk.urls")),
    path("operations/", include("scf.portals.operations.urls")),
    path("auditor/", include("scf.portals.auditor.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("_components/", components, name="components"))
