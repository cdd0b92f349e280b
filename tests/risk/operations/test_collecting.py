from datetime import date, timedelta
from typing import Any

import pytest

from risk.collection.values import Debt
from risk.models import CollectionEvent, CollectionItem, Promise
from risk.operations.collecting import Refreshed, collections_refresh, hazards_latest
from risk.operations.collections import Promised, Said, contact_record
from risk.queries.collections import collections_list
from tests.risk.cases import ANCHOR
from tests.risk.collection_made import books, debt
from tests.risk.runs_made import AT, PROGRAMME, run_done

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 17)


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def look(*debts: Debt, on: date = DAY, paid: dict[str, int] | None = None) -> Refreshed:
    hazards = hazards_latest(programme_ref=PROGRAMME, debtors=[one.debtor_ref for one in debts])
    return collections_refresh(
        programme_ref=PROGRAMME, books=books(*debts, paid=paid), hazards=hazards, on=on, at=AT
    )


def only() -> CollectionItem:
    return CollectionItem.objects.order_by("-pk")[0]


def acts() -> list[str]:
    return list(CollectionEvent.objects.order_by("pk").values_list("act", flat=True))


def said(outcome: str = "reached", promised: Promised | None = None, **other: Any) -> None:
    contact_record(
        item_id=only().pk,
        said=Said("phone", "财务", outcome, "已联系", promised=promised),
        key=other.get("key", f"k{CollectionEvent.objects.count()}{outcome}"),
        by="user:1",
        on=other.get("on", DAY),
        at=AT,
    )


def test_what_is_late_becomes_an_item_once() -> None:
    assert look(debt()).opened == 1
    assert look(debt()).opened == 0
    row = only()
    assert (row.state, row.cause, row.open_minor) == ("open", "unclear", 100_000_000)
    assert row.chance_7_ppm < row.chance_30_ppm < row.chance_60_ppm
    assert row.expected_minor <= row.open_minor
    assert acts() == ["opened"]


def test_part_of_it_comes_and_then_the_rest() -> None:
    look(debt())
    part = debt(open_minor=60_000_000, paid_minor=40_000_000, days_late=12)
    look(part, on=later(2))
    assert (only().open_minor, only().paid_minor) == (60_000_000, 40_000_000)
    done = look(on=later(3), paid={"claim:8:claim": 100_000_000})
    assert done.ended == 1
    assert only().state == "collected"
    assert acts() == ["opened", "paid", "collected"]
    assert look(on=later(4)).ended == 0


def test_what_is_owed_no_more_without_money_has_ended() -> None:
    look(debt())
    look(on=later(1))
    assert (only().state, acts()[-1]) == ("ended", "ended")


def test_an_undone_match_brings_the_debt_back() -> None:
    look(debt())
    look(on=later(1), paid={"claim:8:claim": 100_000_000})
    assert look(debt(days_late=13), on=later(3)).opened == 1
    assert CollectionItem.objects.count() == 2


def test_a_promise_is_kept_by_the_money_that_came() -> None:
    look(debt())
    said("promised", Promised(50_000_000, later(5)))
    assert only().state == "promised"
    part = debt(open_minor=50_000_000, paid_minor=50_000_000, days_late=14)
    look(part, on=later(4), paid={"claim:8:claim": 50_000_000})
    promise = Promise.objects.get()
    assert (promise.state, promise.paid_minor, promise.judged_date) == (
        "kept",
        50_000_000,
        later(4),
    )
    assert only().state == "open"
    assert "promises_kept" in {code for code, *_ in only().factors}


def test_a_promise_is_broken_when_its_day_is_over() -> None:
    look(debt())
    said("promised", Promised(50_000_000, later(5)))
    assert look(debt(days_late=15), on=later(5)).broken == ()
    before = only().chance_30_ppm
    assert look(debt(days_late=16), on=later(6)).broken == (only().pk,)
    assert look(debt(days_late=16), on=later(6)).broken == ()
    assert (Promise.objects.get().state, only().state) == ("broken", "open")
    assert only().cause == "will_not"
    assert only().chance_30_ppm < before
    assert acts() == ["opened", "promised", "broken", "cause"]


def test_money_that_came_before_does_not_keep_a_promise() -> None:
    look(debt(paid_minor=70_000_000))
    said("promised", Promised(50_000_000, later(2)))
    look(debt(paid_minor=70_000_000), on=later(3), paid={"claim:8:claim": 70_000_000})
    assert Promise.objects.get().state == "broken"


def test_what_a_debtor_says_sets_the_cause() -> None:
    look(debt())
    said("disputes")
    look(debt(days_late=11), on=later(1))
    assert only().cause == "disputed"
    said("cannot_pay", on=later(1))
    look(debt(days_late=12), on=later(2))
    assert only().cause == "cannot"
    look(debt(days_late=70), on=later(60))  # a word counts 45 days
    assert only().cause == "unclear"


@pytest.mark.django_db(transaction=True)
def test_a_debtor_s_own_history_comes_from_the_last_run() -> None:
    """The anchor of the small chain pays after 60 days, lately after 95: 35 days late."""
    run_done()
    hazards = hazards_latest(programme_ref=PROGRAMME, debtors=[ANCHOR])
    assert hazards.histories[ANCHOR].late > 10
    assert hazards.histories[ANCHOR].paid[3] > 10  # days 31 to 60
    look(debt())
    (row,) = collections_list(programme_ref=PROGRAMME)
    assert row.factors[0][0] == "history"
    assert row.factors[0][1] > 10
