"""One firm's report as data: whole numbers and words, the same bytes every time.

What a page shows comes from here and is not computed again: verdict with reasons and
evidence, how far it can be relied on, position beside peers, the neighbourhood in each
layer, flows by month, breaks and findings.
"""

from dataclasses import fields
from typing import Any, Final

import numpy as np

from ledger.rates import PPM
from risk.analysis import MONTH_KINDS, MONTHS, Analysis
from risk.canonical import canonical_bytes, code_version
from risk.chain.ego import Ego, ego_graph
from risk.chain.graph import Layer
from risk.chain.peers import main_role
from risk.chain.position import MeasureColumn, scaled
from risk.chain.structure import BOW_TIE
from risk.evidence import reason_rows
from risk.facts import MISSING, PartyFact, RequestFact, day_date
from risk.findings import evidence_data, evidence_of, finding_data
from risk.reconciling import REASONS
from risk.scoring.firms import score_data
from risk.signals.values import Signals, signals_data
from risk.snapshot import YEAR_DAYS
from risk.verdict import Verdict, verdict_data, verdict_decide

SCHEMA: Final = 1
BREAKS_SHOWN: Final = 20


def report_bytes(
    analysis: Analysis, *, party_ref: str, request: RequestFact | None = None
) -> bytes:
    """The report's canonical bytes; raises `risk.party_unknown`."""
    return canonical_bytes(report_payload(analysis, party_ref=party_ref, request=request))


def report_payload(
    analysis: Analysis, *, party_ref: str, request: RequestFact | None = None
) -> dict[str, Any]:
    """The report as plain data. `request` stands for the one in the snapshot, if given."""
    snapshot, policy = analysis.snapshot, analysis.policy
    firm = snapshot.position(party_ref)
    asked = request or snapshot.request_of(party_ref)
    signals = analysis.signals[firm].asking(asked)
    verdict = verdict_decide(signals, policy=policy.verdict)
    return {
        "schema": SCHEMA,
        "as_of": snapshot.as_of.isoformat(),
        "snapshot_hash": snapshot.digest,
        "policy_hash": analysis.policy_hash,
        "policy_version": policy.version,
        "code_version": code_version(),
        "party": _plain(snapshot.parties[firm]),
        "request": None if asked is None else _plain(asked),
        "verdict": _verdict(analysis, firm, verdict),
        "signals": signals_data(signals),
        "score": score_data(analysis.scores, firm),
        "reliability": _reliability(analysis, firm, signals, verdict),
        "position": _position(analysis, firm),
        "graph": {str(layer): _graph(analysis, firm, layer) for layer in Layer},
        "months": _months(analysis, firm),
        "breaks": _breaks(analysis, firm),
        "findings": [
            finding_data(finding)
            for ref in (party_ref, "")
            for finding in analysis.findings.get(ref, ())
        ],
    }


def _plain(fact: PartyFact | RequestFact) -> dict[str, Any]:
    return {f.name: getattr(fact, f.name) for f in fields(fact)}


def _verdict(analysis: Analysis, firm: int, verdict: Verdict) -> dict[str, Any]:
    data = verdict_data(verdict)
    rows = reason_rows(
        analysis.snapshot,
        index=analysis.index,
        firm=firm,
        sells=bool(analysis.measured.sells[firm]),
    )
    for reason in data["reasons"]:
        shown = evidence_of(analysis.snapshot.flows, rows.get(reason["code"], []))
        known = reason["value"] is not None
        reason["evidence"] = [evidence_data(item) for item in shown] if known else []
    return data


