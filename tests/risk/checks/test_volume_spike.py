from risk.checks.volume_spike import check
from risk.facts import FlowFact, FlowKind, RequestFact
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def invoices(*months: int) -> list[FlowFact]:
    """One invoice a stretch of 30 days, the latest first."""
    return [
        flow(FlowKind.INVOICE, "s", "b", amount, days_ago=5 + 30 * n, document=f"INV-{n}")
        for n, amount in enumerate(months)
        if amount
    ]


EVEN = (100, 110, 90, 100, 105, 95)


def test_a_month_far_above_the_others() -> None:
    (finding,) = check(snapshot_of(*invoices(300, *EVEN)), policy=DEFAULT_POLICY)
    assert (finding.code, finding.severity, finding.party_ref) == ("spike", "warn", "s")
    assert finding.facts["multiple_ppm"] == 3_000_000
    assert (finding.facts["subject"], finding.facts["amount_minor"]) == ("s", 200)
    assert [row.document for row in finding.evidence] == ["INV-0"]


def test_it_weighs_more_when_money_is_asked_for() -> None:
    snapshot = snapshot_of(*invoices(300, *EVEN), requests=(RequestFact("s", 50, "receivable"),))
    (finding,) = check(snapshot, policy=DEFAULT_POLICY)
    assert (finding.code, finding.severity) == ("spike_before_request", "high")


def test_ordinary_swings_are_no_spike() -> None:
    assert check(snapshot_of(*invoices(140, *EVEN)), policy=DEFAULT_POLICY) == ()


def test_a_season_that_comes_every_year_is_no_spike() -> None:
    last_year = flow(FlowKind.INVOICE, "s", "b", 280, days_ago=365)
    assert check(snapshot_of(*invoices(300, *EVEN), last_year), policy=DEFAULT_POLICY) == ()


def test_a_firm_with_gaps_has_no_usual_month() -> None:
    snapshot = snapshot_of(*invoices(300, 100, 0, 100, 100, 100, 100))
    assert check(snapshot, policy=DEFAULT_POLICY) == ()


def test_a_month_that_was_high_for_everyone_is_a_season() -> None:
    def others(multiple: int) -> list[FlowFact]:
        return [
            flow(FlowKind.INVOICE, f"peer {p:02}", "b", amount * (multiple if n == 0 else 1),
                 days_ago=5 + 30 * n)
            for p in range(20)
            for n, amount in enumerate((100, *EVEN))
        ]  # fmt: skip

    own = invoices(300, *EVEN)
    assert check(snapshot_of(*own, *others(3)), policy=DEFAULT_POLICY) == ()
    assert [f.party_ref for f in check(snapshot_of(*own, *others(1)), policy=DEFAULT_POLICY)] == [
        "s"
    ]
