"""A user's own views."""

import pytest

from risk.operations.views import view_save
from risk.queries.views import views_list
from tests.risk.runs_made import AT, PROGRAMME


@pytest.mark.django_db
def test_views_by_name_and_only_one_s_own() -> None:
    for owner, name in (("user:1", "乙"), ("user:1", "丙"), ("user:2", "甲")):
        view_save(
            programme_ref=PROGRAMME,
            owner_ref=owner,
            name=name,
            party_ref="party:2",
            state="",
            at=AT,
        )
    own = views_list(programme_ref=PROGRAMME, owner_ref="user:1")
    assert [one.name for one in own] == sorted(["乙", "丙"])
    assert views_list(programme_ref="programme:9", owner_ref="user:1") == ()
