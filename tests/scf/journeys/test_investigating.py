"""A case from its taking to its end: by its owner, and by a colleague."""

import pytest

from ledger.errors import DomainError
from risk.queries.cases import CaseRow, case_events, case_evidence, case_get, honest_list
from risk.queries.gates import gate_get
from scf.journeys.desk_items import desk_item_hand, desk_item_release, desk_item_take
from scf.journeys.investigating import (
    case_close_approve,
    case_close_decline,
    case_close_submit,
    case_document_put,
    case_note_write,
    case_take_up_again,
)
from scf.network.values import party_ref
from tests.support.cases import case_open
from tests.support.desks import Desks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desks() -> Desks:
    desks = Desks.make()
    desks.sellable()
    return desks


@pytest.fixture
def case(desks: Desks) -> CaseRow:
    return case_open(desks.world)


def again(desks: Desks, case: CaseRow) -> CaseRow:
    return case_get(programme_ref=desks.world.programme.book, case_id=case.id)


def take(desks: Desks, case: CaseRow, key: str = "risk") -> bool:
    actor = desks.world.actors[key]
    return desk_item_take(actor=actor, kind="case", ref=str(case.id), at=desks.world.at)


def submit(desks: Desks, case: CaseRow, outcome: str, key: str = "risk") -> int:
    firms = [ref for ref, _ in case.parties] if outcome == "confirmed_fraud" else []
    return case_close_submit(
        actor=desks.world.actors[key], case_id=case.id, outcome=outcome, reason="核过仓单",
        refuse_refs=firms, at=desks.world.at,
    )  # fmt: skip


def approve(desks: Desks, case: CaseRow, decision: int, key: str = "risk2") -> str:
    return case_close_approve(
        actor=desks.world.actors[key], case_id=case.id, decision_id=decision, at=desks.world.at
    )


def test_taken_released_and_handed_on_the_case_follows(desks: Desks, case: CaseRow) -> None:
    world = desks.world
    item = {"kind": "case", "ref": str(case.id), "at": world.at}
    take(desks, case)
    assert again(desks, case).state == "investigating"
    desk_item_release(actor=world.actors["risk"], **item)  # type: ignore[arg-type]
    assert again(desks, case).state == "open"
    take(desks, case)
    colleague = world.actors["risk2"]
    desk_item_hand(actor=world.actors["risk"], user_id=colleague.user_id, **item)  # type: ignore[arg-type]
    last = case_events(case_id=case.id)[-1]
    assert (last.kind, last.text) == ("handed", colleague.name)


def test_only_its_owner_proposes_an_end(desks: Desks, case: CaseRow) -> None:
    with pytest.raises(DomainError, match=r"risk\.item_not_taken"):
        submit(desks, case, "explained")
    take(desks, case)
    with pytest.raises(DomainError, match=r"risk\.item_not_taken"):
        submit(desks, case, "explained", key="risk2")
    assert submit(desks, case, "explained")


def test_fraud_closes_the_gate_of_its_firms(desks: Desks, case: CaseRow) -> None:
    world = desks.world
    take(desks, case, "risk2")
    decision = submit(desks, case, "confirmed_fraud", key="risk2")
    with pytest.raises(DomainError, match=r"access\.own_work"):
        approve(desks, case, decision)
    world.actors["third"] = world.actors["risk"]
    with pytest.raises(DomainError, match=r"access\.denied"):
        approve(desks, case, decision, key="third")  # a maker's seat
    state = {"programme_ref": world.programme.book, "on": world.today}
    firm = party_ref(world.party("supplier"))
    assert gate_get(party_ref=firm, **state).passed  # type: ignore[arg-type]


def test_the_second_seat_closes_it_and_the_firm_sells_no_more(desks: Desks, case: CaseRow) -> None:
    world = desks.world
    take(desks, case)
    assert approve(desks, case, submit(desks, case, "confirmed_fraud")) == "confirmed_fraud"
    assert again(desks, case).outcome == "confirmed_fraud"
    gate = gate_get(
        programme_ref=world.programme.book,
        party_ref=party_ref(world.party("supplier")),
        on=world.today,
    )
    assert not gate.passed
    with pytest.raises(DomainError) as refused:
        desks.submitted("INV-0777")
    assert refused.value.code in ("risk.gate_closed", "risk.party_blocked")


def release_and_take(desks: Desks, case: CaseRow) -> None:
    world = desks.world
    item = {"kind": "case", "ref": str(case.id), "at": world.at}
    desk_item_release(actor=world.actors["risk"], **item)  # type: ignore[arg-type]
    desk_item_take(actor=world.actors["risk2"], **item)  # type: ignore[arg-type]


def test_sent_back_and_then_found_honest(desks: Desks, case: CaseRow) -> None:
    take(desks, case)
    decision = submit(desks, case, "false_alarm")
    case_close_decline(
        actor=desks.world.actors["risk2"], case_id=case.id, decision_id=decision,
        reason="再看合同", at=desks.world.at,
    )  # fmt: skip
    approve(desks, case, submit(desks, case, "false_alarm"))
    assert len(honest_list(programme_ref=desks.world.programme.book)) == 1
    with pytest.raises(DomainError, match=r"risk\.step_refused"):
        release_and_take(desks, case)


def test_taken_up_again_it_is_anybody_s(desks: Desks, case: CaseRow) -> None:
    take(desks, case)
    approve(desks, case, submit(desks, case, "referred"))
    case_take_up_again(
        actor=desks.world.actors["risk2"], case_id=case.id, reason="举报", at=desks.world.at
    )
    assert again(desks, case).state == "open"
    assert take(desks, case, "risk2")


def test_notes_and_documents_by_those_who_work_here(desks: Desks, case: CaseRow) -> None:
    world = desks.world
    case_note_write(actor=world.actors["risk"], case_id=case.id, text="已电话", at=world.at)
    put = {"case_id": case.id, "document": "仓单 7", "note": "", "at": world.at}
    assert case_document_put(actor=world.actors["risk"], **put)  # type: ignore[arg-type]
    assert not case_document_put(actor=world.actors["risk"], **put)  # type: ignore[arg-type]
    assert case_evidence(case_id=case.id)[-1].document == "仓单 7"
    with pytest.raises(DomainError, match=r"access\.denied"):
        case_note_write(actor=world.actors["ops"], case_id=case.id, text="x", at=world.at)


def test_an_end_that_nobody_proposed_is_not_approved(desks: Desks, case: CaseRow) -> None:
    with pytest.raises(DomainError, match=r"risk\.case_moved"):
        approve(desks, case, 999_999)
