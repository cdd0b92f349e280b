"""The command writes the sprite into the static files."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from scf.management.commands.icons_build import TARGET
from scf.portals.icons import ICONS


def test_icons_build(tmp_path: Path, settings: Any) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    settings.HUOSHUI_ICONS_DIR = tmp_path / "icons"
    (tmp_path / "icons/outline").mkdir(parents=True)
    (tmp_path / TARGET).parent.mkdir(parents=True)
    for name in ICONS:
        (tmp_path / "icons/outline" / f"{name}.svg").write_text('<svg><path d="M1 1"/></svg>')
    call_command("icons_build", stdout=StringIO())
    assert (tmp_path / TARGET).read_text().count("<symbol") == len(ICONS)
