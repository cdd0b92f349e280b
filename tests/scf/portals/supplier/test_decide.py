"""The second person: the same page, agree or send back; never the maker."""

from scf.financing.queries import claim_get
from scf.simulator.worked.life import claim_from
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


def test_a_confirmation_goes_back_when_both_agree(desks: Desks) -> None:
    claim = claim_from(world=desks.world, receivable_id=desks.sellable())
    treasury = desks.client("anchor2")
    url = f"/anchor/confirm/{claim.id}/"
    assert "请求撤销确权" in words(treasury.get(url))
    treasury.post(url, {"act": "revoke", "reason": "货有争议"})
    assert "等供应商答复" in words(treasury.get(url))
    mine = f"/supplier/receivables/{claim.receivable_id}/"
    assert "所以这里没有按钮" in words(desks.client("supplier").get(mine))
    checker = desks.client("supplier2")
    assert "货有争议" in words(checker.get(mine))
    answer = f"/supplier/claims/{claim.id}/revocation/"
    assert checker.post(answer, {"decision": "decline"}).status_code == 409
    done = words(checker.post(answer, {"decision": "agree"}, follow=True))
    assert "的确权已撤销" in done
    assert claim_get(claim_id=claim.id).state == "released"
    assert "已撤销确权" in words(treasury.get(url))
