"""The risk desk at the demo: gates that people open, and what it leaves for tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from risk.operations.gates import gate_override_approve, gate_override_propose
from risk.operations.limits import limit_change_propose
from risk.queries.desk import desk_queue
from risk.queries.gates import gate_get
from scf.network.queries import ProgrammeFacts
from scf.network.values import Actor, party_ref

OVERRIDE_DAYS = 60


def gate_ensure(
    *, programme: ProgrammeFacts, party_id: int, maker: Actor, checker: Actor, at: datetime
) -> bool:
    """Open a firm's gate by two people where the verdict keeps it shut; True when they had to."""
    gate = gate_get(
        programme_ref=programme.book, party_ref=party_ref(party_id), on=programme.business_date
    )
    if gate.passed or gate.decision_id is None:
        return False
    override = gate_override_propose(
        decision_id=gate.decision_id,
        grant="named_only",
        by=maker.ref,
        reason="逐票核实三单与回款，限具名发票",
        until=programme.business_date + timedelta(days=OVERRIDE_DAYS),
        at=at,
    )
    gate_override_approve(override_id=override, by=checker.ref, at=at)
    return True


def evening_leave(
    *, programme: ProgrammeFacts, maker: Actor, raise_limit_of: int, base_minor: int, at: datetime
) -> Mapping[str, int]:
    """What the desk's maker proposes and nobody has decided yet: a higher limit, one override."""
    limit_change_propose(
        programme_ref=programme.book,
        scope="party",
        subject_ref=party_ref(raise_limit_of),
        base_minor=base_minor,
        by=maker.ref,
        reason="连续十二个月按期交货、回款正常",
        at=at,
    )
    shut = [
        item
        for item in desk_queue(programme_ref=programme.book, on=programme.business_date)
        if item.kind in ("referred", "failed")
    ]
    for item in shut[:1]:
        gate_override_propose(
            decision_id=item.ref_id,
            grant="named_only",
            by=maker.ref,
            reason="已电话核实订单与收货，先放行具名发票",
            until=programme.business_date + timedelta(days=OVERRIDE_DAYS),
            at=at,
        )
    return {"limits": 1, "overrides": len(shut[:1])}
