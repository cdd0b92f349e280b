"""条款: read, proposed by one, put into force by another."""

from typing import Any

from scf.journeys.terms_changing import KIND
from scf.portals.operations.terms import LABELS, TermsForm, term_text
from scf.products.queries import template_current
from scf.simulator.worked.world import TERMS
from tests.support.desks import Desks, hidden, words

URL = "/operations/terms/"


def propose(desks: Desks, **changed: str) -> Any:
    client = desks.client("ops")
    form = {
        "act": "submit",
        "key": hidden(client.get(URL), "key"),
        "rate_ppm": "6.25",
        "fee_rate_ppm": "0.6",
        "vat_rate_ppm": "6",
        "holdback_ppm": "5",
        "unit_price_minor": "100.00",
        "grace_days": "5",
        "default_days": "90",
        "subscription_days": "5",
    }
    return client.post(URL, {**form, **changed}, follow=True)


def answer(desks: Desks, key: str, act: str, reason: str = "") -> Any:
    client = desks.client(key)
    page = desks.client("ops2").get(URL)
    form = {"act": act, "approval": hidden(page, "approval"), "hash": hidden(page, "hash")}
    return client.post(URL, {**form, "reason": reason}, follow=True)


def rate(desks: Desks) -> int:
    return template_current(programme_id=desks.world.programme_id, kind=KIND).rate_ppm


def test_the_terms_in_force_are_read(desks: Desks) -> None:
    text = words(desks.client("ops").get(URL))
    assert "报价按第 1 版条款，年利率 5.50%" in text
    for label in LABELS.values():
        assert str(label) in text


def test_new_terms_take_two_people(desks: Desks) -> None:
    assert "等另一人复核" in words(propose(desks))
    text = words(desks.client("ops2").get(URL))
    assert "5.50% 6.25%" in text
    assert rate(desks) == 55_000
    assert "条款第 2 版已生效" in words(answer(desks, "ops2", "approve"))
    assert rate(desks) == 62_500


def test_the_maker_cannot_agree_and_a_refusal_needs_a_reason(desks: Desks) -> None:
    propose(desks)
    assert answer(desks, "ops", "approve").status_code == 409
    assert answer(desks, "ops2", "refuse").status_code == 409
    assert "新条款已退回" in words(answer(desks, "ops2", "refuse", "太贵"))
    assert rate(desks) == 55_000


def test_terms_that_make_no_sense_are_refused(desks: Desks) -> None:
    assert propose(desks, rate_ppm="101").status_code == 422
    assert propose(desks, grace_days="91").status_code == 409


def test_a_form_without_changes_gives_the_same_terms() -> None:
    first = {name: getattr(TERMS, name) for name in TermsForm.base_fields if hasattr(TERMS, name)}
    drawn = TermsForm(initial=first)
    data = {name: str(drawn[name].value()) for name in drawn.fields}
    form = TermsForm(data)
    assert form.is_valid(), form.errors
    assert form.changed(TERMS) == TERMS
    assert term_text("rate_ppm", 62_500) == "6.25%"
