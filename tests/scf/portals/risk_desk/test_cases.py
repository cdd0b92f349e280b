"""案件: the list, its filters and export, and the register of the honest."""

import pytest

from risk.queries.cases import CaseRow
from risk.queries.reports import ReportRow
from scf.journeys.desk_items import desk_item_take
from scf.journeys.investigating import case_close_approve, case_close_submit
from tests.support.cases import case_open
from tests.support.desks import Desks, words


@pytest.fixture
def case(desks: Desks, judged: ReportRow) -> CaseRow:
    return case_open(desks.world)


def closed(desks: Desks, case: CaseRow, outcome: str) -> None:
    world = desks.world
    desk_item_take(actor=world.actors["risk"], kind="case", ref=str(case.id), at=world.at)
    decision = case_close_submit(
        actor=world.actors["risk"], case_id=case.id, outcome=outcome, reason="备案回购",
        refuse_refs=[], at=world.at,
    )  # fmt: skip
    case_close_approve(
        actor=world.actors["risk2"], case_id=case.id, decision_id=decision, at=world.at
    )


def test_a_case_with_its_sum_and_a_button(desks: Desks, case: CaseRow) -> None:
    page = desks.client("risk").get("/risk/cases/")
    text = words(page)
    assert "1 个案件在办" in text
    assert case.number in text
    assert "虚假发货" in text
    assert "940,000.00" in text
    assert f'value="take case:{case.id}"' in page.content.decode()
    assert "案件 1" in text  # the rail


def test_closed_cases_are_kept_apart_and_the_honest_listed(desks: Desks, case: CaseRow) -> None:
    closed(desks, case, "false_alarm")
    client = desks.client("risk")
    text = words(client.get("/risk/cases/"))
    assert "没有在办的案件" in text
    assert "已知正常" in text
    assert "1,410,000.00" in text
    assert "备案回购" in text
    assert case.number in words(client.get("/risk/cases/?chip=closed"))


def test_the_list_exports_without_its_buttons(desks: Desks, case: CaseRow) -> None:
    answer = desks.client("risk").get("/risk/cases/?export=csv")
    text = b"".join(answer).decode("utf-8-sig")
    assert case.number in text
    assert "<button" not in text


def test_a_reader_sees_no_button(desks: Desks, case: CaseRow) -> None:
    assert desks.client("supplier").get("/risk/cases/").status_code == 403


def test_an_empty_list_says_what_opens_a_case(desks: Desks) -> None:
    assert "会自动立案" in words(desks.client("risk").get("/risk/cases/"))
