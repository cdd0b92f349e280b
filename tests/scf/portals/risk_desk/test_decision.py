"""作出决定: proposed by one, answered by another, closed by one."""

import re
from datetime import timedelta
from typing import Any

from risk.queries.gates import GateState, gate_get, overrides_list
from risk.queries.reports import ReportRow
from tests.support.desks import Desks, hidden, words


def gate(desks: Desks, row: ReportRow) -> GateState:
    world = desks.world
    return gate_get(programme_ref=world.programme.book, party_ref=row.party_ref, on=world.today)


def propose(desks: Desks, row: ReportRow, key: str = "risk", **changed: str) -> Any:
    client = desks.client(key)
    page = client.get(f"/risk/reports/{row.id}/")
    form = {
        "act": "propose",
        "key": hidden(page, "key"),
        "decision": hidden(page, "decision"),
        "grant": "named_only",
        "until": (desks.world.today + timedelta(days=30)).isoformat(),
        "reason": "已电话核实收货",
    }
    return client.post(f"/risk/reports/{row.id}/", {**form, **changed}, follow=True)


def answer(desks: Desks, row: ReportRow, key: str, act: str, reason: str = "") -> Any:
    waiting = overrides_list(programme_ref=desks.world.programme.book, state="pending")[0]
    form = {"act": act, "override": waiting.id, "reason": reason}
    return desks.client(key).post(f"/risk/reports/{row.id}/", form, follow=True)


def test_an_override_takes_two_people(desks: Desks, judged: ReportRow) -> None:
    assert "等另一人复核" in words(propose(desks, judged))
    assert not gate(desks, judged).passed
    page = desks.client("risk2").get(f"/risk/reports/{judged.id}/")
    assert "已电话核实收货" in words(page)
    assert re.search(r'value="approve"', page.content.decode())
    assert "越权放行已生效" in words(answer(desks, judged, "risk2", "approve"))
    assert gate(desks, judged).outcome == "overridden"
    assert gate(desks, judged).named_only


def test_the_maker_has_no_button_and_no_way(desks: Desks, judged: ReportRow) -> None:
    propose(desks, judged, "risk2")
    page = desks.client("risk2").get(f"/risk/reports/{judged.id}/")
    assert "所以这里没有同意的按钮" in words(page)
    assert b'value="approve"' not in page.content
    assert "您自己提交的" in words(answer(desks, judged, "risk2", "approve"))
    assert not gate(desks, judged).passed


def test_sending_back_needs_a_reason(desks: Desks, judged: ReportRow) -> None:
    propose(desks, judged)
    assert "请写明理由" in words(answer(desks, judged, "risk2", "decline"))
    assert "原结论不变" in words(answer(desks, judged, "risk2", "decline", "证据不够"))
    assert gate(desks, judged).outcome == "referred"


def test_dates_beyond_the_policy_are_refused_under_the_form(
    desks: Desks, judged: ReportRow
) -> None:
    late = (desks.world.today + timedelta(days=800)).isoformat()
    assert "越权期限须在今天与" in words(propose(desks, judged, until=late))


def test_one_person_closes_an_open_gate(desks: Desks, judged: ReportRow) -> None:
    propose(desks, judged)
    answer(desks, judged, "risk2", "approve")
    client = desks.client("risk")
    page = client.get(f"/risk/reports/{judged.id}/")
    form = {"act": "refuse", "key": hidden(page, "key"), "decision": hidden(page, "decision")}
    assert client.post(f"/risk/reports/{judged.id}/", form).status_code == 422
    done = client.post(f"/risk/reports/{judged.id}/", {**form, "reason": "货物造假"}, follow=True)
    assert "已关闭准入" in words(done)
    assert gate(desks, judged).outcome == "failed"


def test_an_old_decision_cannot_be_answered(desks: Desks, judged: ReportRow) -> None:
    assert "已有更新的风控结论" in words(propose(desks, judged, decision="999999"))
    assert "没有这条风控决定" in words(propose(desks, judged, decision="x"))
