import numpy as np

from risk.chain.relations import Relations, relations_of
from risk.facts import PartyFact


def relations(*parties: PartyFact, anchor: tuple[int, ...] = (), most: int = 3) -> Relations:
    mask = np.isin(np.arange(len(parties)), anchor)
    return relations_of(parties, anchor=mask, key_most=most)


def test_one_owner_or_one_telephone_joins_firms_over_any_way_round() -> None:
    found = relations(
        PartyFact("a", "", owner_key="wang"),
        PartyFact("b", "", owner_key="wang", phone_key="138"),
        PartyFact("c", "", phone_key="138"),
        PartyFact("d", ""),
    )
    assert found.shared([0, 1, 3]) == ("owner",)
    assert found.shared([0, 2]) == ()
    assert found.together(0, 2)
    assert not found.together(0, 3)


def test_a_declared_group_joins_and_is_no_key() -> None:
    found = relations(PartyFact("a", "", group="g"), PartyFact("b", "", group="g"))
    assert found.together(0, 1)
    assert found.shared([0, 1]) == ()


def test_what_everyone_has_and_what_the_anchor_has_joins_nobody() -> None:
    tower = [PartyFact(name, "", address_key="tower") for name in "abcd"]
    assert not relations(*tower).together(0, 1)
    assert relations(*tower, most=4).together(0, 1)
    assert not relations(*tower[:2], anchor=(0,)).together(0, 1)


def test_an_empty_chain() -> None:
    assert len(relations().cluster) == 0
