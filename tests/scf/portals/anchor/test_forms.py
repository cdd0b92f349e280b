"""Forms that sign and send back."""

from scf.portals.anchor.forms import ReasonForm, SignForm


def test_a_signature_needs_password_and_consent() -> None:
    errors = SignForm({"key": "a" * 32}).errors
    assert {"password", "consent"} <= set(errors)


def test_a_reason_is_needed() -> None:
    assert not ReasonForm({"reason": "  "}).is_valid()
