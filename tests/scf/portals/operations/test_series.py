"""One series at the desk: allocation and close, freeze and unfreeze, four eyes."""

from typing import Any

from scf.products.queries import SeriesFacts, series_get
from scf.simulator.worked.life import bid, claim_from, listed
from scf.simulator.worked.receivable import BIDS
from tests.support.desks import Desks, hidden, words


def on_offer(desks: Desks) -> SeriesFacts:
    return listed(
        world=desks.world, claim=claim_from(world=desks.world, receivable_id=desks.sellable())
    )


def post(desks: Desks, who: str, series: SeriesFacts, **form: str) -> Any:
    return desks.client(who).post(f"/operations/issue/{series.id}/", form, follow=True)


def test_a_full_series_shows_its_journal_and_closes(desks: Desks) -> None:
    series = on_offer(desks)
    bid(world=desks.world, series=series, bids=BIDS)
    page = desks.client("ops").get(f"/operations/issue/{series.id}/")
    text = words(page)
    assert "交割 937,200.00" in text
    assert "确认后会过的账" in text
    post(desks, "ops", series, act="close", key=hidden(page, "key"))
    assert series_get(series_id=series.id).state == "issued"


def test_one_freezes_and_two_let_go(desks: Desks) -> None:
    series = desks.paid_out()
    post(desks, "ops", series, act="freeze", reason="核查")
    assert series_get(series_id=series.id).is_frozen
    post(desks, "ops2", series, act="unfreeze_ask", reason="核查完毕")
    page = desks.client("ops2").get(f"/operations/issue/{series.id}/")
    assert "所以这里没有同意的按钮" in words(page)
    form = {"act": "unfreeze", "approval": "0", "hash": ""}
    assert "approval" not in page.context or post(desks, "ops2", series, **form).status_code != 302
    assert series_get(series_id=series.id).is_frozen


def test_an_unknown_act_is_refused(desks: Desks) -> None:
    series = on_offer(desks)
    assert "不能做这件事" in words(post(desks, "ops", series, act="burn"))
