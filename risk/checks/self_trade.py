"""Trade with oneself: a firm that invoices itself, or firms under one control that trade.

The anchor's own group is left out: its entities trade by design and are one obligor anyway.
"""

import numpy as np

from ledger.rates import PPM
from risk.chain.relations import relations_of
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import Policy
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

CHECK = "self_trade"


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """Any invoice to oneself; sales inside the own group, or to a firm of the same owner,
    from the policy's share of sales on."""
    flows = snapshot.flows
    year = in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    rows = np.flatnonzero((flows.kind == FlowKind.INVOICE) & (flows.amount_minor > 0) & year)
    seller, buyer = flows.supplier[rows], flows.buyer[rows]
    group = _groups(snapshot)
    itself = seller == buyer
    inside = ~itself & (group[seller] >= 0) & (group[seller] == group[buyer])
    relations = relations_of(
        snapshot.parties, anchor=snapshot.anchor_mask(), key_most=policy.checks.key_most_firms
    )
    owner = relations.owner
    sisters = ~itself & ~inside & (owner[seller] != MISSING) & (owner[seller] == owner[buyer])
    exempt = snapshot.exempt_mask()[rows]
    sold = np.zeros(len(snapshot.parties), dtype=np.int64)
    np.add.at(sold, seller, flows.amount_minor[rows])
    found = []
    for code, mask, severity, least in (
        ("invoice_to_itself", itself, Severity.HIGH, 0),
        ("trade_in_own_group", inside & ~exempt, Severity.WARN, policy.checks.group_trade_ppm),
        ("trade_with_own_owner", sisters & ~exempt, Severity.WARN, policy.checks.group_trade_ppm),
    ):
        for party in np.unique(seller[mask]).tolist():
            own = rows[mask & (seller == party)]
            amount = int(flows.amount_minor[own].sum())
            share = amount * PPM // int(sold[party])
            if share >= least:
                facts: dict[str, int | str] = {
                    "subject": f"{code}:{flows.parties[party]}",
                    "rows": len(own),
                    "amount_minor": amount,
                    "share_ppm": share,
                }
                evidence = evidence_of(flows, own.tolist())
                found.append(Finding(CHECK, code, flows.parties[party], severity, facts, evidence))
    return tuple(found)


def _groups(snapshot: Snapshot) -> IntArray:
    """A number for each named group; -1 for firms without one and for the anchor's."""
    anchor = snapshot.anchor_mask()
    names = sorted({party.group for party in snapshot.parties if party.group})
    number = {name: index for index, name in enumerate(names)}
    own = [number.get(party.group, -1) for party in snapshot.parties]
    return np.where(anchor, -1, np.array(own, dtype=np.int64))
