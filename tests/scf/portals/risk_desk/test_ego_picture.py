"""Positions are computed: the same firms stand in the same places."""

from scf.portals.risk_desk.ego_picture import Edge, Neighbourhood, Node, picture, places


def node(key: str, column: int, total: int = 0, *, parent: str = "me", role: str = "") -> Node:
    side = "supplier" if column < 0 else "buyer"
    ref = "" if key.endswith("more") else f"party:{key}"
    return Node(key, ref, key, role, side, 1, parent, column, 1, {"goods": total})


ME = Node("me", "party:me", "me", "", "centre", 0, "", 0, 1, {})
FIRMS = (
    ME,
    node("s1", -1, 900),
    node("s2", -1, 100),
    node("s-more", -1, 5000),
    node("b1", 1, 400, role="obligor"),
    node("far2", -2, 1, parent="s2"),
    node("far1", -2, 1, parent="s1"),
)


def drawn() -> dict[str, list[dict[str, object]]]:
    what = Neighbourhood(
        nodes=FIRMS,
        edges=(
            Edge("s1", "me", "goods", 900, 3, False),
            Edge("me", "b1", "goods", 225, 1, True),
            Edge("b1", "s1", "goods", 9, 1, False),
        ),
    )
    words = {one.key: one.name for one in FIRMS} | {one.key: "往来" for one in what.edges}
    return picture(what, tips=words, labels=words, rows={"s1>me>goods": "/rows/"})


def test_the_firm_is_in_the_middle_and_the_largest_on_top() -> None:
    stand = places(FIRMS)
    assert stand["me"] == (500, 0)
    assert [stand[key][0] for key in ("s1", "s2", "s-more")] == [166, 500, 833]
    # The second ring follows the order of the first.
    assert stand["far1"][0] < stand["far2"][0]


def test_who_also_buys_of_a_supplier_stands_around_the_firm() -> None:
    rivals = [node(f"r{number}", 0, parent="s1") for number in range(4)]
    stand = places([*FIRMS, *rivals])
    assert stand["me"] == (500, 0)
    assert [stand[one.key][0] for one in rivals] == [100, 300, 700, 900]


def test_the_same_firms_give_the_same_picture() -> None:
    assert drawn() == drawn()


def test_sizes_follow_the_largest_and_roles_the_legend() -> None:
    found = drawn()
    nodes = {one["key"]: one for one in found["nodes"]}
    assert nodes["s-more"]["more"] is True
    # The others together may be more than the largest, who sets the measure.
    assert (nodes["s-more"]["share"], nodes["s1"]["share"]) == (10_000, 10_000)
    assert nodes["s2"]["share"] == 1_111
    assert [nodes[key]["role"] for key in ("me", "s1", "b1")] == ["self", "supplier", "anchor"]
    assert [(one["share"], one["bad"], one["round"], one["rows"]) for one in found["links"]] == [
        (10_000, False, False, "/rows/"),
        (2_500, True, False, ""),
        (100, False, True, ""),
    ]
