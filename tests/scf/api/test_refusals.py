"""The API's own refusals have sentences."""

from scf.api.refusals import REFUSALS
from tests.support.source import codes_raised


def test_every_code_has_a_sentence_and_every_sentence_a_raiser() -> None:
    assert codes_raised("api") == set(REFUSALS)
