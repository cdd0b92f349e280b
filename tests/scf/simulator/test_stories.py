from __future__ import annotations

from collections import Counter

from scf.simulator.population import FEATURED_CODE
from scf.simulator.stories import (
    OLD,
    OPEN,
    OTHERS,
    STORY_DATE,
    STORY_INVOICES,
    WORKED_INVOICE_NO,
    past_stories,
)
from tests.scf.simulator.scenes import small_chain


def test_no_invoice_number_is_told_twice() -> None:
    told = [*past_stories(chain=small_chain()), OLD, *OPEN, *OTHERS]
    assert Counter(story.invoice_no for story in told).most_common(1)[0][1] == 1


def test_what_is_open_falls_due_after_the_story_and_the_past_before_it() -> None:
    assert all(story.due_date > STORY_DATE for story in OPEN)
    assert all(story.due_date <= STORY_DATE for story in past_stories(chain=small_chain()))
    assert WORKED_INVOICE_NO in {story.invoice_no for story in OPEN}


def test_the_suppliers_business_grows_over_the_history() -> None:
    past = list(past_stories(chain=small_chain()))
    third = len(past) // 3
    assert sum(story.gross_minor for story in past[-third:]) > sum(
        story.gross_minor for story in past[:third]
    )


def test_others_are_named_by_their_supplier() -> None:
    assert {story.supplier: story.invoice_no for story in OTHERS} == STORY_INVOICES
    assert FEATURED_CODE not in STORY_INVOICES
