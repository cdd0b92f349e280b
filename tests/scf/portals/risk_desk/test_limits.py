"""额度: the list, the change log, and a first limit."""

from risk.queries.limits import limit_changes_list
from scf.network.values import party_ref
from tests.support.desks import Desks, hidden, words


def test_the_list_shows_base_used_and_free(desks: Desks) -> None:
    desks.at_the_obligor()
    text = words(desks.client("risk").get("/risk/limits/"))
    assert "2 个额度，都还有余地" in text
    assert "算例注塑" in text
    assert "算例desks集团（合并）" in text
    assert "99,062,800.00" in text


def test_a_first_limit_waits_for_another_person(desks: Desks) -> None:
    client = desks.client("risk")
    page = client.get("/risk/limits/new/")
    seller, obligor = (party_ref(desks.world.party(key)) for key in ("supplier", "obligor"))
    form = {
        "key": hidden(page, "key"),
        "scope": "pair",
        "seller": seller,
        "base": "500 万",
        "floating": "0",
        "reason": "新付款人",
    }
    assert client.post("/risk/limits/new/", form).status_code == 422
    done = client.post("/risk/limits/new/", {**form, "obligor": obligor}, follow=True)
    assert "等另一人复核" in words(done)
    waiting = limit_changes_list(programme_ref=desks.world.programme.book, waiting_only=True)
    assert [(one.subject_ref, one.base_minor) for one in waiting] == [
        (f"{seller}>{obligor}", 500_000_000)
    ]


def test_the_log_exports(desks: Desks) -> None:
    answer = desks.client("risk").get("/risk/limits/?c.export=csv")
    assert "worked example" in b"".join(answer).decode("utf-8-sig")
