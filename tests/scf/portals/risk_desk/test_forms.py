"""Forms of the risk desk: what a limit is about has to be said."""

from scf.portals.risk_desk.forms import LimitForm, NewLimitForm, OverrideForm

KEY = "0" * 32


def limit_form(**changed: str) -> NewLimitForm:
    data = {"key": KEY, "scope": "group", "base": "1", "floating": "0", "reason": "x", **changed}
    form = NewLimitForm(data)
    form.offer(sellers=[("party:1", "甲")], obligors=[("party:2", "乙")], groups=["沧澜"])
    return form


def test_each_scope_needs_its_own_choice() -> None:
    assert set(limit_form().errors) == {"group"}
    assert limit_form(group="沧澜").is_valid()
    assert set(limit_form(scope="pair", seller="party:1").errors) == {"obligor"}
    assert set(limit_form(scope="party", seller="party:9").errors) == {"seller"}


def test_a_floating_part_may_be_negative_and_a_base_may_not() -> None:
    form = LimitForm({"key": KEY, "base": "-1", "floating": "-1", "reason": "x"})
    assert set(form.errors) == {"base"}


def test_an_override_says_why_and_until_when() -> None:
    assert set(OverrideForm({"key": KEY, "grant": "full"}).errors) == {"reason", "until"}
