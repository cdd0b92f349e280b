"""How a line finds its order among those of the same number."""

from scf.trade.match_set import OrderIndex, order_key

INDEX: OrderIndex = {"45": [("SAP", "6030", 1), ("SAP", "6040", 2)], "46": [("SAP", "6030", 3)]}


def test_the_same_system_and_company_first() -> None:
    assert order_key(INDEX, "SAP", "6040", "45", "10") == (2, "10")


def test_a_suppliers_own_upload_finds_the_order_of_that_company() -> None:
    assert order_key(INDEX, "party-7", "6030", "45", "10") == (1, "10")


def test_another_company_only_when_there_is_one_order_of_that_number() -> None:
    assert order_key(INDEX, "SAP", "7000", "46", "10") == (3, "10")
    assert order_key(INDEX, "SAP", "7000", "45", "10") is None


def test_no_number_no_order() -> None:
    assert order_key(INDEX, "SAP", "6030", "", "10") is None
    assert order_key(INDEX, "SAP", "6030", "99", "10") is None
