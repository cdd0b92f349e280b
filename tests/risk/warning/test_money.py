from risk.warning.money import payment_slip, receipts_lag
from tests.risk.warning_made import ANCHOR, analysed, bill


def payer(*, usual: tuple[int, ...], lately: int | None) -> list:  # type: ignore[type-arg]
    """A bill every 5 days for 500 days; what falls to be paid in the last 60 days is `lately`."""
    flows = []
    for number, days in enumerate(range(500, 0, -5)):
        after = lately if days <= 70 else usual[number % len(usual)]
        flows += bill(number + 1, days_ago=days, paid_after=after)
    return flows


def test_a_payer_that_slips_by_weeks() -> None:
    (sign,) = payment_slip(analysed(*payer(usual=(29, 30, 31), lately=55)))
    assert (sign.party_ref, sign.signal, sign.severity) == (ANCHOR, "payment_slip", "high")
    assert sign.facts["usual_days"] == 30
    assert int(sign.facts["now_days"]) >= 40
    assert sign.value >= sign.threshold == 2_000_000
    assert sign.evidence


def test_a_payer_that_stops_slips_too() -> None:
    (sign,) = payment_slip(analysed(*payer(usual=(30,), lately=None)))
    assert sign.facts["usual_days"] == 30
    assert sign.severity == "high"


def test_a_few_days_are_no_news() -> None:
    assert payment_slip(analysed(*payer(usual=(30,), lately=33))) == ()


def test_whoever_always_varies_has_to_vary_more() -> None:
    """Stretches of 20 and of 50 days in turn: 55 is not two deviations away."""
    flows = []
    for number, days in enumerate(range(500, 0, -5)):
        after = 55 if days <= 70 else 20 if (days // 60) % 2 else 50
        flows += bill(number + 1, days_ago=days, paid_after=after)
    assert payment_slip(analysed(*flows)) == ()


def test_receipts_behind_the_invoices_that_fell_due() -> None:
    flows = []
    for number, days in enumerate(range(120, 40, -8)):
        flows += bill(number + 1, days_ago=days, paid_after=30 if number < 5 else None)
    (sign,) = receipts_lag(analysed(*flows))
    assert (sign.party_ref, sign.value, sign.severity) == ("party:2", 500_000, "high")
    assert (sign.facts["due_minor"], sign.facts["paid_minor"]) == (1_000_000, 500_000)
    assert [row.document for row in sign.evidence] == [f"INV-{n}" for n in range(6, 11)]


def test_where_no_payment_is_ever_seen_it_is_the_data_that_is_missing() -> None:
    flows = [row for n in range(10) for row in bill(n + 1, days_ago=120 - 8 * n, paid_after=None)]
    assert receipts_lag(analysed(*flows)) == ()


def test_paid_in_time_is_no_lag() -> None:
    flows = [row for n in range(10) for row in bill(n + 1, days_ago=120 - 8 * n, paid_after=30)]
    assert receipts_lag(analysed(*flows)) == ()
