"""What is late, taken in from the business every day: judged, ranked, and let go when paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from risk.collection.chance import HazardModel
from risk.collection.hazard import NO_HISTORY, Hazards, hazards_of
from risk.collection.ranking import Judged, debt_judge
from risk.collection.values import CollectionPolicy, Debt, Debtor
from risk.facts import EPOCH, MISSING, day_date
from risk.models import CollectionItem, Contact, Promise, Report, RiskRun
from risk.models.collections import ITEM_LIVE
from risk.operations.collections import item_move, item_tell, promise_judge
from risk.snapshot import Snapshot, snapshot_load

# How long a word of a debtor counts, in days: later it is no more a sign of anything.
SAID_DAYS = 45
POLICY = CollectionPolicy()


@dataclass(frozen=True, slots=True)
class Books:
    """What the business hands over on a day: late debts, all that each debtor owes, what was
    paid by debt (also of debts that are open no more), and who defaulted."""

    debts: Sequence[Debt]
    owed_minor: Mapping[str, int]
    paid_minor: Mapping[str, int]
    defaulted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a day changed; `broken` are ids of items whose promise was broken."""

    opened: int
    open: int
    ended: int
    broken: tuple[int, ...]


def hazards_latest(*, programme_ref: str, debtors: Sequence[str]) -> Hazards:
    """Rates of payment by the last finished run's snapshot; the base rates before the first."""
    run = RiskRun.objects.filter(programme_ref=programme_ref, state="done").order_by("-pk")
    found = run.select_related("snapshot").first() if debtors else None
    snapshot: Snapshot | None = None
    if found is not None:
        snapshot = snapshot_load(bytes(found.snapshot.data))
    return hazards_of(snapshot, debtors=debtors, policy=POLICY)


@transaction.atomic
def collections_refresh(
    *, programme_ref: str, books: Books, hazards: Hazards, on: date, at: datetime
) -> Refreshed:
    """Bring the desk's items in line with the books of a day; the same day again changes nothing.

    Promises are judged first, by what was paid, so that the chances already know of them.
    """
    rows = CollectionItem.objects.select_for_update().filter(
        programme_ref=programme_ref, state__in=ITEM_LIVE
    )
    live = {row.key: row for row in rows.order_by("pk")}
    judged = {
        key: promise_judge(row, paid_minor=books.paid_minor.get(key, 0), on=on, at=at)
        for key, row in live.items()
    }
    debtors = _debtors(programme_ref, books, hazards, on)
    model, opened = HazardModel(hazards, POLICY), 0
    for debt in books.debts:
        found = debt_judge(debt, debtors[debt.debtor_ref], model=model, policy=POLICY)
        row = live.get(debt.key)
        if row is None:
            _open(programme_ref, found, on=on, at=at)
            opened += 1
        else:
            _take_over(row, found, on=on, at=at)
    gone = live.keys() - {debt.key for debt in books.debts}
    for key in sorted(gone):
        _let_go(live[key], books.paid_minor.get(key, 0), on=on, at=at)
    broken = tuple(live[key].pk for key, said in judged.items() if said == "broken")
    return Refreshed(opened, len(books.debts), len(gone), broken)


def _debtors(programme_ref: str, books: Books, hazards: Hazards, on: date) -> dict[str, Debtor]:
    """Each debtor with what is known of it: the books, the chain, and the desk's own log."""
    refs = sorted({debt.debtor_ref for debt in books.debts})
    verdicts = _verdicts(programme_ref, refs)
    kept, broken = _promises(programme_ref, refs)
    said = _last_said(programme_ref, refs, on)
    found = {}
    for ref in refs:
        history = hazards.histories.get(ref, NO_HISTORY)
        late = sum(debt.open_minor for debt in books.debts if debt.debtor_ref == ref)
        paid_on = history.last_paid_day
        found[ref] = Debtor(
            ref=ref,
            verdict=verdicts.get(ref, ""),
            owed_minor=max(books.owed_minor.get(ref, 0), late),
            late_minor=late,
            usual_minor=history.usual_minor or None,
            paid_other_days=None if paid_on == MISSING else (on - EPOCH).days - paid_on,
            promises_kept=kept.get(ref, 0),
            promises_broken=broken.get(ref, 0),
            last_outcome=said.get(ref, ""),
            defaulted=ref in books.defaulted,
        )
    return found


