from risk.checks.self_trade import check
from risk.facts import FlowKind, PartyFact
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of

SISTERS = (
    PartyFact("party:2", "北屿", group="北屿"),
    PartyFact("party:3", "北屿贸易", group="北屿"),
    PartyFact("party:4", "栖川"),
)


def test_an_invoice_to_oneself() -> None:
    snapshot = snapshot_of(flow(FlowKind.INVOICE, "s", "s", 10, days_ago=1, document="INV-1"))
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert (finding.code, finding.severity) == ("invoice_to_itself", "high")
    assert finding.evidence[0].document == "INV-1"


def test_sales_inside_the_own_group_from_a_tenth_on() -> None:
    def snapshot(inside: int, outside: int, *exempt: tuple[str, str]) -> tuple[str, ...]:
        made = snapshot_of(
            flow(FlowKind.INVOICE, "party:2", "party:3", inside, days_ago=1),
            flow(FlowKind.INVOICE, "party:2", "party:4", outside, days_ago=1),
            parties=SISTERS,
            exempt_pairs=exempt,
        )
        return tuple(finding.code for finding in check(made, policy=DEFAULT_POLICY))

    assert snapshot(10, 90) == ("trade_in_own_group",)
    assert snapshot(9, 91) == ()
    assert snapshot(50, 50, ("party:3", "party:2")) == ()


def test_sales_to_a_firm_of_the_same_owner() -> None:
    sisters = tuple(PartyFact(ref, ref, owner_key="wang") for ref in ("party:2", "party:3"))
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "party:2", "party:3", 20, days_ago=1),
        flow(FlowKind.INVOICE, "party:2", "party:4", 80, days_ago=1),
        parties=sisters,
    )
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert (finding.code, finding.facts["share_ppm"]) == ("trade_with_own_owner", 200_000)


def test_the_anchor_s_own_entities_trade_by_design() -> None:
    snapshot = snapshot_of(
        flow(FlowKind.INVOICE, "party:8", "party:9", 10, days_ago=1),
        parties=(
            PartyFact("party:8", "沧澜制冷", group="沧澜", roles=("obligor",)),
            PartyFact("party:9", "沧澜洗涤", group="沧澜", roles=("obligor",)),
        ),
    )
    assert check(snapshot, policy=DEFAULT_POLICY) == ()


def test_an_empty_chain() -> None:
    assert check(snapshot_of(), policy=DEFAULT_POLICY) == ()
