"""The work that watches: a run's flows when it is done, the use of limits every day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ledger.errors import DomainError
from ledger.operations.work import WorkClaim, work_finish
from risk.analysis import chain_analyse
from risk.models import RiskRun
from risk.operations.warnings import Raised, warnings_age, warnings_raise
from risk.policy import DEFAULT_POLICY, policy_load
from risk.queries.limits import limits_list
from risk.queries.warnings import rings_known
from risk.snapshot import snapshot_load
from risk.warning.cycles import ring_members
from risk.warning.limit_use import LimitUse, limit_use
from risk.warning.watch import chain_watch


def run_watch(*, claim: WorkClaim, at: datetime) -> Raised:
    """Measure a finished run's chain and raise what it signals, in the item's last transaction.

    Another worker that takes the item over measures again and finds the same signs. Raises
    `risk.run_unknown`.
    """
    run_id = int(str(claim.payload["run_id"]))
    run = RiskRun.objects.select_related("snapshot", "policy").filter(pk=run_id).first()
    if run is None:
        raise DomainError("risk.run_unknown", run=run_id)
    snapshot = snapshot_load(bytes(run.snapshot.data))
    analysis = chain_analyse(snapshot, policy=policy_load(run.policy.data))
    known = rings_known(run_id=run_id, party_refs=ring_members(analysis))
    signs = chain_watch(analysis, known_rings=known)
    names = {party.ref: party.name for party in snapshot.parties}
    with transaction.atomic(durable=True):
        raised = warnings_raise(
            programme_ref=run.programme_ref,
            signs=signs,
            names=names,
            on=snapshot.as_of,
            at=at,
            run_id=run_id,
        )
        work_finish(claim=claim)
    return raised


@transaction.atomic
def limits_watch(*, programme_ref: str, on: date, at: datetime) -> Raised:
    """Look at the use of every limit on a day, and let warnings whose time is over end.

    Those seen today are renewed before the others end. Again on the same day changes nothing.
    """
    uses = [
        LimitUse(
            limit_id=row.id,
            scope=row.scope,
            subject_ref=row.subject_ref,
            currency=row.currency,
            total_minor=row.base_minor + row.floating_minor,
            used_minor=row.used_minor,
        )
        for row in limits_list(programme_ref=programme_ref)
    ]
    signs = limit_use(uses, policy=DEFAULT_POLICY.warning)
    raised = warnings_raise(programme_ref=programme_ref, signs=signs, names={}, on=on, at=at)
    warnings_age(programme_ref=programme_ref, on=on, at=at)
    return raised
