"""Reports are written once and never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ledger.errors import DomainError
from risk.analysis import Analysis, chain_analyse
from risk.canonical import code_version, sha256_hex
from risk.facts import RequestFact
from risk.models import Report, StoredSnapshot
from risk.operations.runs import policy_store
from risk.policy import DEFAULT_POLICY, Policy
from risk.report import report_bytes
from risk.snapshot import snapshot_load


@dataclass(frozen=True, slots=True)
class Source:
    """What a batch of reports was made from; `run_id` is None for a report on demand."""

    programme_ref: str
    snapshot_id: int
    policy_id: int
    run_id: int | None


@transaction.atomic
def report_make(
    *,
    programme_ref: str,
    snapshot_id: int,
    party_ref: str,
    at: datetime,
    request: RequestFact | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> int:
    """One firm's report on demand, outside a run; returns its id.

    Raises `risk.snapshot_unknown`, `risk.party_unknown`.
    """
    stored = StoredSnapshot.objects.filter(pk=snapshot_id, programme_ref=programme_ref).first()
    if stored is None:
        raise DomainError("risk.snapshot_unknown", snapshot=snapshot_id)
    analysis = chain_analyse(snapshot_load(bytes(stored.data)), policy=policy)
    source = Source(programme_ref, snapshot_id, policy_store(policy=policy), None)
    data = report_bytes(analysis, party_ref=party_ref, request=request)
    return reports_store(source=source, analysis=analysis, reports=[data], at=at)[0].pk


@transaction.atomic
def reports_store(
    *, source: Source, analysis: Analysis, reports: Sequence[bytes], at: datetime
) -> list[Report]:
    """Keep a batch of report bytes with what lists show of them."""
    rows = [_row(source, analysis, data, at) for data in reports]
    return Report.objects.bulk_create(rows)


def _row(source: Source, analysis: Analysis, data: bytes, at: datetime) -> Report:
    payload: dict[str, Any] = json.loads(data)
    reliability = payload["reliability"]
    return Report(
        run_id=source.run_id,
        programme_ref=source.programme_ref,
        party_ref=payload["party"]["ref"],
        party_name=payload["party"]["name"],
        party_role=payload["position"]["role"],
        snapshot_id=source.snapshot_id,
        policy_id=source.policy_id,
        code_version=code_version(),
        as_of_date=analysis.snapshot.as_of,
        verdict=payload["verdict"]["verdict"],
        reconciled_ppm=reliability["reconciled_ppm"],
        seen_sales_minor=reliability["seen_sales_minor"],
        findings_high=sum(f["severity"] == "high" for f in payload["findings"]),
        score=None if payload["score"] is None else payload["score"]["score"],
        score_usable=payload["score"] is not None and payload["score"]["usable"],
        payload=data,
        payload_hash=sha256_hex(data),
        made_at=at,
    )
