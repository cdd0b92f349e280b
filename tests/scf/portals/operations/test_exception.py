"""One claim in trouble: disputes, misdirected money, repurchase and write-off."""

from typing import Any

from scf.financing.queries import claim_get
from scf.products.queries import SeriesFacts
from tests.support.desks import Desks, hidden, words


def act(desks: Desks, key: str, series: SeriesFacts, **form: str) -> Any:
    client, url = desks.client(key), f"/operations/exceptions/{series.claim_id}/"
    token = hidden(client.get(url), "key") if "key" not in form else form["key"]
    return client.post(url, {**form, "key": token}, follow=True)


def test_a_dispute_is_reported_and_resolved(desks: Desks) -> None:
    series = desks.paid_out()
    assert "已登记争议" in words(act(desks, "ops", series, act="dispute", reason="短少"))
    assert claim_get(claim_id=series.claim_id).is_disputed
    done = act(desks, "ops2", series, act="resolve", reason="贷项属实", upheld="30,000.00")
    assert "争议已了结" in words(done)
    assert "970,000.00" in words(done)


def test_an_act_without_a_reason_changes_nothing(desks: Desks) -> None:
    series = desks.paid_out()
    assert act(desks, "ops", series, act="dispute").status_code == 422
    assert not claim_get(claim_id=series.claim_id).is_disputed


def test_money_paid_to_the_supplier_is_recorded(desks: Desks) -> None:
    series = desks.paid_out()
    act(desks, "ops", series, act="misdirect", reason="付错账户")
    assert claim_get(claim_id=series.claim_id).is_misdirected


def test_a_repurchase_is_demanded_by_a_checker_only(desks: Desks) -> None:
    series = desks.paid_out()
    page = desks.client("ops").get(f"/operations/exceptions/{series.claim_id}/")
    assert b'value="repurchase"' not in page.content
    done = act(desks, "ops2", series, act="repurchase", reason="货物造假")
    assert "已要求回购，供应商还须付 937,200.00" in words(done)


def test_a_write_off_takes_two_people(desks: Desks) -> None:
    series = desks.paid_out()
    assert "等另一人复核" in words(act(desks, "ops", series, act="write_off", reason="破产"))
    url = f"/operations/exceptions/{series.claim_id}/"
    assert "所以这里没有同意的按钮" in words(desks.client("ops").get(url))
    page = desks.client("ops2").get(url)
    assert "核销 1,000,000.00" in words(page)
    form = {"approval": hidden(page, "approval"), "hash": hidden(page, "hash")}
    back = act(desks, "ops2", series, act="refuse", reason="再追一月", **form)
    assert "已退回，没有过账" in words(back)
    act(desks, "ops", series, act="write_off", reason="破产")
    page = desks.client("ops2").get(url)
    form = {"approval": hidden(page, "approval"), "hash": hidden(page, "hash")}
    act(desks, "ops2", series, act="approve", **form)
    assert claim_get(claim_id=series.claim_id).state == "written_off"


def test_a_loss_is_closed_by_two_people(desks: Desks) -> None:
    series = desks.paid_out()
    url = f"/operations/exceptions/{series.claim_id}/"

    def approve(what: str) -> object:
        page = desks.client("ops2").get(url)
        form = {"approval": hidden(page, "approval"), "hash": hidden(page, "hash")}
        return act(desks, "ops2", series, act=what, **form)

    act(desks, "ops", series, act="write_off", reason="破产")
    approve("approve")
    assert "亏损了结" in words(desks.client("ops").get(url))
    assert "等另一人复核" in words(act(desks, "ops", series, act="loss", reason="分配完毕"))
    assert "投资人损失本金 937,200.00" in words(desks.client("ops2").get(url))
    assert "份额注销" in words(approve("approve_loss"))
    assert claim_get(claim_id=series.claim_id).state == "closed_at_loss"
    holdings = words(desks.client("A").get("/investor/holdings/"))
    assert "亏损了结" in holdings


def test_another_programme_finds_nothing(desks: Desks) -> None:
    series = desks.paid_out()
    other = Desks.make(code="rival")
    assert other.client("ops").get(f"/operations/exceptions/{series.claim_id}/").status_code == 404
