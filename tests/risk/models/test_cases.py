from typing import Any

import pytest
from django.db import IntegrityError, transaction

from risk.models import (
    Case,
    CaseDecision,
    CaseEvent,
    CaseEvidence,
    CaseParty,
    KnownHonest,
    PartyBlock,
)
from tests.risk.cases_made import draft, record
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    record(draft())
    return Case.objects.get()


def refused(row: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_case_the_database_refuses(case: Case) -> None:
    assert str(case) == "circular_trade open"
    for change in (
        {"state": "closed"},  # does not say how
        {"outcome": "explained"},  # is not closed
        {"state": "lost"},
        {"severity": "bad"},
        {"amount_minor": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
    case.pk = None
    refused(case)  # the subject is known


def test_parts_of_a_case_are_there_once(case: Case) -> None:
    party, row = CaseParty.objects.all()[0], CaseEvidence.objects.get()
    assert (str(party), str(row)) == ("party:2", "invoice INV-7")
    party.pk = row.pk = None
    refused(party)
    refused(row)
    event = CaseEvent(case=case, kind="opened", at=AT)
    assert str(event) == f"{case.pk} opened"
    refused(CaseEvent(case=case, kind="dreamt", at=AT))


def decision(case: Case, **changed: str) -> CaseDecision:
    values = {"outcome": "explained", "reason": "x", "maker_ref": "user:1", **changed}
    return CaseDecision(case=case, amount_minor=1, made_at=AT, **values)


def test_one_outcome_waits_and_its_maker_does_not_approve(case: Case) -> None:
    first = decision(case)
    first.save()
    assert str(first) == "explained pending"
    refused(decision(case))
    refused(decision(case, state="approved", checker_ref="user:1"))
    refused(decision(case, state="lost", checker_ref="user:2"))
    refused(decision(case, state="declined", outcome="x", checker_ref="user:2"))


def test_one_block_a_firm_and_one_honest_word_a_subject(case: Case) -> None:
    def block() -> PartyBlock:
        return PartyBlock(
            programme_ref=PROGRAMME, party_ref="party:2", case=case, by_ref="user:2", since_at=AT
        )

    def honest(checker: str) -> KnownHonest:
        return KnownHonest(
            programme_ref=PROGRAMME, subject=case.subject, case=case, amount_minor=1,
            quiet_to_minor=2, maker_ref="user:1", checker_ref=checker, since_at=AT,
        )  # fmt: skip

    block().save()
    honest("user:2").save()
    assert str(PartyBlock.objects.get()) == "party:2 blocked"
    assert str(KnownHonest.objects.get()) == f"{case.subject} ≤ 2"
    refused(block())
    refused(honest("user:2"))
    KnownHonest.objects.update(ended_at=AT)
    refused(honest("user:1"))
