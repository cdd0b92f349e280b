"""One warning: its rows, its history, and the four things that can be done."""

from datetime import timedelta

from django.test import Client

from risk.queries.warnings import warning_get
from tests.scf.portals.risk_desk.watched import warned
from tests.support.desks import Desks, hidden, words


def act(client: Client, number: int, name: str, **data: object) -> object:
    page = client.get(f"/risk/warnings/{number}/")
    form = {"act": name, "key": hidden(page, "key"), **data}
    return client.post(f"/risk/warnings/{number}/", form, follow=True)


def state(desks: Desks, number: int) -> str:
    return warning_get(programme_ref=desks.world.programme.book, warning_id=number).state


def test_the_page_shows_rows_and_history(desks: Desks) -> None:
    row = warned(desks)
    text = words(desks.client("risk").get(f"/risk/warnings/{row.id}/"))
    for said in ("算例注塑 · 核心企业减单", "PO-7", "订单", "500.00", "发现", "领取"):
        assert said in text


def test_put_aside_needs_a_day_and_a_reason(desks: Desks) -> None:
    row, client = warned(desks), desks.client("risk")
    until = desks.world.today + timedelta(days=5)
    act(client, row.id, "snooze", until=until)
    assert state(desks, row.id) == "open"
    far = desks.world.today + timedelta(days=90)
    refused = words(act(client, row.id, "snooze", until=far, reason="约谈后再看"))
    assert "没有改动。请改日期。" in refused
    assert state(desks, row.id) == "open"
    done = words(act(client, row.id, "snooze", until=until, reason="约谈后再看"))
    assert "已暂缓；加重时会提前出现。" in done
    assert "约谈后再看" in done
    assert state(desks, row.id) == "snoozed"


def test_handed_up_it_leaves_my_hands(desks: Desks) -> None:
    row, client, up = warned(desks), desks.client("risk"), desks.world.actors["risk2"]
    done = words(act(client, row.id, "escalate", to=up.user_id, reason="超出权限"))
    assert "已上报" in done
    assert f"由{up.name}负责，所以这里没有按钮" in done
    mine = desks.client("risk2")
    assert "把 算例注塑 的预警上报给您：超出权限" in words(mine.get("/messages/"))
    assert "由您在办。" in words(act(mine, row.id, "acknowledge"))
    assert "已办结" in words(act(mine, row.id, "resolve", reason="已减额"))
    assert state(desks, row.id) == "resolved"


def test_an_act_that_nobody_named_does_nothing(desks: Desks) -> None:
    row = warned(desks)
    client = desks.client("risk")
    assert client.post(f"/risk/warnings/{row.id}/", {"act": "forget"}).status_code == 422
    assert state(desks, row.id) == "open"
    assert client.get(f"/risk/warnings/{row.id + 1}/").status_code == 404
