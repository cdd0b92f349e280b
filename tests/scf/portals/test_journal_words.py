"""The auditor reads words, never codes."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils import translation

from scf.portals.journal_words import KINDS, kind_word

JOURNEYS = Path(__file__).parents[3] / "scf" / "journeys"
POSTED = re.compile(
    r'(?:kind=|kind = |kind, legs = |job\.post\(\s*|_journal\(key, )"([a-z_]+\.[a-z_]+)"'
)


def test_every_kind_that_a_journey_posts_has_words() -> None:
    posted = {
        kind
        for path in JOURNEYS.glob("*.py")
        for kind in POSTED.findall(path.read_text())
        if not kind.startswith("risk.")
    }
    assert {"bank.receipt", "payout.sent", "deposit.booked", "series.closed"} <= posted
    assert posted - set(KINDS) == set()


def test_an_undone_journal_says_what_it_undoes() -> None:
    with translation.override("zh-hans"):
        assert kind_word("deposit.booked.undone") == "撤销：投资人入金"
        assert kind_word("odd.kind") == "odd.kind"
