"""What stood on a limit at an earlier instant."""

from datetime import timedelta

import pytest

from risk.limits import group_ref
from risk.operations.limits import limit_free, limit_reserve, limit_set
from risk.queries.exposure import exposure_then
from risk.queries.limits import limits_list
from tests.risk.runs_made import AT, PROGRAMME


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.django_db
def test_use_and_size_as_they_stood() -> None:
    group = group_ref("沧澜")
    for scope, subject in (("party", "party:2"), ("group", group)):
        limit_set(
            programme_ref=PROGRAMME,
            scope=scope,
            subject_ref=subject,
            base_minor=1_000,
            by="user:1",
            approved_by="user:2",
            reason="核定",
            at=AT,
        )
    for number, amount in ((1, 300), (2, 50)):
        limit_reserve(
            programme_ref=PROGRAMME,
            key=f"q:{number}",
            seller_ref="party:2",
            obligor_ref="party:1",
            group_ref=group,
            amount_minor=amount,
            at=AT + hours(number),
        )
    limit_free(programme_ref=PROGRAMME, key="q:1", at=AT + hours(3))
    limit_set(
        programme_ref=PROGRAMME,
        scope="party",
        subject_ref="party:2",
        base_minor=2_000,
        by="user:1",
        approved_by="user:2",
        reason="调高",
        at=AT + hours(4),
    )
    limit = limits_list(programme_ref=PROGRAMME, scope="party")[0]

    def seen(after: int) -> tuple[int, int | None]:
        found = exposure_then(limit_ids=[limit.id], at=AT + hours(after))[limit.id]
        return found.used_minor, found.limit_minor

    assert seen(-1) == (0, None)
    assert [seen(after) for after in range(5)] == [
        (0, 1_000),
        (300, 1_000),
        (350, 1_000),
        (50, 1_000),
        (50, 2_000),
    ]
    assert seen(9) == (limit.used_minor, limit.base_minor)
    assert exposure_then(limit_ids=[], at=AT) == {}
