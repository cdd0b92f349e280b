"""What journeys share when they post."""

from ledger.queries import journal_detail
from scf.financing.queries import claim_get
from scf.journeys.bookings import assets_ensure, books_of, outstanding_of, post
from scf.products.postings import legs_bid
from scf.simulator.worked.life import bid
from tests.scf.journeys.conftest import Stage


def test_a_postings_memo_leads_back_to_claim_and_series(stage: Stage) -> None:
    series = stage.listed()
    claim = claim_get(claim_id=series.claim_id)
    programme = stage.world.programme
    books = books_of(programme=programme, claim=claim, series=series)
    stage.world.pays_in(("A", 100, "入金"))
    journal = post(
        programme=programme,
        key="k",
        kind="test",
        legs=legs_bid(books=books, investor_id=stage.world.party("A"), amount_minor=100),
        claim_id=claim.id,
        series_id=series.id,
        on=stage.world.today,
        at=stage.world.at,
    )
    memo = journal_detail(journal_id=journal.id).summary.memo
    assert memo == {"claim": f"claim:{claim.id}", "series": f"series:{series.id}"}


def test_what_is_open_is_read_from_the_books(stage: Stage) -> None:
    series = stage.issued()
    claim = claim_get(claim_id=series.claim_id)
    programme = stage.world.programme
    left = outstanding_of(
        programme=programme, books=books_of(programme=programme, claim=claim, series=series)
    )
    assert (left.claim_minor, left.recourse_minor, left.collection_minor) == (100_000_000, 0, 0)
    assert left.payable_supplier_minor == 0  # it left on the day of the close


def test_assets_may_be_ensured_again(stage: Stage) -> None:
    assets_ensure(currency="CNY")
    bid(world=stage.world, series=stage.listed(), bids={"A": 1})
