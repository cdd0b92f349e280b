from dataclasses import replace
from datetime import timedelta

from risk.checks.cash_out import check
from risk.facts import FlowFact, FlowKind, PartyFact, ProceedsFact
from risk.findings import Finding
from risk.policy import DEFAULT_POLICY, CheckPolicy
from risk.snapshot import snapshot_build
from tests.risk.facts_made import AS_OF, ago, facts_of, flow

MILLION = 100_000_000
FIRMS = (
    PartyFact("borrower", "", owner_key="wang"),
    PartyFact("sister", "", owner_key="wang"),
    PartyFact("friend", ""),
    PartyFact("shell", ""),
)


def paid(payer: str, payee: str, amount: int, days_ago: int, *, invoice: int = -1) -> FlowFact:
    """A payment names its payee first: flows run with the goods."""
    return flow(FlowKind.PAYMENT, payee, payer, amount, days_ago=days_ago, invoice=invoice,
                item="transfer" if invoice < 0 else "", document=f"P-{days_ago}")  # fmt: skip


def found(
    *flows: FlowFact, parties: tuple[PartyFact, ...] = FIRMS, policy: CheckPolicy | None = None,
    proceeds: tuple[ProceedsFact, ...] = (ProceedsFact("borrower", ago(60), MILLION, "payout:1"),),
) -> list[Finding]:  # fmt: skip
    facts = replace(facts_of(*flows, parties=parties), proceeds=proceeds)
    rules = replace(DEFAULT_POLICY, checks=policy or CheckPolicy())
    return list(check(snapshot_build(facts, as_of=AS_OF), policy=rules))


WAY = [
    paid("borrower", "friend", 95_000_000, 58),
    paid("friend", "shell", 94_000_000, 55),
    paid("shell", "sister", 93_000_000, 50),
]


def test_cash_that_arrives_at_the_owner_s_other_firm() -> None:
    (finding,) = found(*WAY)
    assert (finding.code, finding.severity, finding.party_ref) == ("returned", "high", "borrower")
    assert finding.facts["amount_minor"] == 93_000_000
    assert (finding.facts["intermediaries"], finding.facts["days"]) == (2, 10)
    assert finding.facts["related"] == "owner"
    assert finding.facts["subject"] == "returned:borrower"
    assert [row.kind for row in finding.evidence] == ["proceeds", "payment", "payment", "payment"]


def test_a_financing_that_is_told_as_a_flow_counts_once() -> None:
    flowed = flow(FlowKind.PROCEEDS, "borrower", "bank", MILLION, days_ago=60, document="F-1")
    (finding,) = found(*WAY, flowed, proceeds=())
    assert finding.evidence[0].document == "F-1"
    assert found(*WAY, flowed)[0].facts["financings"] == 1


def test_payments_of_invoices_with_goods_are_purchases() -> None:
    trade = [
        flow(FlowKind.INVOICE, "friend", "borrower", 95_000_000, days_ago=59, order=1, invoice=7),
        flow(FlowKind.RECEIPT, "friend", "borrower", 95_000_000, days_ago=60, order=1),
        paid("borrower", "friend", 95_000_000, 58, invoice=7),
    ]
    assert found(*trade, *WAY[1:]) == []
    assert found(trade[0], trade[2], *WAY[1:]) != []


def test_without_a_common_owner_nobody_is_home() -> None:
    assert found(*WAY, parties=tuple(PartyFact(p.ref, "") for p in FIRMS)) == []


def test_a_small_part_or_a_late_return_is_not_told() -> None:
    assert found(*WAY[:2], paid("shell", "sister", 30_000_000, 50)) == []
    assert found(*WAY[:2], paid("shell", "sister", 93_000_000, -1)) == []
    early = (ProceedsFact("borrower", ago(90), MILLION, "payout:1"),)
    assert found(*WAY[:2], paid("shell", "sister", 93_000_000, 20), proceeds=early) == []


def test_cash_passed_straight_on_weighs_less_and_a_declared_group_explains_it() -> None:
    straight = paid("borrower", "sister", 90_000_000, 58)
    assert [(f.code, f.severity) for f in found(straight)] == [("to_related", "warn")]
    group = tuple(replace(party, group="王氏", owner_key="") for party in FIRMS)
    assert [(f.code, f.severity) for f in found(straight, parties=group)] == [
        ("to_related", "info")
    ]


def test_a_common_purse_that_pays_for_goods_is_no_more_than_a_note() -> None:
    bought = [
        flow(FlowKind.INVOICE, "friend", "sister", 60_000_000, days_ago=57, order=1, invoice=7),
        flow(FlowKind.RECEIPT, "friend", "sister", 60_000_000, days_ago=58, order=1),
        paid("sister", "friend", 60_000_000, 50, invoice=7),
    ]
    straight = paid("borrower", "sister", 90_000_000, 58)
    assert [(f.code, f.severity) for f in found(straight, *bought)] == [("to_related", "info")]


def test_the_anchor_passes_nothing_on() -> None:
    anchor = (*FIRMS[:2], PartyFact("friend", "", roles=("anchor",)), FIRMS[3])
    assert found(*WAY, parties=anchor) == []


def test_a_spent_budget_is_told() -> None:
    more = ProceedsFact("borrower", ago(60) + timedelta(days=1), MILLION, "payout:2")
    first = ProceedsFact("borrower", ago(60), MILLION, "payout:1")
    got = found(*WAY, proceeds=(first, more), policy=CheckPolicy(cash_steps=2))
    assert got[-1].code == "trace_stopped"


def test_nobody_was_financed() -> None:
    assert found(*WAY, proceeds=()) == []
