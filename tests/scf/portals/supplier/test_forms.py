"""Forms that sell."""

from scf.portals.supplier.forms import ReviewForm, SellForm, WithdrawForm


def test_consent_is_never_given_in_advance_and_always_needed() -> None:
    assert "checked" not in str(SellForm(initial={"consent": True})["consent"])
    assert "consent" in SellForm({"key": "a" * 32}).errors


def test_reasons_may_be_left_out_where_the_journey_decides() -> None:
    assert ReviewForm({"key": "a" * 32}).is_valid()
    assert WithdrawForm({}).is_valid()
