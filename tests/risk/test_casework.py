from risk.casework import (
    case_drafts,
    evidence_key,
    is_more,
    quiet_to_minor,
    severity_worse,
    subject_of,
)
from risk.findings import Evidence, Finding, Severity

INVOICE = Evidence("invoice", 7, "INV-7", "2026-03-01", 500)


def ring(party: str, *, members: str = "party:2>party:4>party:3", amount: int = 900) -> Finding:
    facts: dict[str, int | str] = {"ring": members, "amount_minor": amount}
    return Finding("circular_trade", "ring", party, Severity.HIGH, facts, (INVOICE,))


def broken(code: str, amount: int, severity: Severity = Severity.WARN) -> Finding:
    facts = {"broken_minor": amount}
    return Finding("three_flows", code, "party:2", severity, facts, (INVOICE,))


def test_a_ring_is_one_case_wherever_it_is_found() -> None:
    turned = "party:3>party:2>party:4"
    drafts = case_drafts([ring("party:4"), ring("party:2", members=turned), ring("party:3")])
    assert len(drafts) == 1
    (draft,) = drafts
    assert draft.subject == "circular_trade:party:2,party:3,party:4"
    assert draft.parties == ("party:2", "party:3", "party:4")
    assert (draft.amount_minor, draft.severity) == (900, "high")
    assert draft.evidence == (INVOICE,)


def test_broken_flows_of_a_firm_are_one_case_and_add_up() -> None:
    (draft,) = case_drafts([broken("not_received", 300, Severity.HIGH), broken("no_order", 50)])
    assert (draft.subject, draft.amount_minor, draft.severity) == (
        "three_flows:party:2",
        350,
        "high",
    )
    assert set(draft.facts) == {"not_received", "no_order"}


def test_a_check_that_names_its_subject_is_believed() -> None:
    found = Finding("cash_out", "returned", "party:9", Severity.WARN, {"subject": "party:9>x"})
    assert subject_of(found) == "cash_out:party:9>x"
    assert subject_of(ring("party:2", members=">".join(["party:1"] * 1))).startswith("circular")
    long = ">".join(f"party:{number}" for number in range(60))
    assert len(subject_of(ring("party:2", members=long))) <= 200
    spike = Finding("volume_spike", "spike", "party:9", Severity.WARN, {})
    assert subject_of(spike) == "volume_spike:spike:party:9"


def test_what_accuses_nobody_is_no_case() -> None:
    quiet = [
        broken("not_received", 300, Severity.INFO),
        Finding("input_quality", "amount_not_positive", "party:2", Severity.WARN, {}),
        Finding("tenor_drift", "tenor_longer", "party:2", Severity.WARN, {}),
        Finding("circular_trade", "search_stopped", "", Severity.WARN, {}),
    ]
    assert case_drafts(quiet) == ()


def test_without_a_sum_in_its_facts_a_finding_weighs_its_evidence() -> None:
    rows = (INVOICE, Evidence("invoice", 8, "INV-8", "2026-03-02", -100))
    (draft,) = case_drafts([Finding("self_trade", "x", "party:2", Severity.WARN, {}, rows)])
    assert draft.amount_minor == 500


def test_more_is_beyond_the_policy_s_share() -> None:
    assert not is_more(1_100, than_minor=1_000, growth_ppm=100_000)
    assert is_more(1_101, than_minor=1_000, growth_ppm=100_000)
    assert is_more(1, than_minor=0, growth_ppm=500_000)
    assert quiet_to_minor(1_001, growth_ppm=500_000) == 1_501


def test_the_same_row_has_the_same_key() -> None:
    again = Evidence("invoice", 7, "INV-7 corrected", "2026-03-09", 501)
    assert evidence_key(again) == evidence_key(INVOICE)
    bare = Evidence("payment", None, "P1", "2026-03-01", 5)
    assert evidence_key(bare) != evidence_key(Evidence("payment", None, "P2", "2026-03-01", 5))
    assert severity_worse("warn", "high") == "high"
