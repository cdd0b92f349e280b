"""日记账: the list, one journal with its legs, nothing of another programme."""

from ledger.queries import journals_list
from tests.support.desks import Desks, words


def test_a_journal_shows_its_legs(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("auditor")
    rows = journals_list(book=desks.world.programme.book)
    assert client.get("/auditor/journals/").status_code == 200
    text = words(client.get(f"/auditor/journals/{rows[0].id}/"))
    assert str(rows[0].id) in text
    other = Desks.make(code="rival")
    other.world.actors["auditor"] = other.world.actors["ops"]
    assert other.client("auditor").get(f"/auditor/journals/{rows[0].id}/").status_code == 403
