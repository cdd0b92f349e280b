"""The gate of a firm without history: the risk desk refers it, and two people override."""

from __future__ import annotations

from datetime import timedelta

from risk.operations.gates import gate_override_approve, gate_override_propose
from risk.queries.gates import gate_get
from scf.journeys.assessing import risk_assess_now
from scf.network.values import party_ref
from scf.simulator.worked.world import World


def gate_open(*, world: World) -> None:
    """Assess, see ABSTAIN, override by maker and checker."""
    risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)
    gate = gate_get(
        programme_ref=world.programme.book,
        party_ref=party_ref(world.party("supplier")),
        on=world.today,
    )
    if gate.passed or gate.decision_id is None:
        return
    override = gate_override_propose(
        decision_id=gate.decision_id,
        grant="full",
        by=world.actors["risk"].ref,
        reason="算例：新供应商，人工核实三单",
        until=world.today + timedelta(days=200),
        at=world.at,
    )
    gate_override_approve(override_id=override, by=world.actors["risk2"].ref, at=world.at)
