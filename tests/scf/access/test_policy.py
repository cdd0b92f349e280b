"""The permission table, read as sentences."""

import ast

import pytest

from ledger.errors import DomainError
from scf.access.policy import POLICY, Subject, may, require, scope_for
from scf.network.values import Actor, Role, Seat
from tests.scf.portals.conftest import Town
from tests.support.source import calls, modules


def actor(role: Role, seat: Seat, *, user: int = 1, programme: int = 1, party: int | None = None) -> Actor:  # fmt: skip
    return Actor(user, "某人", role, seat, programme, party)


def test_what_nobody_wrote_down_is_refused() -> None:
    for role in Role:
        assert not may(actor(role, Seat.SIGNER, party=1), "moon.sell")


def test_the_auditor_changes_nothing() -> None:
    for verb in POLICY:
        for seat in Seat:
            assert not may(actor(Role.AUDITOR, seat), verb)


def test_viewers_change_nothing() -> None:
    for verb in POLICY:
        for role in Role:
            assert not may(actor(role, Seat.VIEWER, party=1), verb)


@pytest.mark.parametrize("verb", [verb for verb, rule in POLICY.items() if rule.other_person])
def test_nobody_approves_their_own(verb: str) -> None:
    role = next(iter(POLICY[verb].roles))
    party = 7 if role not in (Role.OPERATIONS, Role.RISK) else None
    checker = actor(role, Seat.SIGNER, user=5, party=party)
    own = Subject(1, made_by=5)
    assert not may(checker, verb, own) or role is Role.ANCHOR
    with pytest.raises(DomainError) as refused:
        require(actor(Role.OPERATIONS, Seat.CHECKER, user=5), "payout.approve", own)
    assert refused.value.code == "access.own_work"


def test_a_checker_approves_anothers_payout_in_the_same_programme_only() -> None:
    checker = actor(Role.OPERATIONS, Seat.CHECKER, user=6)
    assert may(checker, "payout.approve", Subject(1, made_by=5))
    assert not may(checker, "payout.approve", Subject(2, made_by=5))
    assert not may(actor(Role.OPERATIONS, Seat.MAKER, user=6), "payout.approve", Subject(1))
    with pytest.raises(DomainError) as refused:
        require(checker, "payout.approve", Subject(2, made_by=5))
    assert refused.value.code == "access.denied"


def test_a_supplier_touches_only_its_own(town: Town) -> None:
    mine = actor(Role.SUPPLIER, Seat.MAKER, programme=town.programme.id, party=town.supplier_id)
    assert may(mine, "quote.accept", Subject(town.programme.id, frozenset({town.supplier_id})))
    assert not may(mine, "quote.accept", Subject(town.programme.id, frozenset({town.rival_id})))
    assert scope_for(mine).party_ids == frozenset({town.supplier_id})


def test_the_anchors_desk_sees_every_obligor_and_an_obligors_desk_only_itself(town: Town) -> None:
    group = actor(Role.ANCHOR, Seat.SIGNER, programme=town.programme.id, party=town.anchor_id)
    entity = actor(Role.ANCHOR, Seat.SIGNER, programme=town.programme.id, party=town.obligor_id)
    assert scope_for(group).party_ids == frozenset({town.anchor_id, town.obligor_id})
    assert scope_for(entity).party_ids == frozenset({town.obligor_id})


def test_the_platforms_desks_see_all_and_a_party_desk_without_a_party_nothing() -> None:
    for role in (Role.RISK, Role.OPERATIONS, Role.AUDITOR):
        assert scope_for(actor(role, Seat.VIEWER)).sees_all()
    assert scope_for(actor(Role.INVESTOR, Seat.MAKER)).party_ids == frozenset()


def test_every_verb_in_source_is_in_the_table() -> None:
    asked = {
        str(node.args[1].value)
        for module in modules()
        for node, name, _dotted in calls(module)
        if name in ("may", "require")
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    assert asked - set(POLICY) == set()
