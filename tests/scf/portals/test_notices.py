"""Lines of the inbox as sentences."""

from django.utils import translation

from scf.portals.notices import NOTICES, notice_text


def test_a_code_without_a_sentence_shows_itself() -> None:
    with translation.override("zh-hans"):
        assert notice_text("room.odd", {}) == "有一件事需要您看：room.odd"


def test_sentences_never_fail_for_a_missing_fact() -> None:
    for code in NOTICES:
        assert "%(" not in notice_text(code, {})
