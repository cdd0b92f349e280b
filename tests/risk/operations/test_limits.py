import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.errors import DomainError
from risk.limits import group_ref
from risk.models import Limit, LimitChange
from risk.operations.limits import (
    limit_change_approve,
    limit_change_decline,
    limit_change_propose,
    limit_expose,
    limit_free,
    limit_reserve,
    limit_set,
)
from risk.queries.limits import limits_list
from tests.risk.runs_made import AT, PROGRAMME

SELLER, OBLIGOR, GROUP = "party:2", "party:1", group_ref("沧澜")


def set_limit(scope: str, subject: str, base: int) -> int:
    return limit_set(
        programme_ref=PROGRAMME,
        scope=scope,
        subject_ref=subject,
        base_minor=base,
        by="user:1",
        approved_by="user:2",
        reason="年度核定",
        at=AT,
    )


def reserve(key: str, amount: int, seller: str = SELLER) -> None:
    limit_reserve(
        programme_ref=PROGRAMME,
        key=key,
        seller_ref=seller,
        obligor_ref=OBLIGOR,
        group_ref=GROUP,
        amount_minor=amount,
        at=AT,
    )


def used() -> dict[str, tuple[int, int]]:
    rows = limits_list(programme_ref=PROGRAMME)
    return {row.scope: (row.reserved_minor, row.exposed_minor) for row in rows}


@pytest.fixture
def limits(db: None) -> None:
    set_limit("party", SELLER, 1_000)
    set_limit("group", GROUP, 5_000)


def refused(code: str) -> Any:
    return pytest.raises(DomainError, match=code.replace(".", r"\."))


@pytest.mark.usefixtures("limits")
class TestReservation:
    def test_room_is_promised_then_out_then_free(self) -> None:
        reserve("claim:1", 600)
        assert used() == {"party": (600, 0), "group": (600, 0)}
        limit_expose(programme_ref=PROGRAMME, key="claim:1", at=AT)
        assert used() == {"party": (0, 600), "group": (0, 600)}
        limit_free(programme_ref=PROGRAMME, key="claim:1", at=AT)
        assert used() == {"party": (0, 0), "group": (0, 0)}

    def test_each_step_again_changes_nothing(self) -> None:
        for _ in range(2):
            reserve("claim:1", 600)
        for _ in range(2):
            limit_expose(programme_ref=PROGRAMME, key="claim:1", at=AT)
        reserve("claim:1", 600)
        assert used()["party"] == (0, 600)
        for _ in range(2):
            limit_free(programme_ref=PROGRAMME, key="claim:1", at=AT)
        assert used()["party"] == (0, 0)

    def test_the_same_sale_of_another_amount_is_a_conflict(self) -> None:
        reserve("claim:1", 600)
        with refused("risk.reservation_conflict"):
            reserve("claim:1", 601)

    def test_beyond_the_limit_nothing_is_held_anywhere(self) -> None:
        reserve("claim:1", 600)
        with refused("risk.limit_exceeded") as error:
            reserve("claim:2", 401)
        assert error.value.facts["free_minor"] == 400
        assert error.value.facts["subject"] == SELLER
        assert used() == {"party": (600, 0), "group": (600, 0)}
        reserve("claim:3", 400)

    def test_a_group_full_refuses_a_seller_with_room(self) -> None:
        set_limit("party", "party:9", 9_000)
        reserve("claim:1", 4_600, seller="party:9")
        with refused("risk.limit_exceeded") as error:
            reserve("claim:2", 500)
        assert error.value.facts["scope"] == "group"

    def test_a_pair_s_limit_counts_where_one_is_set(self) -> None:
        set_limit("pair", f"{SELLER}>{OBLIGOR}", 300)
        with refused("risk.limit_exceeded") as error:
            reserve("claim:1", 301)
        assert error.value.facts["scope"] == "pair"

    def test_without_a_limit_there_is_no_sale(self) -> None:
        with refused("risk.limit_missing"):
            reserve("claim:1", 1, seller="party:77")

    def test_nothing_is_not_an_amount(self) -> None:
        with refused("risk.amount_invalid"):
            reserve("claim:1", 0)

    def test_a_freed_sale_is_not_exposed_any_more(self) -> None:
        reserve("claim:1", 600)
        limit_free(programme_ref=PROGRAMME, key="claim:1", at=AT)
        with refused("risk.step_refused"):
            limit_expose(programme_ref=PROGRAMME, key="claim:1", at=AT)

    def test_an_unknown_sale_is_refused(self) -> None:
        for act in (limit_expose, limit_free):
            with refused("risk.reservation_unknown"):
                act(programme_ref=PROGRAMME, key="claim:404", at=AT)

    def test_the_database_itself_holds_use_above_zero(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Limit.objects.update(reserved_minor=-1)


@pytest.mark.usefixtures("limits")
class TestFourEyes:
    def propose(self, base: int = 2_000, by: str = "user:1") -> int:
        return limit_change_propose(
            programme_ref=PROGRAMME,
            scope="party",
            subject_ref=SELLER,
            base_minor=base,
            by=by,
            reason="旺季",
            at=AT,
        )

    def base(self) -> int:
        return limits_list(programme_ref=PROGRAMME, scope="party")[0].base_minor

    def test_a_change_counts_once_another_person_agrees(self) -> None:
        change_id = self.propose()
        assert self.base() == 1_000
        limit_change_approve(change_id=change_id, by="user:2", at=AT)
        assert self.base() == 2_000

    def test_nobody_approves_their_own(self) -> None:
        change_id = self.propose()
        with refused("risk.four_eyes"):
            limit_change_approve(change_id=change_id, by="user:1", at=AT)
        assert self.base() == 1_000
        with pytest.raises(IntegrityError), transaction.atomic():
            LimitChange.objects.filter(pk=change_id).update(checker_ref="user:1")

    def test_declined_stays_as_it_was(self) -> None:
        change_id = self.propose()
        with refused("risk.reason_missing"):
            limit_change_decline(change_id=change_id, by="user:2", reason=" ", at=AT)
        limit_change_decline(change_id=change_id, by="user:2", reason="证据不足", at=AT)
        with refused("risk.step_refused"):
            limit_change_approve(change_id=change_id, by="user:2", at=AT)
        assert self.base() == 1_000

    def test_one_change_of_a_limit_waits_at_a_time(self) -> None:
        self.propose()
        with refused("risk.change_pending"):
            self.propose(by="user:3")

    def test_below_zero_is_no_limit(self) -> None:
        with refused("risk.limit_invalid"):
            self.propose(base=-1)

    def test_lowering_below_the_use_keeps_the_use(self) -> None:
        reserve("claim:1", 600)
        limit_change_approve(change_id=self.propose(base=100), by="user:2", at=AT)
        row = limits_list(programme_ref=PROGRAMME, scope="party")[0]
        assert (row.used_minor, row.free_minor) == (600, 0)
        with refused("risk.limit_exceeded"):
            reserve("claim:2", 1)

    def test_an_unknown_change(self) -> None:
        with refused("risk.change_unknown"):
            limit_change_approve(change_id=404, by="user:2", at=AT)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_take_the_room_of_three() -> None:
    set_limit("party", SELLER, 1_000)
    set_limit("group", GROUP, 5_000)
    start, outcomes = threading.Barrier(8), []

    def take(number: int) -> None:
        start.wait()
        try:
            reserve(f"claim:{number}", 300)
            outcomes.append("held")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["held"] * 3 + ["risk.limit_exceeded"] * 5
    assert used() == {"party": (900, 0), "group": (900, 0)}
