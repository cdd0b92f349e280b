"""待办队列: who waits for a decision, and a run on request."""

from ledger.queries import works_list
from risk.queries.reports import ReportRow
from tests.support.desks import Desks, hidden, words


def test_a_firm_without_a_verdict_waits_for_a_person(desks: Desks, judged: ReportRow) -> None:
    text = words(desks.client("risk").get("/risk/"))
    assert "1 件事等着处理" in text
    assert judged.party_name in text
    assert "待人工判断" in text
    assert "交易历史" in text


def test_an_empty_queue_says_what_fills_it(desks: Desks) -> None:
    text = words(desks.client("risk").get("/risk/"))
    assert "队列清空" in text
    assert "还没有评估过" in text


def test_a_run_is_asked_for_once_and_watched(desks: Desks) -> None:
    client = desks.client("risk")
    page = client.get("/risk/")
    answer = client.post("/risk/", {"key": hidden(page, "key")})
    assert answer.status_code == 302
    assert "评估排队中" in words(client.get(answer.url))  # type: ignore[attr-defined]
    assert "评估排队中" in words(client.get("/risk/run/?after=0"))
    assert works_list(kind="risk.run") == []


def test_a_finished_run_sends_the_page_on(desks: Desks, judged: ReportRow) -> None:
    answer = desks.client("risk").get("/risk/run/?after=0")
    assert answer["HX-Redirect"] == "/risk/"


def test_the_queue_exports(desks: Desks, judged: ReportRow) -> None:
    answer = desks.client("risk").get("/risk/?export=csv")
    assert judged.party_name in b"".join(answer).decode("utf-8-sig")


def test_other_desks_are_kept_out(desks: Desks) -> None:
    assert desks.client("supplier").get("/risk/").status_code == 403
    assert desks.client("ops").post("/risk/").status_code == 403
