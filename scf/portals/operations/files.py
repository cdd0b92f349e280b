"""文件导入 at the operations desk: files of any party of the programme."""

from __future__ import annotations

from scf.network.values import Role
from scf.portals.importing import import_urls

urlpatterns = import_urls("operations", Role.OPERATIONS)
