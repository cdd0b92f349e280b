"""The second person: the same page, agree or send back; never the maker."""

from scf.financing.queries import claim_get
from tests.support.desks import Desks, hidden, words


def decide(desks: Desks, key: str, decision: str, reason: str = "") -> object:
    client = desks.client(key)
    page = client.get("/supplier/offers/review/")
    form = {"key": hidden(page, "key"), "decision": decision, "reason": reason}
    return client.post("/supplier/offers/review/", {**form, "approval": mark(page)})


def mark(page: object) -> str:
    html = page.content.decode()  # type: ignore[attr-defined]
    start = html.index('name="approval"')
    value = html.index('value="', start) + len('value="')
    return str(html[value : html.index('"', value)])


def test_the_checker_sees_who_made_it_and_agrees(desks: Desks) -> None:
    claim = desks.submitted()
    text = words(desks.client("supplier2").get("/supplier/offers/review/"))
    assert "1 笔出让等复核" in text
    assert "提交以来没有变化" in text
    assert "935,813.46" in text
    decide(desks, "supplier2", "approve")
    assert claim_get(claim_id=claim.id).state == "submitted"


def test_sending_back_needs_a_reason(desks: Desks) -> None:
    claim = desks.submitted()
    assert "请写明原因" in words(decide(desks, "supplier2", "refuse"))
    assert claim_get(claim_id=claim.id).state == "draft"
    decide(desks, "supplier2", "refuse", "价格再谈")
    assert claim_get(claim_id=claim.id).state == "withdrawn"


def test_the_maker_has_no_button_and_no_way(desks: Desks) -> None:
    desks.submitted()
    client = desks.client("supplier")
    page = client.get("/supplier/offers/review/")
    assert "所以这里没有同意的按钮" in words(page)
    assert b'value="approve"' not in page.content
    assert client.post("/supplier/offers/review/", {"decision": "approve"}).status_code == 403


def test_nothing_waits(desks: Desks) -> None:
    assert "没有等复核的出让" in words(desks.client("supplier2").get("/supplier/offers/review/"))
