"""Forms of the operations desk: reasons are wanted, sums come in fen."""

from scf.portals.operations.forms import AdvanceForm, ReasonForm, RepurchaseForm, UpheldForm

KEY = "0" * 32


def test_a_reason_is_wanted() -> None:
    assert set(ReasonForm({"key": KEY}).errors) == {"reason"}
    assert set(RepurchaseForm({"key": KEY, "forged": "on"}).errors) == {"reason"}


def test_a_dispute_may_end_with_nothing_upheld() -> None:
    form = UpheldForm({"key": KEY, "reason": "x", "upheld": "0"})
    assert form.is_valid()
    assert form.cleaned_data["upheld"] == 0
    assert set(UpheldForm({"key": KEY, "reason": "x", "upheld": "-1"}).errors) == {"upheld"}


def test_the_demo_moves_at_most_120_days() -> None:
    assert set(AdvanceForm({"key": KEY, "days": "121"}).errors) == {"days"}
