"""The icons that pages may use, and the sprite that is built from them.

``bin/manage icons_build`` writes the sprite from the outline set of the @tabler/icons package;
the result is committed, so that neither the demo nor the tests need that package.
"""

from __future__ import annotations

import re
from pathlib import Path

ICONS = (
    "adjustments",
    "affiliate",
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-right",
    "arrows-exchange",
    "arrows-left-right",
    "ban",
    "bell",
    "book-2",
    "briefcase",
    "building",
    "building-bank",
    "calendar-check",
    "calendar-event",
    "calendar-stats",
    "certificate",
    "chart-bar",
    "check",
    "checks",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-check",
    "circle-x",
    "clipboard-check",
    "clock",
    "clock-hour-4",
    "coin",
    "copy",
    "database",
    "download",
    "eye",
    "file-check",
    "file-invoice",
    "file-text",
    "filter",
    "fingerprint",
    "flag",
    "flask",
    "gavel",
    "gauge",
    "hash",
    "history",
    "home",
    "hourglass",
    "id",
    "inbox",
    "info-circle",
    "key",
    "language",
    "link",
    "lock",
    "lock-check",
    "logout",
    "mail",
    "menu-2",
    "message-2",
    "package",
    "phone",
    "player-play",
    "plus",
    "printer",
    "receipt",
    "refresh",
    "report-search",
    "scale",
    "search",
    "selector",
    "send",
    "settings",
    "shield-check",
    "signature",
    "stack-2",
    "star",
    "sun",
    "table-import",
    "topology-star-3",
    "trash",
    "truck",
    "upload",
    "user",
    "user-check",
    "users",
    "wallet",
    "x",
)

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_EMPTY_BOX = re.compile(r'<path stroke="none"[^>]*/>')


def sprite_build(*, icons_dir: Path) -> str:
    """One SVG with a symbol for every icon; raises FileNotFoundError for a name that is not there."""
    symbols = [_symbol(name, (icons_dir / f"{name}.svg").read_text("utf-8")) for name in ICONS]
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def _symbol(name: str, svg: str) -> str:
    match = _BODY.search(svg)
    drawing = _EMPTY_BOX.sub("", match.group(1)) if match else ""
    flat = " ".join(drawing.split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{flat}</symbol>'
