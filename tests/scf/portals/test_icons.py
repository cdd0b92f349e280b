"""The committed sprite holds exactly the icons that pages may use."""

import re
from pathlib import Path

import pytest

from scf.portals.icons import ICONS, sprite_build
from tests.support.source import ROOT


def test_the_sprite_is_up_to_date() -> None:
    sprite = (ROOT / "static/huoshui/icons.svg").read_text("utf-8")
    assert re.findall(r'symbol id="([^"]+)"', sprite) == list(ICONS), "run bin/manage icons_build"


def test_templates_name_only_icons_of_the_sprite() -> None:
    pattern = re.compile(r'{% icon "([^"]+)"')
    used = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in pattern.findall(path.read_text("utf-8"))
    }
    assert used - set(ICONS) == set()


def test_building_keeps_the_drawing_and_drops_the_empty_box(tmp_path: Path) -> None:
    for name in ICONS:
        (tmp_path / f"{name}.svg").write_text(
            '<svg width="24">\n  <path stroke="none" d="M0 0h24v24H0z" fill="none"/>\n  <path d="M1 1" />\n</svg>'
        )
    assert f'<symbol id="{ICONS[0]}" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in sprite_build(icons_dir=tmp_path)  # fmt: skip


def test_an_icon_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sprite_build(icons_dir=tmp_path)
