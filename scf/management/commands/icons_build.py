"""Write the icon sprite from the installed @tabler/icons package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from scf.portals.icons import sprite_build

TARGET = "huoshui/icons.svg"


class Command(BaseCommand):
    help = "Write static/huoshui/icons.svg from the outline icons of @tabler/icons."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.STATICFILES_DIRS[0]) / TARGET
        source = Path(settings.HUOSHUI_ICONS_DIR) / "outline"
        target.write_text(sprite_build(icons_dir=source), "utf-8")
        self.stdout.write(str(target))
