"""Every receivable of a supplier with its one word of state and what it would bring today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from scf.financing.lifecycle import CLAIM_LIVE
from scf.financing.pricing import PriceReceipt
from scf.financing.queries import claims_awaiting, claims_table
from scf.journeys.quoting import Preview, previews_list
from scf.network.queries import PartyFacts, parties_get, party_get
from scf.network.values import Scope
from scf.portals.figures import count, quantity
from scf.portals.match_words import reasons_text, shortfall_micro
from scf.products.queries import series_table
from scf.trade.values import ReceivableFacts

WAITING = frozenset(
    {"basket", "checking", "confirming", "registering", "preparing", "raising", "raised"}
)
FUNDED = frozenset({"funded", "due", "late", "misdirected", "frozen"})
ENDED = frozenset({"settled", "repurchased", "closed_at_loss", "written_off", "paid", "reversed"})
DIFFERENT = frozenset(
    {"awaiting_receipt", "awaiting_invoice", "over_quantity", "price_block", "no_order", "duplicate"}
)  # fmt: skip

BEFORE_LISTING = {
    "draft": "basket",
    "submitted": "checking",
    "matched": "confirming",
    "confirmed": "registering",
    "registered": "preparing",
}
# Why there is no price (journeys.quoting) -> the state that says so.
MISSING = {
    "due": "overdue_unsold",
    "due_date_missing": "no_due_date",
    "in_financing": "checking",
    "match": "nothing_financeable",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One receivable as its supplier sees it. Amounts in minor units."""

    id: int
    number: str
    item_name: str
    obligor_id: int
    obligor_name: str
    amount_minor: int
    open_minor: int
    due_date: date | None
    state: str
    note: str
    why: str
    receipt: PriceReceipt | None
    claim: Mapping[str, Any] | None
    series: Mapping[str, Any] | None
    since_date: date | None  # the business date since which its obligor has it

    @property
    def rank(self) -> int:
        """What can be sold comes first, then what waits, what was paid out, what differs."""
        groups = (frozenset({"ready"}), WAITING, FUNDED, DIFFERENT)
        found = [index for index, group in enumerate(groups) if self.state in group]
        return found[0] if found else len(groups)

    @property
    def today_minor(self) -> int | None:
        """What it would bring today; None when it cannot be sold today."""
        return self.receipt.proceeds_minor if self.receipt is not None else None

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def is_open(self) -> bool:
        """Still something to sell, to wait for or to be paid."""
        return self.state not in ENDED and self.state != "overdue_unsold"


@dataclass(frozen=True, slots=True)
class Board:
    """A supplier's receivables, and the firm itself."""

    supplier: PartyFacts
    lines: Sequence[Line]
    claims: Mapping[int, Mapping[str, Any]]  # by claim id
    series: Mapping[int, Mapping[str, Any]]  # by series id

    def of(self, states: frozenset[str]) -> list[Line]:
        """The lines in one of these states."""
        return [line for line in self.lines if line.state in states]

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if line.is_ready]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]


def board_load(
    *, scope: Scope, supplier_id: int, on: date, receivable: ReceivableFacts | None = None
) -> Board:
    """All of a supplier's receivables, or the one given, in a handful of queries."""
    supplier = party_get(party_id=supplier_id)
    only = [receivable] if receivable is not None else None
    previews = previews_list(scope=scope, supplier_id=supplier_id, receivables=only)
    found, offerings = claims_table(scope=scope), series_table(scope=scope)
    if receivable is not None:
        found = found.filter(receivable_id=receivable.id)
        offerings = offerings.filter(claim__receivable_id=receivable.id)
    rows, sold = list(found), list(offerings)
    claims: dict[int, Mapping[str, Any]] = {}
    for claim in rows:  # newest first: the newest claim speaks
        claims.setdefault(claim["receivable_id"], claim)
    series = {row["claim_id"]: row for row in sold if row["state"] != "cancelled"}
    since = {
        one.id: one.since_date
        for one in claims_awaiting(programme_id=scope.programme_id, state="matched", before=None)
    }
    names = parties_get(party_ids={preview.receivable.obligor_id for preview in previews})
    kyb_valid = supplier.kyb_valid(on=on)
    lines = [
        _line(
            preview,
            claim=claims.get(preview.receivable.id),
            series=series,
            obligor=names.get(preview.receivable.obligor_id),
            kyb_valid=kyb_valid,
            since=since,
            on=on,
        )
        for preview in previews
    ]
    lines.sort(key=_place)
    return Board(
        supplier, lines, {row["id"]: row for row in rows}, {row["id"]: row for row in sold}
    )


def _place(line: Line) -> tuple[int, int, int]:
    """By rank; what is open by the nearest date first, what has ended by the latest."""
    day = (line.due_date or date.max).toordinal()
    return line.rank, day if line.is_open else -day, line.id


def _line(
    preview: Preview,
    *,
    claim: Mapping[str, Any] | None,
    series: Mapping[int, Mapping[str, Any]],
    obligor: PartyFacts | None,
    kyb_valid: bool,
    since: Mapping[int, date],
    on: date,
) -> Line:
    row = preview.receivable
    live = claim if claim is not None and claim["state"] in CLAIM_LIVE else None
    sold = series.get(live["id"]) if live is not None else None
    if live is not None:
        state, note = claim_word(live, series=sold, on=on)
    else:
        state, note = _unsold_word(preview, kyb_valid=kyb_valid)
    amount = live["face_minor"] if live is not None else row.financeable_minor
    still_open = max(row.face_minor - row.credited_minor - row.paid_minor, 0)
    return Line(
        id=row.id,
        number=row.invoice_number,
        item_name=row.item_name,
        obligor_id=row.obligor_id,
        obligor_name=obligor.short_name if obligor is not None else "",
        amount_minor=amount or still_open,
        open_minor=still_open,
        due_date=row.due_date,
        state=state,
        note=note,
        why=reasons_text(row.reasons),
        receipt=preview.receipt if state == "ready" else None,
        claim=live,
        series=sold,
        since_date=since.get(live["id"]) if live is not None else None,
    )


def claim_word(
    claim: Mapping[str, Any], *, series: Mapping[str, Any] | None, on: date
) -> tuple[str, str]:
    """(state, note) of a live claim on the axis ``receivable``."""
    state = claim["state"]
    if state == "registered" and series is not None:
        if series["state"] == "listed" and series["units"]:
            return "raising", f"{series['bid_units'] * 100 // series['units']}%"
        if series["state"] == "funded":
            return "raised", ""
    if state != "assigned":
        return BEFORE_LISTING.get(state, state), ""
    for flag in ("misdirected", "frozen"):
        if claim[f"is_{flag}"]:
            return flag, ""
    payment = claim["payment_state"]
    if payment == "due":
        return "due", ""
    if payment in ("grace", "overdue", "defaulted"):
        days = (on - claim["payment_date"]).days
        return "late", _("%(days)s 天") % {"days": count(days)}
    return "funded", ""


def _unsold_word(preview: Preview, *, kyb_valid: bool) -> tuple[str, str]:
    row = preview.receivable
    if row.face_minor <= row.credited_minor + row.paid_minor:
        return ("paid" if row.paid_minor else "reversed"), ""
    if preview.missing == "match":
        lacking = shortfall_micro(row.reasons)
        note = _("差 %(qty)s 件") % {"qty": quantity(lacking)} if lacking else ""
        return row.match_state.value, note
    if preview.missing:
        return MISSING.get(preview.missing, preview.missing), ""
    return ("ready" if kyb_valid else "kyb"), ""
