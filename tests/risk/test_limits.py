from risk.limits import Room, group_ref, pair_ref, subjects


def test_room_is_what_base_and_floating_leave() -> None:
    room = Room(500, 100, 150, 236)
    assert (room.total_minor, room.used_minor, room.free_minor) == (600, 386, 214)


def test_a_lowered_limit_leaves_no_room_rather_than_less_than_none() -> None:
    assert Room(100, 0, 80, 50).free_minor == 0


def test_one_sale_falls_under_three_limits() -> None:
    assert group_ref("沧澜") == "group:沧澜"
    assert pair_ref(seller_ref="party:2", obligor_ref="party:1") == "party:2>party:1"
    found = subjects(seller_ref="party:2", obligor_ref="party:1", group_ref=group_ref("沧澜"))
    assert found == {"party": "party:2", "pair": "party:2>party:1", "group": "group:沧澜"}
