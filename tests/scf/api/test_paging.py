"""Pages of a list: bounded, and forgiving about what is no number."""

from tests.scf.api.conftest import Machines


def test_a_list_comes_in_pages(machines: Machines) -> None:
    ids = {machines.stage.receivable(f"INV-{number}") for number in range(3)}
    client = machines("supplier")

    def page(query: str) -> tuple[int, list[int]]:
        body = client.get(f"/api/v1/receivables{query}").json()
        return body["count"], [row["id"] for row in body["results"]]

    first, second = page("?limit=2"), page("?limit=2&offset=2")
    assert (first[0], second[0]) == (3, 3)
    assert (len(first[1]), len(second[1])) == (2, 1)
    assert {*first[1], *second[1]} == ids
    assert len(page("?limit=many&offset=-1")[1]) == 3
    assert len(page("?limit=0")[1]) == 1
