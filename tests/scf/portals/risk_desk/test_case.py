"""A case: evidence with its documents, an end by two people, a history that only grows."""

from typing import Any

import pytest

from risk.queries.cases import CaseRow, case_decisions, case_get
from scf.journeys.desk_items import desk_item_take
from scf.network.values import ref_id
from tests.support.cases import case_open
from tests.support.desks import Desks, hidden, words


@pytest.fixture
def case(desks: Desks) -> CaseRow:
    desks.sellable()
    found = case_open(desks.world)
    world = desks.world
    desk_item_take(actor=world.actors["risk"], kind="case", ref=str(found.id), at=world.at)
    return found


def post(desks: Desks, case: CaseRow, key: str, act: str, **form: Any) -> Any:
    client, url = desks.client(key), f"/risk/cases/{case.id}/"
    page = client.get(url)
    if act in ("note", "evidence", "propose", "reopen"):
        form["key"] = hidden(page, "key")
    return client.post(url, {"act": act, **form}, follow=True)


def state(desks: Desks, case: CaseRow) -> tuple[str, str]:
    found = case_get(programme_ref=desks.world.programme.book, case_id=case.id)
    return found.state, found.outcome


def propose(desks: Desks, case: CaseRow, outcome: str, **more: Any) -> Any:
    return post(desks, case, "risk", "propose", outcome=outcome, reason="仓库无此货", **more)


def answer(desks: Desks, case: CaseRow, key: str, act: str, **more: str) -> Any:
    decision = case_decisions(case_id=case.id)[0].id
    return post(desks, case, key, act, decision=decision, **more)


def test_evidence_leads_to_its_documents(desks: Desks, case: CaseRow) -> None:
    text = words(desks.client("risk").get(f"/risk/cases/{case.id}/"))
    assert case.number in text
    assert "单据并排" in text
    assert "采购订单" in text
    assert "评估立案" in text
    assert "算例注塑" in text
    assert "负责人：我" in text


def test_fraud_is_proposed_by_one_and_confirmed_by_another(desks: Desks, case: CaseRow) -> None:
    assert propose(desks, case, "confirmed_fraud").status_code == 422  # accuses nobody
    firm = case.parties[0][0]
    assert "等另一人复核" in words(propose(desks, case, "confirmed_fraud", refuse=[firm]))
    assert "所以这里没有同意的按钮" in words(desks.client("risk").get(f"/risk/cases/{case.id}/"))
    assert answer(desks, case, "risk", "approve").status_code == 422
    done = words(answer(desks, case, "risk2", "approve"))
    assert "所列企业已停止出让" in done
    assert "欺诈停止" in done
    assert state(desks, case) == ("closed", "confirmed_fraud")


def test_sent_back_with_a_reason_and_taken_up_again(desks: Desks, case: CaseRow) -> None:
    propose(desks, case, "explained")
    assert "请写明理由" in words(answer(desks, case, "risk2", "decline", reason=""))
    assert "继续调查" in words(answer(desks, case, "risk2", "decline", reason="看合同"))
    propose(desks, case, "explained")
    answer(desks, case, "risk2", "approve")
    assert state(desks, case) == ("closed", "explained")
    assert post(desks, case, "risk2", "reopen", reason="").status_code == 422
    assert "已重新打开" in words(post(desks, case, "risk2", "reopen", reason="举报"))
    assert state(desks, case) == ("open", "")


def test_nothing_is_chosen_beforehand(desks: Desks, case: CaseRow) -> None:
    html = desks.client("risk").get(f"/risk/cases/{case.id}/").content.decode()
    assert "请选择" in html
    assert "checked" not in html


def test_only_its_owner_proposes(desks: Desks, case: CaseRow) -> None:
    page = desks.client("risk2").get(f"/risk/cases/{case.id}/")
    assert "由负责人提出结案" in words(page)
    refused = desks.client("risk2").post(
        f"/risk/cases/{case.id}/",
        {"act": "propose", "key": hidden(page, "key"), "outcome": "explained", "reason": "x"},
    )
    assert refused.status_code == 422
    assert case_decisions(case_id=case.id) == ()


def test_notes_and_papers_go_into_the_history(desks: Desks, case: CaseRow) -> None:
    assert "已记入案卷" in words(post(desks, case, "risk", "note", text="已电话仓库"))
    put = {"document": "仓单 88", "note": "查无此单"}
    assert "已加入证据" in words(post(desks, case, "risk", "evidence", **put))
    text = words(post(desks, case, "risk", "evidence", **put))
    assert "已有这份材料" in text
    assert "已电话仓库" in text
    assert "查无此单" in text
    assert post(desks, case, "risk", "note", text="").status_code == 422


def test_another_programme_has_no_such_case(desks: Desks, case: CaseRow) -> None:
    other = Desks.make(code="rival")
    assert other.client("risk").get(f"/risk/cases/{case.id}/").status_code == 404
    assert post(desks, case, "risk", "dance").status_code == 422


def test_the_firm_s_report_names_its_case(desks: Desks, case: CaseRow) -> None:
    ref, _name = case.parties[0]
    page = desks.client("risk").get(f"/risk/firms/{ref_id(ref)}/", follow=True)
    assert case.number in words(page)
    assert f"/risk/cases/{case.id}/" in page.content.decode()
