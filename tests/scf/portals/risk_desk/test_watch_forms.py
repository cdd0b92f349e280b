"""What the forms of warnings and collection let through."""

from typing import Any

import pytest

from scf.portals.risk_desk.watch_forms import ContactForm, EscalateForm, SnoozeForm

KEY = "0" * 32
CALL = {"key": KEY, "channel": "phone", "outcome": "reached", "note": "下周付"}


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, set()),
        ({"outcome": "promised", "promised": "40 万", "by_date": "2026-03-24"}, set()),
        ({"outcome": "promised"}, {"promised"}),
        ({"outcome": "promised", "promised": "40 万"}, {"by_date"}),
        ({"promised": "40 万", "by_date": "2026-03-24"}, {"outcome"}),
        ({"by_date": "2026-03-24"}, {"promised"}),
        ({"note": " "}, {"note"}),
        ({"channel": "pigeon"}, {"channel"}),
    ],
)
def test_a_promise_is_a_sum_a_day_and_the_result(more: dict[str, Any], wrong: set[str]) -> None:
    assert set(ContactForm({**CALL, **more}).errors) == wrong


def test_only_colleagues_can_be_chosen() -> None:
    form = EscalateForm({"key": KEY, "to": "7", "reason": "x"})
    form.offer([(8, "陆珂")])
    assert set(form.errors) == {"to"}
    assert set(SnoozeForm({"key": KEY, "until": "", "reason": ""}).errors) == {"until", "reason"}
