"""The legs of every step of a receivable's life (BOOKS: trace). Pure: values in, legs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.values import AccountRef, Leg
from scf.network.values import party_ref


def claim_ref(claim_id: int) -> str:
    """``claim:12``: the subject of claim and recourse accounts."""
    return f"claim:{claim_id}"


def series_ref(series_id: int) -> str:
    """``series:5``: the owner of a series' accounts."""
    return f"series:{series_id}"


def unit_asset(series_number: str) -> str:
    """``U:2603-07``: the asset of a series' units."""
    return f"U:{series_number}"


def _account(
    code: str, currency: str, owner: str = "", subject: str = "", family: str = ""
) -> AccountRef:
    asset = f"{currency}.{family}" if family else currency
    return AccountRef(code=code, asset=asset, owner=owner, subject=subject)


class Books:
    """Account names of one claim and its series in one currency."""

    def __init__(
        self,
        *,
        currency: str,
        claim_id: int,
        supplier_id: int,
        obligor_id: int,
        platform_id: int = 0,
        series_id: int = 0,
        series_number: str = "",
    ) -> None:
        claim, series = claim_ref(claim_id), series_ref(series_id)
        supplier, obligor = party_ref(supplier_id), party_ref(obligor_id)
        self.units = unit_asset(series_number)
        self.series = series
        self._currency = currency
        self.unallocated = _account("unallocated", currency)
        self.collection = _account("collection", currency, series, claim)
        self.payable_supplier = _account("payable", currency, supplier, series)
        self.fee_payable = _account("fee_payable", currency, party_ref(platform_id))
        self.on_account_obligor = _account("on_account", currency, obligor)
        self.claim_obligor = _account("obligor", currency, obligor, claim, "claim")
        self.claim_written_off = _account("obligor_written_off", currency, obligor, claim, "claim")
        self.claim_supplier = _account("entitled", currency, supplier, claim, "claim")
        self.claim_series = _account("entitled", currency, series, claim, "claim")
        self.recourse_debtor = _account("recourse_debtor", currency, supplier, claim, "recourse")
        self.recourse_series = _account("entitled", currency, series, claim, "recourse")
        self.yield_contra, self.yield_due = yield_accounts(currency=currency, series_id=series_id)
        self.authorised = AccountRef("authorised", self.units, series)
        self.issue = AccountRef("issue", self.units, series)
        self.redeemed = AccountRef("redeemed", self.units, series)

    def available(self, party_id: int) -> AccountRef:
        """An investor's free cash."""
        return _account("available", self._currency, party_ref(party_id))

    def hold(self, party_id: int) -> AccountRef:
        """An investor's cash behind a bid in this series."""
        return _account("hold", self._currency, party_ref(party_id), self.series)

    def held(self, party_id: int) -> AccountRef:
        """An investor's units of this series."""
        return AccountRef("held", self.units, party_ref(party_id), self.series)


def legs_freeze(*, books: Books, units: int) -> list[Leg]:
    """Step 0: the term sheet is frozen; supply is credited once."""
    return [Leg(books.authorised, books.issue, units)]


def legs_bid(*, books: Books, investor_id: int, amount_minor: int) -> list[Leg]:
    """Step 2: money held, not moved."""
    return [Leg.pending(books.available(investor_id), books.hold(investor_id), amount_minor)]


def legs_confirm(*, books: Books, face_minor: int) -> list[Leg]:
    """Step 3: the obligor owes the supplier."""
    return [Leg(books.claim_obligor, books.claim_supplier, face_minor)]


def legs_release_claim(*, books: Books, face_minor: int) -> list[Leg]:
    """Released or revoked before assignment."""
    return [Leg(books.claim_supplier, books.claim_obligor, face_minor)]


def legs_close(
    *,
    books: Books,
    allotments: Sequence[tuple[int, int, int]],
    unit_price_minor: int,
    face_minor: int,
    fee_minor: int,
) -> list[Leg]:
    """Step 4, one journal: money, claim and units change hands together.

    ``allotments`` are (pending id, investor id, units given). The fee comes out of the holds
    from the last one backwards, so that every hold ends at zero.
    """
    legs = []
    proceeds = sum(units for _, _, units in allotments) * unit_price_minor - fee_minor
    for pending_id, _, units in allotments:
        legs.append(
            Leg.post(pending_id, units * unit_price_minor) if units else Leg.void(pending_id)
        )
    given = [(investor_id, units) for _, investor_id, units in allotments if units]
    for investor_id, units in given:
        amount = units * unit_price_minor
        to_supplier = min(amount, proceeds)
        proceeds -= to_supplier
        if to_supplier:
            legs.append(Leg(books.hold(investor_id), books.payable_supplier, to_supplier))
        if amount - to_supplier:
            legs.append(Leg(books.hold(investor_id), books.fee_payable, amount - to_supplier))
    legs.append(Leg(books.claim_supplier, books.claim_series, face_minor))
    legs.extend(Leg(books.issue, books.held(investor), units) for investor, units in given)
    return legs


