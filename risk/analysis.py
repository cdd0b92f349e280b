"""One pass over a snapshot: everything that reports of single firms are then written from."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from risk.arrays import BoolArray, ratio
from risk.chain.graph import Graph, Layer, layer_graph
from risk.chain.peers import PeerGroup, peer_groups
from risk.chain.position import Positions, positions_measure
from risk.checks import (
    cash_out,
    circular_trade,
    duplicate_financing,
    input_quality,
    phantom_delivery,
    self_trade,
    tenor_drift,
    three_flows,
    volume_spike,
)
from risk.evidence import RowIndex, rows_index
from risk.facts import FlowKind, IntArray
from risk.findings import Finding
from risk.policy import Policy, policy_hash
from risk.reconciling import Reconciliation, reconcile
from risk.scoring.firms import Scores, scores_measure
from risk.signals.measuring import Measured, signals_measure, with_customers
from risk.signals.values import Signals
from risk.snapshot import YEAR_DAYS, Snapshot
from risk.verdict import VerdictWord, verdict_word

CHECKS: Final[tuple[Callable[..., tuple[Finding, ...]], ...]] = (
    input_quality.check,
    three_flows.check,
    volume_spike.check,
    tenor_drift.check,
    self_trade.check,
    circular_trade.check,
    duplicate_financing.check,
    cash_out.check,
    phantom_delivery.check,
)
MONTH_KINDS: Final = (
    FlowKind.ORDER,
    FlowKind.DESPATCH,
    FlowKind.RECEIPT,
    FlowKind.INVOICE,
    FlowKind.PAYMENT,
)
MONTHS: Final = 18


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The chain measured; `signals` are without requests. `sold_months` and `bought_months`
    are sums by kind of `MONTH_KINDS`, month (the oldest first) and firm. `disputed` marks
    edges of the invoice graph whose broken share is above the policy's warning line."""

    snapshot: Snapshot
    policy: Policy
    policy_hash: str
    graphs: Mapping[Layer, Graph]
    groups: tuple[PeerGroup, ...]
    positions: Positions
    reconciliation: Reconciliation
    measured: Measured
    signals: tuple[Signals, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    months: tuple[str, ...]
    sold_months: IntArray
    bought_months: IntArray
    disputed: frozenset[tuple[int, int]]
    index: RowIndex
    scores: Scores | None = None


def chain_analyse(snapshot: Snapshot, *, policy: Policy) -> Analysis:
    """Measure the whole chain and run every check."""
    graphs = {layer: layer_graph(snapshot, layer=layer, days=YEAR_DAYS) for layer in Layer}
    groups = peer_groups(snapshot.parties, least=policy.peers_least)
    rec = reconcile(snapshot, policy=policy.reconcile)
    measured = signals_measure(snapshot, reconciliation=rec, policy=policy)
    months, sold, bought = _months(snapshot)
    signals = _with_neighbours(snapshot, measured, graphs[Layer.INVOICE], policy)
    positions = positions_measure(
        graphs[Layer.INVOICE],
        anchor=snapshot.anchor_mask(),
        groups=groups,
        sector=sector_numbers(snapshot),
    )
    return Analysis(
        snapshot=snapshot,
        policy=policy,
        policy_hash=policy_hash(policy),
        graphs=graphs,
        groups=groups,
        positions=positions,
        reconciliation=rec,
        measured=measured,
        signals=signals,
        findings=_findings(snapshot, policy),
        months=months,
        sold_months=sold,
        bought_months=bought,
        disputed=disputed_pairs(rec, len(snapshot.parties), policy),
        index=rows_index(snapshot),
        scores=_scores(snapshot, signals, positions, policy),
    )


def _scores(
    snapshot: Snapshot, signals: tuple[Signals, ...], positions: Positions, policy: Policy
) -> Scores | None:
    """The policy's card over every firm that is judged; the anchor's own are not scored."""
    words = [verdict_word(each, policy=policy.verdict) for each in signals]
    judged: BoolArray = np.array([word is not VerdictWord.ABSTAIN for word in words], dtype=bool)
    return scores_measure(
        policy.card,
        signals=signals,
        measures=positions.columns,
        judged=judged & ~snapshot.anchor_mask(),
        warn_ppm=policy.scores.psi_warn_ppm,
        stop_ppm=policy.scores.psi_stop_ppm,
        least_firms=policy.scores.psi_least_firms,
    )


def sector_numbers(snapshot: Snapshot) -> IntArray:
    """Each firm's sector as a number from 1 in order of the names, 0 where it is not known."""
    names = [party.sector for party in snapshot.parties]
    place = {name: number for number, name in enumerate(sorted(set(names) | {""}))}
    return np.array([place[name] for name in names], dtype=np.int64)


def _with_neighbours(
    snapshot: Snapshot, measured: Measured, graph: Graph, policy: Policy
) -> tuple[Signals, ...]:
    """Second pass: a firm whose customers are in distress by their own figures.

    The anchor's entities are no such customers: everyone sells to them, so that one quiet
    season of theirs would condemn the whole chain. Their soundness is what the group's limit
    is about.
    """
    words = [verdict_word(signals, policy=policy.verdict) for signals in measured.signals]
    distressed: BoolArray = np.array([word is VerdictWord.DISTRESS for word in words], dtype=bool)
    return with_customers(
        measured,
        source=graph.source,
        target=graph.target,
        weight=graph.weight,
        distressed=distressed & ~snapshot.anchor_mask(),
    )


def _findings(snapshot: Snapshot, policy: Policy) -> dict[str, tuple[Finding, ...]]:
    by_party: dict[str, list[Finding]] = defaultdict(list)
    for check in CHECKS:
        for finding in check(snapshot, policy=policy):
            by_party[finding.party_ref].append(finding)
    return {ref: tuple(found) for ref, found in by_party.items()}


def _months(snapshot: Snapshot) -> tuple[tuple[str, ...], IntArray, IntArray]:
    flows, size = snapshot.flows, len(snapshot.parties)
    last = snapshot.as_of.year * 12 + snapshot.as_of.month - 1
    calendar = flows.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    place = calendar + 1970 * 12 - (last - MONTHS + 1)
    sold = np.zeros((len(MONTH_KINDS), MONTHS, size), dtype=np.int64)
    bought = np.zeros_like(sold)
    for number, kind in enumerate(MONTH_KINDS):
        kept = (flows.kind == kind) & (place >= 0) & (flows.amount_minor > 0)
        amount = flows.amount_minor[kept]
        np.add.at(sold[number], (place[kept], flows.supplier[kept]), amount)
        np.add.at(bought[number], (place[kept], flows.buyer[kept]), amount)
    names = tuple(f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(last - MONTHS + 1, last + 1))
    return names, sold, bought


def disputed_pairs(rec: Reconciliation, size: int, policy: Policy) -> frozenset[tuple[int, int]]:
    """Pairs (supplier, buyer) whose broken share of a year's invoices is at the warning line."""
    judged = rec.judged()
    pair = rec.supplier[judged] * size + rec.buyer[judged]
    pairs, place = np.unique(pair, return_inverse=True)
    total, agreed = np.zeros((2, len(pairs)), dtype=np.int64)
    np.add.at(total, place, rec.amount_minor[judged])
    np.add.at(agreed, place, rec.agreed_minor[judged])
    broken = ratio(total - agreed, total, otherwise=0.0) * 1_000_000
    found = pairs[broken >= policy.checks.breaks_warn_ppm]
    return frozenset((int(code) // size, int(code) % size) for code in found)
