"""Labelled chains to train the shipped application card on: simulated, and said to be so.

The chain simulator lets some firms slide into slow distress (orders thin out, money comes
later, deliveries get short) and others, honest, dip for a while or shrink. A firm is bad when
its slow distress begins before the chain's last day; its features are measured sixty days
earlier, through the importer's readers and the analysis that judges real chains. Such a firm
is then 50 to 240 days into its slide, if it is into it at all. A chain holds many such firms
to be worth its while; one in four is kept, so that they are about as rare as in earnest.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from risk.analysis import chain_analyse
from risk.policy import DEFAULT_POLICY
from risk.scoring.features import FEATURES, firm_columns
from risk.scoring.values import NOTHING
from risk.verdict import VerdictWord, verdict_word
from scf.benchmarks.chain_facts import chain_read
from scf.benchmarks.detect_score import labels_read
from scf.simulator.files import Plot, chain_write
from scf.simulator.values import ChainSpec

FIRST: Final = date(2024, 3, 18)
APART_DAYS: Final = 60
BEFORE_DAYS: Final = 60
HISTORY_DAYS: Final = 620
SUPPLIERS: Final = 160
DISTRIBUTORS: Final = 240
ORDER_LINES: Final = 16_000
BAD: Final = 60
HONEST: Final = 20
KEPT_ONE_IN: Final = 4
HEADER: Final = ("as_of", "chain", "party", "bad", *(spec.code for spec in FEATURES))


def chain_rows(*, seed: int, number: int) -> Iterator[tuple[str, ...]]:
    """The CSV rows of one chain: every firm that is judged on its day."""
    spec = ChainSpec(
        seed=seed + number,
        supplier_count=SUPPLIERS,
        distributor_count=DISTRIBUTORS,
        order_lines=ORDER_LINES,
        business_date=FIRST + timedelta(days=APART_DAYS * number),
        history_days=HISTORY_DAYS,
    )
    as_of = spec.last_date - timedelta(days=BEFORE_DAYS)
    plot = Plot({"distress": BAD}, {"dip": HONEST, "shrinking": HONEST})
    with tempfile.TemporaryDirectory(prefix="huoshui-score-") as name:
        chain_write(spec=spec, folder=Path(name), plot=plot)
        chain = chain_read(folder=Path(name), as_of=as_of)
        labels = labels_read(path=Path(name) / "labels.csv", codes=chain.codes)
    bad = {ref for label in labels if label.kind == "distress" for ref in label.parties}
    analysis = chain_analyse(chain.snapshot, policy=DEFAULT_POLICY)
    columns = firm_columns(analysis.signals, analysis.positions.columns)
    anchor = analysis.snapshot.anchor_mask()
    for at, party in enumerate(analysis.snapshot.parties):
        word = verdict_word(analysis.signals[at], policy=DEFAULT_POLICY.verdict)
        if anchor[at] or word is VerdictWord.ABSTAIN:
            continue
        is_bad = party.ref in bad
        if is_bad and zlib.crc32(f"{number}:{party.ref}".encode()) % KEPT_ONE_IN:
            continue
        values = (int(columns[spec.code][at]) for spec in FEATURES)
        cells = ("" if value == NOTHING else str(value) for value in values)
        yield (as_of.isoformat(), str(number), party.ref, str(int(is_bad)), *cells)
