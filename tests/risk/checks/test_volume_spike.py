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
