"""How many labelled frauds the checks find on chains they have not seen, and what they wrongly say."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from risk.analysis import Analysis, chain_analyse
from risk.findings import Severity
from risk.policy import Policy
from risk.verdict import VerdictWord, verdict_word
from scf.benchmarks import amlsim, p2p
from scf.benchmarks.chain_facts import chain_read
from scf.benchmarks.detect_score import Alarm, Score, chain_score, labels_read
from scf.benchmarks.scores import FILE, FOLDER, scores_measure_ibm
from scf.simulator.files import Plot, chain_write
from scf.simulator.frauds.values import FRAUD_KINDS, LABELS_NAME, LOOKALIKE_KINDS
from scf.simulator.values import ChainSpec

# Seeds to work with, and seeds that nobody looks at while a check is being written.
DEVELOPMENT_SEEDS = (11, 12, 13, 14, 15, 16)
HELD_OUT_SEEDS = (90_101, 90_102, 90_103, 90_104, 90_105)
KIND_OF_CHECK = {
    "circular_trade": "rings",
    "duplicate_financing": "duplicates",
    "phantom_delivery": "phantom",
    "cash_out": "cashout",
}
SUPPLIERS, DISTRIBUTORS, ORDER_LINES, CASES = 200, 400, 26_000, 6
# Payments need a year before and a quarter more, else a slow change has nothing to be held against.
HISTORY_DAYS = 600
RING_CHECK = "circular_trade"


def detect_measure(
    *,
    seeds: Sequence[int] = HELD_OUT_SEEDS,
    suppliers: int = SUPPLIERS,
    distributors: int = DISTRIBUTORS,
    order_lines: int = ORDER_LINES,
    cases: int = CASES,
) -> Mapping[str, object]:
    """Recall and precision by kind over chains of these seeds; `strict` counts high findings only."""
    loose = {kind: Score() for kind in FRAUD_KINDS}
    strict = {kind: Score() for kind in FRAUD_KINDS}
    rows, seconds = 0, {"simulate": 0.0, "read": 0.0, "analyse": 0.0}
    for seed in seeds:
        spec = ChainSpec(
            seed=seed,
            supplier_count=suppliers,
            distributor_count=distributors,
            order_lines=order_lines,
            history_days=HISTORY_DAYS,
        )
        plot = Plot(dict.fromkeys(FRAUD_KINDS, cases), dict.fromkeys(LOOKALIKE_KINDS, cases))
        with tempfile.TemporaryDirectory(prefix="huoshui-detect-") as name:
            folder, started = Path(name), time.perf_counter()
            chain_write(spec=spec, folder=folder, plot=plot)
            written = time.perf_counter()
            chain = chain_read(folder=folder, as_of=spec.last_date)
            labels = labels_read(path=folder / LABELS_NAME, codes=chain.codes)
        read = time.perf_counter()
        analysis = chain_analyse(chain.snapshot, policy=Policy())
        seconds["simulate"] += written - started
        seconds["read"] += read - written
        seconds["analyse"] += time.perf_counter() - read
        rows += chain.rows
        for total, least in ((loose, Severity.WARN), (strict, Severity.HIGH)):
            alarms = list(alarms_of(analysis, least=least))
            scores = chain_score(labels=labels, alarms=alarms, kinds=FRAUD_KINDS, chain=f"{seed}:")
            for kind, score in scores.items():
                total[kind].add(score)
    return {
        "seeds": list(seeds),
        "suppliers": suppliers,
        "distributors": distributors,
        "rows": rows,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "kinds": {kind: score.data() for kind, score in loose.items()},
        "strict": {kind: score.data() for kind, score in strict.items()},
    }


def detect_report(*, first_seed: int | None, data: Path | None) -> Mapping[str, object]:
    """`bin/bench detect`: our own chains, and published data beside them where it is found."""
    own = detect_measure(seeds=chain_seeds(first=first_seed))
    return {**own, "published": published_figures(data=data)}


def chain_seeds(*, first: int | None) -> tuple[int, ...]:
    """The held-out seeds, or as many that begin with a seed of one's own."""
    if first is None:
        return HELD_OUT_SEEDS
    return tuple(range(first, first + len(HELD_OUT_SEEDS)))


def published_figures(*, data: Path | None) -> dict[str, object]:
    """The same code's figures on published data, where the folder holds them; else why not."""
    folder = data or FOLDER
    found: dict[str, object] = {}
    ibm = folder / FILE
    found["ibm_receivables"] = (
        scores_measure_ibm(data=ibm.read_bytes()) if ibm.exists() else "no data"
    )
    sample, log = folder / amlsim.FOLDER, folder / p2p.FILE
    found["amlsim"] = amlsim.amlsim_measure(folder=sample) if sample.exists() else "no data"
    found["p2p"] = p2p.p2p_measure(path=log) if log.exists() else "no data"
    return found


def alarms_of(analysis: Analysis, *, least: Severity) -> Iterator[Alarm]:
    """Every suspicion of the checks, a ring once for all its firms; distress by the verdict."""
    wanted = {Severity.HIGH} if least is Severity.HIGH else {Severity.HIGH, Severity.WARN}
    for party_ref, findings in analysis.findings.items():
        for finding in findings:
            kind = KIND_OF_CHECK.get(finding.check)
            if kind is None or finding.severity not in wanted or not party_ref:
                continue
            ring = str(finding.facts.get("ring", "")) if finding.check == RING_CHECK else ""
            firms = ring.split(">") if ring else [party_ref]
            yield Alarm(kind, frozenset(firms))
    anchor = analysis.snapshot.anchor_mask()
    for place, signals in enumerate(analysis.signals):
        word = verdict_word(signals, policy=analysis.policy.verdict)
        if word is VerdictWord.DISTRESS and not anchor[place]:
            yield Alarm("distress", frozenset({analysis.snapshot.parties[place].ref}))


def table_lines(measured: Mapping[str, object]) -> Iterator[str]:
    """The figures by kind for people; nothing for measurements that have no kinds."""
    for title in ("kinds", "strict"):
        kinds = measured.get(title)
        if not isinstance(kinds, Mapping):
            continue
        head = (
            f"{'cases':>6} {'found':>6} {'recall':>8} {'alarms':>7} {'other':>6} {'precision':>10}"
        )
        yield f"{title:12} {head}  false alarms"
        for kind, data in kinds.items():
            figures = f"{data['cases']:>6} {data['found']:>6} {data['recall']!s:>8}"
            figures += f" {data['alarms']:>7} {data['other_fraud']:>6} {data['precision']!s:>10}"
            causes = ", ".join(f"{cause} {n}" for cause, n in data["false_alarms"].items())
            yield f"{kind:12} {figures}  {causes}"
