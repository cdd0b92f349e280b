import pytest
from django.db import InternalError, ProgrammingError, transaction

from ledger.errors import DomainError
from risk.models import DeskOwnerEvent
from risk.operations.ownership import (
    item_clear,
    item_hand,
    item_owned_require,
    item_release,
    item_take,
)
from risk.queries.ownership import Owner, owner_get, owner_history
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db
ITEM = {"programme_ref": PROGRAMME, "kind": "case", "ref_id": 7, "at": AT}
SAME = {"programme_ref": PROGRAMME, "kind": "case", "ref_id": 7}


def test_the_first_wins_and_the_second_learns_who_it_was() -> None:
    assert item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    assert not item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    with pytest.raises(DomainError) as refused:
        item_take(owner_ref="user:2", **ITEM)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.facts["owner"]) == ("risk.item_taken", "user:1")
    assert owner_get(**SAME) == Owner("user:1", AT)  # type: ignore[arg-type]


def test_only_the_owner_gives_it_back() -> None:
    assert not item_release(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"risk\.item_not_yours"):
        item_release(owner_ref="user:2", **ITEM)  # type: ignore[arg-type]
    assert item_release(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    assert owner_get(**SAME) is None  # type: ignore[arg-type]
    assert item_take(owner_ref="user:2", **ITEM)  # type: ignore[arg-type]


def test_handed_on_from_the_owner_that_was_seen() -> None:
    item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    hand = {"owner_ref": "user:2", **ITEM}
    assert item_hand(from_ref="user:1", by="user:9", **hand)  # type: ignore[arg-type]
    assert not item_hand(from_ref="user:1", **hand)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"risk\.item_not_yours"):
        item_hand(from_ref="user:1", owner_ref="user:3", **ITEM)  # type: ignore[arg-type]
    told = [(one.act, one.from_ref, one.owner_ref, one.by_ref) for one in owner_history(**SAME)]  # type: ignore[arg-type]
    assert told == [("taken", "", "user:1", "user:1"), ("handed", "user:1", "user:2", "user:9")]


def test_what_is_no_item_has_no_owner() -> None:
    with pytest.raises(DomainError, match=r"risk\.item_unknown"):
        item_take(programme_ref=PROGRAMME, kind="moon", ref_id=1, owner_ref="user:1", at=AT)


def test_the_history_cannot_be_rewritten() -> None:
    item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        DeskOwnerEvent.objects.update(by_ref="user:3")


def test_what_is_not_one_s_own_is_not_acted_on() -> None:
    item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    item_owned_require(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=r"risk\.item_not_taken"):
        item_owned_require(owner_ref="user:2", **ITEM)  # type: ignore[arg-type]


def test_what_comes_again_is_anybody_s() -> None:
    item_clear(**ITEM)  # type: ignore[arg-type]
    item_take(owner_ref="user:1", **ITEM)  # type: ignore[arg-type]
    item_clear(**ITEM)  # type: ignore[arg-type]
    assert owner_get(**SAME) is None  # type: ignore[arg-type]
    assert [one.act for one in owner_history(**SAME)] == ["taken", "released"]  # type: ignore[arg-type]
