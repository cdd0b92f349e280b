import numpy as np

from risk.chain.peers import main_role, peer_groups, standing
from risk.facts import PartyFact


def firm(number: int, *roles: str, sector: str = "") -> PartyFact:
    return PartyFact(ref=f"party:{number}", name=str(number), roles=roles, sector=sector)


def test_peers_share_role_and_sector_and_else_role_and_else_everyone() -> None:
    parties = [
        *(firm(n, "supplier", sector="wire") for n in range(3)),
        firm(3, "supplier", sector="glass"),
        firm(4, "distributor"),
    ]
    groups = {group.basis: group for group in peer_groups(parties, least=3)}
    assert groups["role_sector"].judged.tolist() == [0, 1, 2]
    assert groups["role"].judged.tolist() == [3]
    assert groups["role"].members.tolist() == [0, 1, 2, 3]
    assert groups["all"].judged.tolist() == [4]
    assert len(groups["all"].members) == 5


def test_a_firm_is_judged_in_its_first_role() -> None:
    assert main_role(firm(1, "distributor", "supplier")) == "supplier"
    assert main_role(firm(1)) == "other"


def test_percentiles_count_those_below_and_half_of_the_equal() -> None:
    groups = peer_groups([firm(n, "supplier") for n in range(5)], least=2)
    placed = standing(np.array([1.0, 2.0, 2.0, 4.0, np.nan]), groups=groups)
    assert placed.percentile.tolist() == [13, 50, 50, 88, -1]
    assert placed.strips[0] is not None
    assert placed.strips[0][2] == 2.0


def test_a_group_without_figures_has_no_strip() -> None:
    placed = standing(np.array([np.nan]), groups=peer_groups([firm(0)], least=1))
    assert placed.strips == (None,)
    assert placed.percentile.tolist() == [-1]
