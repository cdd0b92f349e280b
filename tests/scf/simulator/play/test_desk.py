from __future__ import annotations

from pathlib import Path

import pytest

from risk.queries.desk import desk_queue
from risk.queries.gates import gate_get
from scf.network.values import party_ref
from scf.simulator.play.desk import evening_leave
from scf.simulator.population import FEATURED_CODE
from tests.scf.simulator.play.scenes import stage_set

pytestmark = pytest.mark.django_db


def test_a_shut_gate_is_opened_by_two_people_and_an_open_one_left_alone(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        programme = stage.programme
        for code in ("100407", FEATURED_CODE):
            party_id = stage.cast.party_ids[code]
            before = gate_get(
                programme_ref=programme.book,
                party_ref=party_ref(party_id),
                on=programme.business_date,
            )
            had_to = stage.gate_ensure(supplier=code)
            after = gate_get(
                programme_ref=programme.book,
                party_ref=party_ref(party_id),
                on=programme.business_date,
            )
            assert after.passed
            assert had_to is not before.passed
            assert not stage.gate_ensure(supplier=code)


def test_what_the_desk_leaves_waits_for_the_second_person(tmp_path: Path) -> None:
    with stage_set(folder=tmp_path) as stage:
        left = evening_leave(
            programme=stage.programme,
            maker=stage.actor("risk"),
            raise_limit_of=stage.cast.party_ids[FEATURED_CODE],
            base_minor=1_000_000_000,
            at=stage.clock(),
        )
        kinds = [
            item.kind
            for item in desk_queue(
                programme_ref=stage.programme.book, on=stage.programme.business_date
            )
        ]
        assert kinds.count("limit") == left["limits"] == 1
        assert kinds.count("override") == left["overrides"]
