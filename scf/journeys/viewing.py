"""The risk desk keeps views of the chain under a name of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from risk.operations.views import view_drop, view_save
from scf.access.policy import require
from scf.network.queries import programme_get
from scf.network.values import Actor, party_ref


@transaction.atomic(durable=True)
def view_keep(*, actor: Actor, party_id: int, name: str, state: str, at: datetime) -> int:
    """Save a view for the actor alone; returns its id. Raises ``access.denied``, as `view_save`."""
    require(actor, "view.save")
    return view_save(
        programme_ref=programme_get(programme_id=actor.programme_id).book,
        owner_ref=actor.ref,
        name=name,
        party_ref=party_ref(party_id),
        state=state,
        at=at,
    )


@transaction.atomic(durable=True)
def view_forget(*, actor: Actor, view_id: int) -> None:
    """Throw one's own view away. Raises ``access.denied``, ``risk.view_unknown``."""
    require(actor, "view.save")
    book = programme_get(programme_id=actor.programme_id).book
    view_drop(view_id=view_id, programme_ref=book, owner_ref=actor.ref)
