"""One debt: a contact is logged with its promise, and the page tells it all."""

from datetime import timedelta

from risk.queries.collections import contacts_list, promises_list
from tests.scf.portals.risk_desk.watched import owed
from tests.support.desks import Desks, hidden, words


def test_a_promise_is_logged_once(desks: Desks) -> None:
    row, client = owed(desks), desks.client("risk")
    address = f"/risk/collection/{row.id}/"
    page = client.get(address)
    assert "还看不出原因" in words(page)
    form = {
        "key": hidden(page, "key"),
        "channel": "phone",
        "who": "财务经理",
        "outcome": "promised",
        "note": "下周付四成",
        "next_step": "周四再打",
    }
    assert client.post(address, form).status_code == 422  # a promise is a sum and a day
    by = desks.world.today + timedelta(days=6)
    whole = {**form, "promised": "40 万", "by_date": by.isoformat()}
    for _ in range(2):
        done = client.post(address, whole, follow=True)
    text = words(done)
    for said in ("已记录联系。", "400,000.00", "财务经理", "下一步：周四再打", "有承诺", "未到期"):
        assert said in text, said
    assert len(contacts_list(item_id=row.id)) == 1
    assert [one.amount_minor for one in promises_list(item_id=row.id)] == [40_000_000]


def test_what_is_refused_says_why(desks: Desks) -> None:
    row, client = owed(desks), desks.client("risk")
    address = f"/risk/collection/{row.id}/"
    by = desks.world.today + timedelta(days=6)
    form = {
        "key": hidden(client.get(address), "key"),
        "channel": "phone",
        "outcome": "promised",
        "note": "全付",
        "promised": "2,000,000.00",
        "by_date": by.isoformat(),
    }
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "不超过未付的" in words(answer)
    assert contacts_list(item_id=row.id) == ()
    other = desks.client("risk2")
    client.post("/risk/take/", {"item": f"take collection:{row.id}"})
    assert "所以这里没有按钮；可请其转交" in words(other.get(address))
    assert client.get("/risk/collection/999999/").status_code == 404
