"""The card: chips, totals and where a press leads, from one answer of the server."""

from django.utils.translation import override

from risk.queries.reports import ReportRow
from scf.network.values import party_ref
from scf.portals.risk_desk.ego import EgoCard, ego_card, ring_words
from scf.portals.risk_desk.ego_state import EgoState
from tests.support.desks import Desks


def card_of(desks: Desks, key: str, state: EgoState) -> EgoCard:
    card = ego_card(
        programme_ref=desks.world.programme.book,
        party_ref=party_ref(desks.world.party(key)),
        state=state,
        address="/here/",
    )
    assert card is not None
    return card


def test_chips_say_what_is_on_and_lead_to_the_other(desks: Desks, judged: ReportRow) -> None:
    card = card_of(desks, "supplier", EgoState())
    assert [(one.layer, one.is_on) for one in card.layers] == [
        ("goods", True),
        ("invoice", True),
        ("cash", False),
    ]
    assert card.layers[2].href == "/here/?layer=goods&layer=invoice&layer=cash"
    assert (card.anchor.is_on, card.anchor.href) == (False, "/here/?anchor=out")
    assert card.folded == ""
    assert card_of(desks, "supplier", EgoState(opened=("party:1",))).folded == "/here/"


def test_totals_are_the_server_s(desks: Desks, judged: ReportRow) -> None:
    card = card_of(desks, "supplier", EgoState(("invoice",)))
    assert (card.suppliers, card.buyers, card.shown) == (0, 1, 1)
    assert card.total_out_minor == judged.seen_sales_minor
    assert card.data["self"] == party_ref(desks.world.party("supplier"))
    assert len(card.data["links"]) == 1


def test_a_firm_that_no_run_knows_has_no_card(desks: Desks) -> None:
    assert (
        ego_card(
            programme_ref=desks.world.programme.book,
            party_ref="party:1",
            state=EgoState(),
            address="/here/",
        )
        is None
    )


def test_rings_are_said_pair_by_pair() -> None:
    facts = {"ring": "party:1>party:2>party:3", "days": 3, "amount_minor": 41_000_000}
    found = [{"code": "ring", "facts": facts}, {"code": "spike", "facts": {}}]
    with override("zh-hans"):
        words = ring_words(found)
    assert set(words) == {
        ("party:1", "party:2"),
        ("party:2", "party:3"),
        ("party:3", "party:1"),
    }
    assert words["party:1", "party:2"] == "3 天内回流 41.0 万"
