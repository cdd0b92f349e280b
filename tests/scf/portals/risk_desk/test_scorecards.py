"""评分卡: taken in by one, put into force by another; what the page says of it."""

from risk.queries.scores import cards_list, policy_in_force
from tests.support.desks import Desks, hidden, words


def test_without_a_card_the_page_says_that_reports_have_no_score(desks: Desks) -> None:
    text = words(desks.client("risk").get("/risk/scorecards/"))
    assert "还没有在用的申请评分卡" in text
    assert "用 score_train 训练" in text


def test_one_takes_the_shipped_card_in_and_another_puts_it_into_force(desks: Desks) -> None:
    client, book = desks.client("risk"), desks.world.programme.book
    page = client.get("/risk/scorecards/")
    form = {"key": hidden(page, "key"), "reason": "先用随附的"}
    taken = client.post("/risk/scorecards/", form, follow=True)
    card = cards_list(programme_ref=book)[0]
    assert card.state == "draft"
    assert "由另一位" in words(taken)
    assert "批准启用" not in words(taken)
    assert "用模拟产业链训练" in words(taken)
    again = client.post("/risk/scorecards/", form)
    assert again.status_code == 422
    assert "已在草稿或使用中" in words(again)
    own = client.post(f"/risk/scorecards/{card.id}/", {"act": "approve"})
    assert own.status_code == 409
    assert policy_in_force(programme_ref=book).card == ""
    done = desks.client("risk2").post(
        f"/risk/scorecards/{card.id}/", {"act": "approve"}, follow=True
    )
    assert "评分卡已启用" in words(done)
    assert "申请评分卡在用" in words(done)
    assert policy_in_force(programme_ref=book).card != ""


def test_another_sends_a_draft_back_with_a_reason(desks: Desks) -> None:
    client = desks.client("risk")
    page = client.get("/risk/scorecards/")
    client.post("/risk/scorecards/", {"key": hidden(page, "key"), "reason": "试试"})
    card = cards_list(programme_ref=desks.world.programme.book)[0]
    other, path = desks.client("risk2"), f"/risk/scorecards/{card.id}/"
    assert other.post(path, {"act": "decline", "reason": " "}).status_code == 409
    done = other.post(path, {"act": "decline", "reason": "先等自己的数据"}, follow=True)
    assert "评分卡已退回" in words(done)
    assert "先等自己的数据" in words(other.get(path))
    assert other.post(path, {"act": "approve"}).status_code == 409


def test_an_unknown_card_is_not_found_and_an_unknown_act_is_refused(desks: Desks) -> None:
    client = desks.client("risk")
    assert client.get("/risk/scorecards/999/").status_code == 404
    page = client.get("/risk/scorecards/")
    client.post("/risk/scorecards/", {"key": hidden(page, "key"), "reason": "试试"})
    card = cards_list(programme_ref=desks.world.programme.book)[0]
    assert client.post(f"/risk/scorecards/{card.id}/", {"act": "burn"}).status_code == 409
