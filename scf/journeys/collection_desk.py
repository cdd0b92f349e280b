"""People at the risk desk collect: a contact is logged by whoever owns the debt."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from risk.operations.collections import Said, contact_record
from risk.operations.ownership import item_take
from risk.queries.collections import collection_get
from scf.access.policy import require
from scf.journeys.desk_items import owner_named
from scf.network.queries import programme_get
from scf.network.values import Actor, programme_ref


@transaction.atomic(durable=True)
def collection_contact(*, actor: Actor, item_id: int, said: Said, key: str, at: datetime) -> int:
    """Log a contact and the promise that was given; returns the contact's id.

    A debt that nobody owns is the actor's from now on. Raises ``access.denied``,
    ``risk.item_taken`` with the owner's name, and as ``contact_record``.
    """
    require(actor, "collection.contact")
    book = programme_ref(actor.programme_id)
    row = collection_get(programme_ref=book, item_id=item_id)
    owner_named(
        lambda: item_take(
            programme_ref=book, kind="collection", ref_id=row.id, owner_ref=actor.ref, at=at
        )
    )
    on = programme_get(programme_id=actor.programme_id).business_date
    return contact_record(item_id=row.id, said=said, key=key, by=actor.ref, on=on, at=at)
