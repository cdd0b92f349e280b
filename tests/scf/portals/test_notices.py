"""Lines of the inbox as sentences."""

from django.utils import translation

from scf.journeys.notifying import NOTICES as EVENTS
from scf.portals.notices import NOTICES, notice_text


def test_a_code_without_a_sentence_shows_itself() -> None:
    with translation.override("zh-hans"):
        assert notice_text("room.odd", {}) == "有一件事需要您看：room.odd"


def test_sentences_never_fail_for_a_missing_fact() -> None:
    for code in NOTICES:
        assert "%(" not in notice_text(code, {})


def test_every_event_that_notifies_has_a_sentence() -> None:
    assert set(EVENTS) - set(NOTICES) == set()


def test_sums_and_rates_are_told_as_people_read_them() -> None:
    facts = {"series": "S-2603-05", "amount_minor": 93_720_000, "rate_ppm": 55_000}
    with translation.override("zh-hans"):
        text = notice_text("products.series.listed", facts)
    assert text == "S-2603-05 开始募集，年化 5.50%，共 937,200.00"
