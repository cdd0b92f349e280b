"""Terms through time: the newest first, none of them changed."""

from dataclasses import replace

import pytest

from scf.products.operations import template_add
from scf.products.term_versions import term_versions
from scf.simulator.worked.receivable import TUESDAY
from scf.simulator.worked.world import TERMS, world_make

pytestmark = pytest.mark.django_db


def test_versions_are_listed_newest_first_and_stay() -> None:
    world = world_make(code="versions", start=TUESDAY)
    dearer = replace(TERMS, rate_ppm=62_500)
    template_add(programme_id=world.programme_id, kind="receivable", terms=dearer, at=world.at)
    found = term_versions(programme_id=world.programme_id, kind="receivable")
    assert [(one.version, one.terms) for one in found] == [(2, dearer), (1, TERMS)]
    assert term_versions(programme_id=world.programme_id, kind="prepayment") == []
