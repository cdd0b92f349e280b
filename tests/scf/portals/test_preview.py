"""What was seen is what is posted."""

import pytest
import time_machine

from ledger.errors import DomainError
from scf.portals.preview import Difference, Fact, preview_differences, preview_token

SEEN = [Fact("free", "未分配款", "1,238,400.00"), Fact("units", "份额", "9,372")]


def test_nothing_changed() -> None:
    token = preview_token(SEEN, subject="quote:1:user:5")
    assert preview_differences(token, SEEN, subject="quote:1:user:5") == ()


def test_each_difference_is_named_with_both_sides() -> None:
    token = preview_token(SEEN, subject="quote:1:user:5")
    now = [Fact("free", "未分配款", "1,138,400.00"), Fact("fee", "平台费", "1,386.54")]
    assert preview_differences(token, now, subject="quote:1:user:5") == (
        Difference("free", "未分配款", "1,238,400.00", "1,138,400.00"),
        Difference("fee", "平台费", "", "1,386.54"),
        Difference("units", "份额", "9,372", ""),
    )


@pytest.mark.parametrize("subject", ["quote:2:user:5", "quote:1:user:6"])
def test_a_token_of_another_thing_or_person_is_refused(subject: str) -> None:
    token = preview_token(SEEN, subject="quote:1:user:5")
    with pytest.raises(DomainError, match=r"access\.preview_expired"):
        preview_differences(token, SEEN, subject=subject)


def test_a_forged_or_old_token_is_refused() -> None:
    with time_machine.travel("2026-03-18T01:00:00Z", tick=False):
        token = preview_token(SEEN, subject="q")
    with time_machine.travel("2026-03-18T02:00:01Z", tick=False):
        with pytest.raises(DomainError, match=r"access\.preview_expired"):
            preview_differences(token, SEEN, subject="q")
        with pytest.raises(DomainError, match=r"access\.preview_expired"):
            preview_differences("", SEEN, subject="q")
