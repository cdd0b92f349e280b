"""Money leaves as whole fen, rates as ppm, dates as ISO 8601."""

from scf.api.serializers import ImportIn, QuoteOut, ReceivableOut, SubscribeIn
from scf.trade.queries import receivable_get
from tests.scf.api.conftest import Machines


def test_a_quote_loses_nothing(machines: Machines) -> None:
    quote = machines.stage.quote(machines.stage.sellable())
    data = QuoteOut(quote).data
    assert {name: data[name] for name in ("face_minor", "proceeds_minor", "annual_cost_ppm")} == {
        "face_minor": quote.face_minor,
        "proceeds_minor": quote.proceeds_minor,
        "annual_cost_ppm": quote.annual_cost_ppm,
    }
    assert data["due_date"] == quote.due_date.isoformat()


def test_a_receivable_tells_why_it_matches(machines: Machines) -> None:
    data = ReceivableOut(receivable_get(receivable_id=machines.stage.receivable())).data
    assert data["match_state"]
    assert data["financeable_minor"] == data["face_minor"]


def test_nobody_bids_for_nothing() -> None:
    assert not SubscribeIn(data={"units": 0}).is_valid()
    assert not ImportIn(data={"files": []}).is_valid()
