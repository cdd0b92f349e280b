import pytest

from risk.limits import group_ref
from risk.operations.limits import limit_change_propose, limit_reserve, limit_set
from risk.queries.limits import limit_changes_list, limit_room, limit_uses_list, limits_list
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
GROUP = group_ref("沧澜")


def put(scope: str, subject: str, base: int, floating: int = 0) -> int:
    return limit_set(
        programme_ref=PROGRAMME,
        scope=scope,
        subject_ref=subject,
        base_minor=base,
        floating_minor=floating,
        by="user:1",
        approved_by="user:2",
        reason="核定",
        at=AT,
    )


def hold(key: str, amount: int) -> None:
    limit_reserve(
        programme_ref=PROGRAMME,
        key=key,
        seller_ref="party:2",
        obligor_ref="party:1",
        group_ref=GROUP,
        amount_minor=amount,
        at=AT,
    )


def test_the_tightest_limit_binds() -> None:
    put("party", "party:2", 500, floating=100)
    put("group", GROUP, 5_000)
    hold("claim:1", 386)
    room = limit_room(
        programme_ref=PROGRAMME, seller_ref="party:2", obligor_ref="party:1", group_ref=GROUP
    )
    assert (room.free_minor, room.binding_scope, room.missing) == (214, "party", ())
    assert [row.scope for row in room.rows] == ["party", "group"]


def test_without_a_needed_limit_nothing_is_free() -> None:
    put("party", "party:2", 500)
    room = limit_room(
        programme_ref=PROGRAMME, seller_ref="party:2", obligor_ref="party:1", group_ref=GROUP
    )
    assert (room.free_minor, room.missing) == (0, ("group",))


def test_lists_by_scope_and_by_seller() -> None:
    put("party", "party:2", 500)
    put("party", "party:22", 500)
    put("pair", "party:2>party:1", 400)
    put("group", GROUP, 5_000)
    hold("claim:1", 100)
    own = limits_list(programme_ref=PROGRAMME, party_ref="party:2")
    assert {row.subject_ref for row in own} == {"party:2", "party:2>party:1"}
    assert [r.subject_ref for r in limits_list(programme_ref=PROGRAMME, scope="group")] == [GROUP]
    assert limits_list(programme_ref=PROGRAMME)[-1].subject_ref == "party:22"  # least used
    assert limits_list(programme_ref="programme:2") == ()


def test_the_change_log_and_the_uses() -> None:
    limit_id = put("party", "party:2", 500)
    put("group", GROUP, 5_000)
    hold("claim:1", 100)
    limit_change_propose(
        programme_ref=PROGRAMME,
        scope="party",
        subject_ref="party:2",
        base_minor=900,
        by="user:3",
        reason="扩产",
        at=AT,
    )
    (waiting,) = limit_changes_list(programme_ref=PROGRAMME, waiting_only=True)
    assert (waiting.base_minor, waiting.maker_ref, waiting.state) == (900, "user:3", "pending")
    log = limit_changes_list(programme_ref=PROGRAMME, subject_ref="party:2")
    assert [row.state for row in log] == ["pending", "approved"]
    (use,) = limit_uses_list(limit_id=limit_id)
    assert (use.key, use.amount_minor, use.state) == ("claim:1", 100, "reserved")
