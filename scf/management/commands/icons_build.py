"""Write the icon sprite from the installed @tabler/icons package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from scf.portals.icons import sprite_build

SOURCE = Path("node_modules/@tabler/icons/icons/outline")
TARGET = Path("static/huoshui/icons.svg")


class Command(BaseCommand):
    help = "Write static/huoshui/icons.svg from the outline icons of @tabler/icons."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        (root / TARGET).write_text(sprite_build(icons_dir=root / SOURCE), "utf-8")
        self.stdout.write(f"{TARGET}")
