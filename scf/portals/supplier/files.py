"""文件导入 at the supplier's desk."""

from __future__ import annotations

from scf.network.values import Role
from scf.portals.importing import import_urls

urlpatterns = import_urls("supplier", Role.SUPPLIER)