def _verdicts(programme_ref: str, refs: Sequence[str]) -> dict[str, str]:
    rows = Report.objects.filter(programme_ref=programme_ref, party_ref__in=refs)
    latest = rows.order_by("party_ref", "-as_of_date", "-pk").distinct("party_ref")
    return dict(latest.values_list("party_ref", "verdict"))


def _promises(programme_ref: str, refs: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    rows = Promise.objects.filter(
        item__programme_ref=programme_ref, item__debtor_ref__in=refs, state__in=["kept", "broken"]
    )
    kept: dict[str, int] = {}
    broken: dict[str, int] = {}
    for ref, state in rows.values_list("item__debtor_ref", "state"):
        count = kept if state == "kept" else broken
        count[ref] = count.get(ref, 0) + 1
    return kept, broken


def _last_said(programme_ref: str, refs: Sequence[str], on: date) -> dict[str, str]:
    """The last word of each debtor that still counts; that nobody was to be had is no word."""
    rows = Contact.objects.filter(
        item__programme_ref=programme_ref,
        item__debtor_ref__in=refs,
        item__state__in=ITEM_LIVE,
    ).exclude(outcome="no_answer")
    return {
        ref: outcome
        for ref, outcome, day in rows.order_by("pk").values_list(
            "item__debtor_ref", "outcome", "on_date"
        )
        if (on - day).days <= SAID_DAYS
    }


def _open(programme_ref: str, found: Judged, *, on: date, at: datetime) -> None:
    debt = found.debt
    item = CollectionItem.objects.create(
        programme_ref=programme_ref,
        key=debt.key,
        kind=debt.kind,
        claim_ref=debt.claim_ref,
        debtor_ref=debt.debtor_ref,
        debtor_name=debt.debtor_name,
        label=debt.label,
        currency=debt.currency,
        first_minor=debt.open_minor,
        due_date=day_date(debt.due_day) or on,
        opened_date=on,
        seen_date=on,
        opened_at=at,
        **_figures(found),
    )
    facts = {"open_minor": debt.open_minor, "cause": item.cause}
    item_tell(item, "opened", facts=facts, on=on, at=at)


def _take_over(row: CollectionItem, found: Judged, *, on: date, at: datetime) -> None:
    """Today's figures; what came and a change of cause are told."""
    came = found.debt.paid_minor - row.paid_minor
    if came > 0:
        facts = {"paid_minor": came, "open_minor": found.debt.open_minor}
        item_tell(row, "paid", facts=facts, on=on, at=at)
    cause = str(found.cause.cause)
    if cause != row.cause:
        item_tell(row, "cause", facts={"before": row.cause, "cause": cause}, on=on, at=at)
    for name, value in _figures(found).items():
        setattr(row, name, value)
    row.seen_date = on
    row.save()


def _let_go(row: CollectionItem, paid_minor: int, *, on: date, at: datetime) -> None:
    """Nothing is open any more: paid, or owed no more for another reason."""
    came = max(0, paid_minor - row.paid_minor)
    to = "collected" if came >= row.open_minor else "ended"
    row.paid_minor, row.seen_date = paid_minor, on
    row.save(update_fields=["paid_minor", "seen_date"])
    for promise in Promise.objects.select_for_update().filter(item=row, state="pending"):
        promise.state, promise.judged_date = "replaced", on
        promise.save(update_fields=["state", "judged_date"])
    item_tell(row, to, facts={"paid_minor": came, "open_minor": row.open_minor}, on=on, at=at)
    item_move(row, to, at=at)


def _figures(found: Judged) -> dict[str, object]:
    debt, best = found.debt, found.best
    return {
        "open_minor": debt.open_minor,
        "paid_minor": debt.paid_minor,
        "days_late": debt.days_late,
        "is_disputed": debt.is_disputed,
        "cause": str(found.cause.cause),
        "reasons": [list(reason) for reason in found.cause.reasons],
        "chance_7_ppm": found.chance.ppm[7],
        "chance_30_ppm": found.chance.ppm[30],
        "chance_60_ppm": found.chance.ppm[60],
        "factors": [[one.code, one.value, one.multiplier_ppm] for one in found.chance.factors],
        "action": best.code,
        "expected_minor": best.expected_minor,
        "cost_minor": best.cost_minor,
        "gain_minor": best.gain_minor,
    }
