"""Every address of the platform."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("scf.api.urls")),
    path("", include("scf.portals.urls")),
]

handler400 = "scf.portals.shell.errors.bad_request"
handler403 = "scf.portals.shell.errors.permission_denied"
handler404 = "scf.portals.shell.errors.page_not_found"
handler500 = "scf.portals.shell.errors.server_error"