def _reliability(
    analysis: Analysis, firm: int, signals: Signals, verdict: Verdict
) -> dict[str, Any]:
    declared = analysis.snapshot.parties[firm].annual_sales_minor
    seen = int(analysis.graphs[Layer.INVOICE].sales()[firm])
    return {
        "reconciled_ppm": signals.reconciled_ppm,
        "history_days": signals.history_days,
        "coverage_ppm": min(seen * PPM // declared, PPM) if declared else None,
        "seen_sales_minor": seen,
        "baseline": "year_before" if analysis.measured.is_year_before[firm] else "preceding",
        "side": "sales" if analysis.measured.sells[firm] else "purchases",
        "unknown": [reason.code for reason in verdict.reasons if reason.value is None],
    }


def _position(analysis: Analysis, firm: int) -> dict[str, Any]:
    number = next(i for i, group in enumerate(analysis.groups) if firm in group.judged)
    group, places = analysis.groups[number], analysis.positions
    return {
        "role": main_role(analysis.snapshot.parties[firm]),
        "peers_basis": group.basis,
        "peers_count": len(group.members),
        "bow_tie": BOW_TIE[int(places.bow_tie[firm])],
        "bow_tie_without": BOW_TIE[int(places.bow_tie_without[firm])],
        "measures": [_measure(column, firm, number) for column in places.columns],
    }


def _measure(column: MeasureColumn, firm: int, group: int) -> dict[str, Any]:
    strip = column.standing.strips[group]
    percentile = int(column.standing.percentile[firm])
    return {
        "code": column.code,
        "unit": column.unit,
        "with": scaled(float(column.values[firm]), column.unit),
        "without": scaled(float(column.values_without[firm]), column.unit),
        "error": None if column.error is None else scaled(float(column.error[firm]), column.unit),
        "percentile": None if percentile == MISSING else percentile,
        "peers": None
        if strip is None
        else {
            f"p{mark}": round(value * PPM) if column.unit != "count" else round(value)
            for mark, value in zip((10, 25, 50, 75, 90), strip, strict=True)
        },
    }


def _graph(analysis: Analysis, firm: int, layer: Layer) -> dict[str, Any]:
    ego = ego_graph(analysis.graphs[layer], position=firm)
    return {
        "window_days": YEAR_DAYS,
        "suppliers": ego.suppliers,
        "buyers": ego.buyers,
        "total_in_minor": ego.total_in_minor,
        "total_out_minor": ego.total_out_minor,
        "nodes": [_node(analysis, firm, ego, index) for index in range(len(ego.nodes))],
    }


def _node(analysis: Analysis, firm: int, ego: Ego, index: int) -> dict[str, Any]:
    """A neighbour and the edge to it; `ref` is None for the "+N" others of a side."""
    node = ego.nodes[index]
    named = None if node.position is None else analysis.snapshot.parties[node.position]
    pair = (node.position, firm) if node.side == "supplier" else (firm, node.position)
    return {
        "ref": None if named is None else named.ref,
        "name": "" if named is None else named.name,
        "role": "" if named is None else main_role(named),
        "side": node.side,
        "rank": node.rank,
        "count": node.count,
        "total_minor": node.total_minor,
        "disputed": pair in analysis.disputed,
    }


def _months(analysis: Analysis, firm: int) -> list[dict[str, Any]]:
    sells = bool(analysis.measured.sells[firm])
    sums = (analysis.sold_months if sells else analysis.bought_months)[:, :, firm]
    seen = np.flatnonzero(sums.any(axis=0))
    first = int(seen[0]) if len(seen) else MONTHS
    return [
        {
            "month": analysis.months[month],
            **{
                f"{kind.name.lower()}_minor": int(sums[number, month])
                for number, kind in enumerate(MONTH_KINDS)
            },
        }
        for month in range(first, MONTHS)
    ]


def _breaks(analysis: Analysis, firm: int) -> dict[str, Any]:
    """Invoice lines of the year that do not agree, the largest broken amounts first."""
    rec = analysis.reconciliation
    own = ((rec.supplier == firm) | (rec.buyer == firm)) & rec.judged()
    rows = np.flatnonzero(own & (rec.reason > 0))
    broken = rec.amount_minor[rows] - rec.agreed_minor[rows]
    order = rows[np.argsort(-broken, kind="stable")]
    total, invoiced = int(broken.sum()), int(rec.amount_minor[own].sum())
    return {
        "count": len(rows),
        "total_minor": total,
        "invoiced_minor": invoiced,
        "share_ppm": total * PPM // invoiced if invoiced else 0,
        "rows": [_break(analysis, firm, int(row)) for row in order[:BREAKS_SHOWN]],
    }


def _break(analysis: Analysis, firm: int, row: int) -> dict[str, Any]:
    rec, snapshot = analysis.reconciliation, analysis.snapshot
    flows, at = snapshot.flows, int(rec.row[row])
    on, row_id = day_date(int(flows.day[at])), int(flows.row_id[at])
    other = int(rec.buyer[row] if rec.supplier[row] == firm else rec.supplier[row])
    return {
        "reason": REASONS[int(rec.reason[row])],
        "document": flows.documents[int(flows.document[at])],
        "item": flows.items[int(flows.item[at])],
        "row_id": None if row_id == MISSING else row_id,
        "date": "" if on is None else on.isoformat(),
        "counterparty_ref": snapshot.parties[other].ref,
        "counterparty": snapshot.parties[other].name,
        "ordered_micro": int(rec.ordered_micro[row]),
        "received_micro": int(rec.received_micro[row]),
        "invoiced_micro": int(rec.invoiced_micro[row]),
        "paid_minor": int(rec.paid_minor[row]),
        "amount_minor": int(rec.amount_minor[row]),
        "broken_minor": int(rec.amount_minor[row] - rec.agreed_minor[row]),
    }