def legs_void(*, pending_ids: Iterable[int]) -> list[Leg]:
    """Undersubscribed or cancelled: every hold is let go."""
    return [Leg.void(pending_id) for pending_id in pending_ids]


def yield_accounts(*, currency: str, series_id: int) -> tuple[AccountRef, AccountRef]:
    """(contra, due) of a series' yield."""
    owner = series_ref(series_id)
    return (
        _account("yield_contra", currency, owner, family="yield"),
        _account("due", currency, owner, family="yield"),
    )


def yield_legs(*, accounts: tuple[AccountRef, AccountRef], amount_minor: int) -> list[Leg]:
    """Step 7, accrue; a negative amount takes an accrual back (a late fact)."""
    contra, due = accounts
    if amount_minor < 0:
        return [Leg(due, contra, -amount_minor)]
    return [Leg(contra, due, amount_minor)] if amount_minor else []


def legs_collect(
    *, books: Books, cash_minor: int, waived_minor: int = 0, written_off: bool = False
) -> list[Leg]:
    """Step 8: cash to the series, the claim falls by it; ``waived_minor`` is small change given up."""
    creditor = books.claim_written_off if written_off else books.claim_obligor
    return [
        Leg(books.unallocated, books.collection, cash_minor),
        Leg(books.claim_series, creditor, cash_minor),
        *([Leg(books.claim_series, creditor, waived_minor)] if waived_minor else []),
    ]


def legs_recourse_collect(*, books: Books, cash_minor: int) -> list[Leg]:
    """The supplier pays recourse: cash to the series, the recourse claim falls."""
    return [
        Leg(books.unallocated, books.collection, cash_minor),
        Leg(books.recourse_series, books.recourse_debtor, cash_minor),
    ]


def legs_distribute(
    *,
    books: Books,
    holders: Sequence[tuple[int, int]],
    interest_minor: int,
    obligor_benefit_minor: int,
    residual_minor: int,
    redeem: Sequence[tuple[int, int]],
) -> list[Leg]:
    """Step 9: ``holders`` are (investor id, cash); ``redeem`` (investor id, units) once settled."""
    legs = [
        Leg(books.collection, books.available(investor), cash) for investor, cash in holders if cash
    ]
    if residual_minor:
        legs.append(Leg(books.collection, books.payable_supplier, residual_minor))
    if obligor_benefit_minor:
        legs.append(Leg(books.collection, books.on_account_obligor, obligor_benefit_minor))
    if interest_minor:
        legs.append(Leg(books.yield_due, books.yield_contra, interest_minor))
    legs.extend(Leg(books.held(investor), books.redeemed, units) for investor, units in redeem)
    return legs


def legs_credit_note(*, books: Books, amount_minor: int, recourse_minor: int) -> list[Leg]:
    """The claim falls; what investors then lack the supplier owes (dilution)."""
    legs = [Leg(books.claim_series, books.claim_obligor, amount_minor)]
    if recourse_minor:
        legs.append(Leg(books.recourse_debtor, books.recourse_series, recourse_minor))
    return legs


def legs_repurchase_cash(*, books: Books, cash_minor: int) -> list[Leg]:
    """The supplier buys the claim back: cash to the series first."""
    return [Leg(books.unallocated, books.collection, cash_minor)]


def legs_repurchase_claim(*, books: Books, claim_open_minor: int, forged: bool) -> list[Leg]:
    """Then the claim returns to the supplier; a forged one never existed and ends."""
    if claim_open_minor == 0:
        return []
    legs = [Leg(books.claim_series, books.claim_supplier, claim_open_minor)]
    if forged:
        legs.append(Leg(books.claim_supplier, books.claim_obligor, claim_open_minor))
    return legs


def legs_write_off(*, books: Books, claim_open_minor: int) -> list[Leg]:
    """The obligor will not pay: the claim stays visible as written off, for a recovery."""
    return [Leg(books.claim_written_off, books.claim_obligor, claim_open_minor)]


def legs_repurchase_offset(*, books: Books, amount_minor: int) -> list[Leg]:
    """Proceeds that have not left yet are used before the supplier is asked for money."""
    return [Leg(books.payable_supplier, books.collection, amount_minor)]


def legs_write_off_recourse(*, books: Books, recourse_minor: int) -> list[Leg]:
    """The supplier will not pay its recourse either: the series is entitled to less."""
    return [Leg(books.recourse_series, books.recourse_debtor, recourse_minor)]


def legs_close_at_loss(
    *, books: Books, claim_minor: int, holders: Sequence[tuple[int, int]]
) -> list[Leg]:
    """Nothing more will come: the written-off claim is given up, ``holders``' units
    (investor id, units) end without money."""
    legs = [Leg(books.claim_series, books.claim_written_off, claim_minor)] if claim_minor else []
    legs.extend(Leg(books.held(investor), books.redeemed, units) for investor, units in holders)
    return legs
