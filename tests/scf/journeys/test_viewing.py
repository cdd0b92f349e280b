"""Who keeps a view, and whose it is."""

import pytest

from ledger.errors import DomainError
from risk.queries.views import views_list
from scf.journeys.viewing import view_forget, view_keep
from tests.support.desks import Desks


@pytest.mark.django_db
def test_a_view_is_its_owner_s() -> None:
    world = Desks.make().world
    maker, other, outside = (world.actors[key] for key in ("risk", "risk2", "supplier"))
    party_id = world.party("supplier")
    kept = view_keep(actor=maker, party_id=party_id, name="资金圈", state="layer=cash", at=world.at)
    book = world.programme.book
    (row,) = views_list(programme_ref=book, owner_ref=maker.ref)
    assert (row.id, row.party_ref) == (kept, f"party:{party_id}")
    assert views_list(programme_ref=book, owner_ref=other.ref) == ()
    with pytest.raises(DomainError, match=r"access\.denied"):
        view_keep(actor=outside, party_id=party_id, name="偷看", state="", at=world.at)
    with pytest.raises(DomainError, match=r"risk\.view_unknown"):
        view_forget(actor=other, view_id=kept)
    view_forget(actor=maker, view_id=kept)
    assert views_list(programme_ref=book, owner_ref=maker.ref) == ()
