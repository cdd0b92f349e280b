"""Every issue that the code can raise has its words."""

from __future__ import annotations

import re
from pathlib import Path

from scf.imports.issues import ISSUES

ROOT = Path(__file__).parents[3] / "scf"
SOURCES = [*(ROOT / "imports").rglob("*.py"), *(ROOT / "journeys").glob("import*.py")]
RAISED = re.compile(
    r'(?:Issue\(\s*|CellError\(\s*|\.report\([^()]*?,\s*|\.ignore\(\s*|_ignore\(posting, |return )"([a-z_]+)"'
)
# Words that a pattern finds and that are no issues: what functions return.
OTHERS = {
    "closed", "open", "cancelled", "reversed", "blocked", "posted", "gb18030", "utf-8", "archive",
    "workbook", "csv", "incomplete",
}  # fmt: skip


def test_every_code_has_words_and_a_repair() -> None:
    raised = {
        code
        for path in SOURCES
        for code in RAISED.findall(path.read_text(encoding="utf-8"))
        if code not in OTHERS
    }
    assert len(raised) > 30
    assert raised - set(ISSUES) == set()


def test_no_words_for_what_nothing_raises() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCES if path.name != "issues.py"
    )
    assert [code for code in ISSUES if f'"{code}"' not in text] == []


def test_words_are_there() -> None:
    assert all(str(what) and str(repair) for what, repair in ISSUES.values())
