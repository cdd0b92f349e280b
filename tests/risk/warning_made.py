"""Chains for tests of early warning: one seller's orders and bills, told week by week."""

from risk.analysis import Analysis, chain_analyse
from risk.facts import DefaultFact, Facts, FlowFact, FlowKind, PartyFact, flows_from_facts
from risk.policy import DEFAULT_POLICY
from risk.snapshot import snapshot_build
from tests.risk.facts_made import AS_OF, ago, flow

ANCHOR, FIRM = "party:1", "party:2"
PARTIES = (PartyFact(ANCHOR, "沧澜冰箱", "沧澜", ("anchor",)), PartyFact(FIRM, "华准线束"))


def analysed(
    *flows: FlowFact, defaults: tuple[DefaultFact, ...] = (), parties: tuple[PartyFact, ...] = ()
) -> Analysis:
    facts = Facts(parties=PARTIES + parties, flows=flows_from_facts(flows), defaults=defaults)
    return chain_analyse(snapshot_build(facts, as_of=AS_OF), policy=DEFAULT_POLICY)


def weekly(kind: FlowKind, buyer: str, amount: int, *, start: int, end: int) -> list[FlowFact]:
    """One row of this kind a week from `start` to `end` days ago."""
    return [
        flow(kind, FIRM, buyer, amount, days_ago=days, document=f"{kind.name}-{buyer}-{days}")
        for days in range(start, end - 1, -7)
    ]


def bill(key: int, *, days_ago: int, paid_after: int | None, buyer: str = ANCHOR) -> list[FlowFact]:
    """An invoice of 1,000.00 due after 30 days, and its payment where it is not in the future."""
    rows = [
        flow(FlowKind.INVOICE, FIRM, buyer, 100_000, days_ago=days_ago, due_in=30, invoice=key,
             document=f"INV-{key}", row=key)
    ]  # fmt: skip
    if paid_after is not None and paid_after <= days_ago:
        paid = days_ago - paid_after
        rows.append(
            flow(FlowKind.PAYMENT, FIRM, buyer, 100_000, days_ago=paid, invoice=key,
                 document=f"PAY-{key}", row=key + 10_000)
        )  # fmt: skip
    return rows


def defaulted(party: str, days_ago: int) -> DefaultFact:
    return DefaultFact(party, ago(days_ago))
