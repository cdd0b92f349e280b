"""Views of the chain that somebody keeps."""

import pytest

from ledger.errors import DomainError
from risk.operations.views import MOST, view_drop, view_save
from risk.queries.views import views_list
from tests.risk.runs_made import AT, PROGRAMME

pytestmark = pytest.mark.django_db


def save(name: str, *, owner: str = "user:1", state: str = "layer=cash") -> int:
    return view_save(
        programme_ref=PROGRAMME,
        owner_ref=owner,
        name=name,
        party_ref="party:2",
        state=state,
        at=AT,
    )


def test_the_same_name_replaces() -> None:
    first = save(" 资金  圈 ")
    assert save("资金 圈", state="layer=goods") == first
    (kept,) = views_list(programme_ref=PROGRAMME, owner_ref="user:1")
    assert (kept.name, kept.state) == ("资金 圈", "layer=goods")


def test_what_cannot_be_kept() -> None:
    for name, code in (("  ", "risk.view_nameless"), ("长" * 61, "risk.view_too_long")):
        with pytest.raises(DomainError) as refused:
            save(name)
        assert refused.value.code == code
    for number in range(MOST):
        save(f"圈 {number}")
    with pytest.raises(DomainError) as refused:
        save("再一个")
    assert refused.value.code == "risk.views_full"
    save("圈 3", state="anchor=out")


def test_only_the_owner_drops_it() -> None:
    kept = save("资金圈")
    for owner, programme in (("user:2", PROGRAMME), ("user:1", "programme:9")):
        with pytest.raises(DomainError) as refused:
            view_drop(view_id=kept, programme_ref=programme, owner_ref=owner)
        assert refused.value.code == "risk.view_unknown"
    view_drop(view_id=kept, programme_ref=PROGRAMME, owner_ref="user:1")
    assert views_list(programme_ref=PROGRAMME, owner_ref="user:1") == ()
