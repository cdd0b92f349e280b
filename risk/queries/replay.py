"""A run made again from what it stored, and held against its reports byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.errors import DomainError
from risk.analysis import chain_analyse
from risk.canonical import canonical_bytes, code_version, sha256_hex
from risk.models import Report, RiskRun
from risk.policy import policy_load
from risk.report import report_bytes
from risk.snapshot import snapshot_load

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out. `differing`: firms whose bytes are not those stored, or whose stored
    hash is not that of the stored bytes; `missing`: firms that have no report although the
    run is done. `code_before` made the run, `code_now` made it again; reports name the code,
    so that another code never gives equal bytes. The snapshot and the policy are intact when
    their bytes still have the hash they were stored under."""

    run_id: int
    state: str
    reports: int
    differing: tuple[str, ...]
    missing: tuple[str, ...]
    code_before: str
    code_now: str
    snapshot_intact: bool
    policy_intact: bool

    @property
    def is_equal(self) -> bool:
        """Every report came out with the same bytes, from intact inputs, and none is missing."""
        intact = self.snapshot_intact and self.policy_intact
        return intact and self.reports > 0 and not self.differing and not self.missing


def run_replayed(*, run_id: int) -> Replay:
    """Make every report of a run again. Raises `risk.run_unknown`."""
    run = RiskRun.objects.select_related("snapshot", "policy").filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    snapshot = snapshot_load(bytes(run.snapshot.data))
    analysis = chain_analyse(snapshot, policy=policy_load(run.policy.data))
    anchor = snapshot.anchor_mask().tolist()
    wanted = {p.ref for p, own in zip(snapshot.parties, anchor, strict=True) if not own}
    differing, seen = [], set()
    for row in Report.objects.filter(run_id=run_id).order_by("pk").iterator(chunk_size=AT_ONCE):
        seen.add(row.party_ref)
        data = bytes(row.payload)
        same = row.party_ref in wanted and data == report_bytes(analysis, party_ref=row.party_ref)
        if not same or sha256_hex(data) != row.payload_hash:
            differing.append(row.party_ref)
    return Replay(
        run_id=run_id,
        state=run.state,
        reports=len(seen),
        differing=tuple(sorted(differing)),
        missing=tuple(sorted(wanted - seen)) if run.state == "done" else (),
        code_before=run.code_version,
        code_now=code_version(),
        snapshot_intact=snapshot.digest == run.snapshot.digest,
        policy_intact=sha256_hex(canonical_bytes(run.policy.data)) == run.policy.digest,
    )
