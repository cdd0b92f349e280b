"""A refusal as a box: headline, code, what is unchanged, what to do."""

from django.utils import translation

from ledger.errors import DomainError
from scf.portals.refuse import problem_of, sentence_split


def test_the_first_sentence_is_the_headline() -> None:
    with translation.override("zh-hans"):
        problem = problem_of(DomainError("access.denied"), href="/", link="首页")
    assert problem.title == "您的席位不能做这件事"
    assert str(problem.detail).startswith("没有做任何改动。")
    assert (problem.code, problem.href, problem.link) == ("access.denied", "/", "首页")


def test_english_sentences_split_at_the_stop_not_at_the_decimal() -> None:
    assert sentence_split("Only 1,000.50 is free. Nothing was moved.") == (
        "Only 1,000.50 is free",
        "Nothing was moved.",
    )
    assert sentence_split("没有句号") == ("没有句号", "")
