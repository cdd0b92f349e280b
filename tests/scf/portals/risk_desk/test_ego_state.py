"""An address says how a neighbourhood is looked at, and says it again."""

from django.http import QueryDict

from scf.portals.risk_desk.ego_state import FIRST_LAYERS, MOST_OPENED, EgoState, state_read


def read(query: str) -> EgoState:
    return state_read(QueryDict(query))


def test_what_is_usual_is_not_written() -> None:
    assert read("") == EgoState(FIRST_LAYERS)
    assert read("").query() == ""


def test_an_address_says_the_same_again() -> None:
    state = read("layer=cash&anchor=out&open=party:5&open=party:5")
    assert state == EgoState(("cash",), without_anchor=True, opened=("party:5", "party:5"))
    assert read(state.query()) == state
    assert state.query() == "layer=cash&anchor=out&open=party:5&open=party:5"


def test_nonsense_is_left_out() -> None:
    assert read("layer=nonsense&anchor=perhaps&open=") == EgoState()
    assert len(read("&".join(["open=a"] * 99)).opened) == MOST_OPENED


def test_layers_turn_on_and_off_but_one_stays() -> None:
    assert EgoState(("goods",)).turned("cash").layers == ("goods", "cash")
    assert EgoState(("goods", "cash")).turned("goods").layers == ("cash",)
    assert EgoState(("cash",)).turned("cash").layers == ("cash",)


def test_the_anchor_and_what_is_expanded() -> None:
    state = EgoState().anchor_turned().expanded("party:7")
    assert (state.without_anchor, state.opened) == (True, ("party:7",))
    assert state.anchor_turned().folded() == EgoState()
