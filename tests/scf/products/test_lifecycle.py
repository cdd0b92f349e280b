"""The offering's ends and beginnings."""

from scf.products.lifecycle import OFFERING, OFFERING_LIVE, OFFERING_OPEN


def test_open_and_live_states_are_apart_and_lead_on() -> None:
    assert not OFFERING_OPEN & OFFERING_LIVE
    assert not (OFFERING_OPEN | OFFERING_LIVE) & OFFERING.ends()
    assert OFFERING.ends() == {"redeemed", "cancelled", "closed_at_loss"}


def test_nothing_is_cancelled_after_the_close() -> None:
    assert OFFERING.sources("cancelled") == OFFERING_OPEN
