"""Whose money is this: incoming payments against open items, strongest evidence first. Pure.

In order: structured remittance; an exact normalised document number of at least 4 characters as
a whole token; the payer's account and one exact residual; a subset sum within party and currency,
only if unique; oldest first only under a signed rule. A name alone never settles. Entries are
taken in an order made from their content, one rule after the other over all of them, so the
result depends neither on the order of the input nor on the clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from scf.settlement.subset_sum import SUBSET_ITEMS_MAX, subset_sums
from scf.settlement.values import (
    Application,
    MatchLine,
    OpenEntry,
    OpenItem,
    Proposal,
    Reason,
    Rule,
)
from scf.trade.numbering import invoice_number_normalise

NUMBER_LENGTH_MIN = 4
SHORT_MINOR_MAX = 1_000  # CNY 10
SHORT_PPM_MAX = 1_000  # 0.1%
_PPM = 1_000_000
_NAME_LIKENESS = 0.85
_ALTERNATIVES_MAX = 4
_RUN = re.compile(r"[0-9A-Z]+(?:[-_/]+[0-9A-Z]+)*")


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may be settled how. ``depositors`` are investors; ``oldest_first`` signed that rule."""

    depositors: frozenset[int] = frozenset()
    oldest_first: frozenset[int] = frozenset()
    party_names: Mapping[int, str] = field(default_factory=dict)


def number_normalise(text: str) -> str:
    """A document number as cash application compares it: NFKC, upper case, no marks."""
    return invoice_number_normalise(text)


def short_is_small(*, paid_minor: int, residual_minor: int) -> bool:
    """A short payment that closes the item: within CNY 10 and within 0.1% of what was open."""
    short = residual_minor - paid_minor
    return 0 < short <= SHORT_MINOR_MAX and short * _PPM <= SHORT_PPM_MAX * residual_minor


def number_tokens(text: str) -> frozenset[str]:
    """The whole tokens of a remittance text that may be a document number, normalised.

    ``INV-001/INV-002`` gives each number and the whole; a part of a number is never a token.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    tokens = {
        number_normalise(part) for run in _RUN.findall(plain) for part in (run, *run.split("/"))
    }
    return frozenset(token for token in tokens if len(token) >= NUMBER_LENGTH_MIN)


def applications_plan(
    *, entries: Iterable[OpenEntry], items: Iterable[OpenItem], policy: Policy
) -> list[Application]:
    """One application for each entry, in the order of entry ids.

    A decision takes its items before weaker evidence is looked at, so two entries never settle
    the same residual.
    """
    ordered = sorted(entries, key=lambda each: (each.booking_date, each.identity, each.id))
    desk = _Desk(items, policy)
    for rule in _RULES:
        for entry in ordered:
            desk.decide(entry, rule)
    return sorted((desk.application(entry) for entry in ordered), key=lambda each: each.entry_id)


class _Desk:
    """The open items while entries are being placed."""

    def __init__(self, items: Iterable[OpenItem], policy: Policy) -> None:
        self.policy = policy
        self._items: dict[tuple[str, str], OpenItem] = {}
        self._by_party: dict[int, list[tuple[str, str]]] = {}
        self._by_number: dict[str, list[tuple[str, str]]] = {}
        self._decisions: dict[int, Proposal] = {}
        ordered = sorted(items, key=lambda item: (item.due_date, item.kind, item.ref))
        for item in ordered:
            key = (item.kind, item.ref)
            self._items[key] = item
            self._by_party.setdefault(item.party_id, []).append(key)
            for number in dict.fromkeys(item.numbers):
                self._by_number.setdefault(number, []).append(key)

    def items(self, entry: OpenEntry, party_id: int) -> list[OpenItem]:
        """What the party still owes in the entry's currency, oldest first."""
        return self._open(entry, self._by_party.get(party_id, ()))

    def named(self, entry: OpenEntry, number: str) -> list[OpenItem]:
        """Open items that carry the number, oldest first."""
        return self._open(entry, self._by_number.get(number, ()))

    def debtors(self) -> Iterable[int]:
        """Parties that owe anything."""
        return self._by_party.keys()

    def _open(self, entry: OpenEntry, keys: Iterable[tuple[str, str]]) -> list[OpenItem]:
        found = (self._items[key] for key in keys)
        return [
            item for item in found if item.residual_minor > 0 and item.currency == entry.currency
        ]

    def decide(self, entry: OpenEntry, rule: _Finder) -> None:
        if entry.id in self._decisions:
            return
        proposal = next((found for found in rule(self, entry) if found.automatic), None)
        if proposal is not None:
            self._decisions[entry.id] = proposal
            for line in proposal.lines:
                self._take(line)

    def _take(self, line: MatchLine) -> None:
        item = self._items.get((line.kind, line.ref))
        if item is not None:
            left = 0 if line.closes else item.residual_minor - line.amount_minor
            self._items[line.kind, line.ref] = replace(item, residual_minor=left)

    def application(self, entry: OpenEntry) -> Application:
        decision = self._decisions.get(entry.id)
        if decision is not None:
            return Application(entry_id=entry.id, decision=decision, suggestions=())
        found = [proposal for rule in _RULES for proposal in rule(self, entry)]
        return Application(entry_id=entry.id, decision=None, suggestions=tuple(found))


_Finder = Callable[[_Desk, OpenEntry], list[Proposal]]


def _structured(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    stated = {
        number_normalise(reference.number): reference.amount_minor
        for reference in entry.references
        if len(number_normalise(reference.number)) >= NUMBER_LENGTH_MIN
    }
    return _by_number(desk, entry, stated, Rule.STRUCTURED)


def _number(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    tokens = dict.fromkeys(sorted(number_tokens(entry.remittance)))
    return _by_number(desk, entry, tokens, Rule.NUMBER)


def _by_number(
    desk: _Desk, entry: OpenEntry, stated: Mapping[str, int | None], rule: Rule
) -> list[Proposal]:
    named = {number: desk.named(entry, number) for number in stated}
    named = {number: found for number, found in named.items() if found}
    if not named:
        return []
    reasons = [Reason("number", (("number", number),)) for number in named]
    named = {number: _narrowed(entry, found, len(named)) for number, found in named.items()}
    if any(len(found) > 1 for found in named.values()):
        return [_choice(rule, entry, item, reasons) for item in _distinct(named)]
    chosen = _distinct(named)
    if len({item.party_id for item in chosen}) > 1:
        return [_choice(rule, entry, item, reasons) for item in chosen]
    amounts = {(item.kind, item.ref): stated[number] for number, (item, *_) in named.items()}
    return [_placed(rule, entry, chosen, amounts, reasons)]


def _narrowed(entry: OpenEntry, found: list[OpenItem], numbers: int) -> list[OpenItem]:
    """Items of one number: the payer's own where it has one, then the one that fits exactly.

    A claim, its recourse and its repurchase carry the same invoice number.
    """
    own = [item for item in found if item.party_id == entry.payer_id] or found
    exact = [item for item in own if item.residual_minor == entry.amount_minor]
    return exact if numbers == 1 and len(exact) == 1 else own


def _placed(
    rule: Rule,
    entry: OpenEntry,
    chosen: Sequence[OpenItem],
    amounts: Mapping[tuple[str, str], int | None],
    reasons: list[Reason],
) -> Proposal:
    """Named items against the amount: exact, short, part or over; the payer must not contradict."""
    wanted = [
        min(amounts.get((item.kind, item.ref)) or item.residual_minor, item.residual_minor)
        for item in chosen
    ]
    total = sum(wanted)
    sure = entry.payer_id is None or entry.payer_id == chosen[0].party_id
    reasons = [*reasons, _payer_reason(entry, sure=sure)]
    if total > entry.amount_minor and len(chosen) > 1:
        # Which of several is short is the payer's to say.
        reasons.append(Reason("short_of_several", (("short_minor", total - entry.amount_minor),)))
        lines = _lines(_fill(chosen, wanted, entry.amount_minor))
        return Proposal(rule, lines, tuple(reasons), is_unique=False, automatic=False)
    lines = _lines(_fill(chosen, wanted, entry.amount_minor))
    placed = sum(line.amount_minor for line in lines)
    reasons.append(_amount_reason(entry, total))
    if placed < entry.amount_minor:
        lines += (_on_account(chosen[0].party_id, entry.amount_minor - placed),)
    return Proposal(rule, lines, tuple(reasons), is_unique=True, automatic=sure)


def _exact(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    if entry.payer_id is None:
        return []
    items = desk.items(entry, entry.payer_id)
    exact = [item for item in items if item.residual_minor == entry.amount_minor]
    reasons: tuple[Reason, ...] = (_payer_reason(entry, sure=True), Reason("amount_exact"))
    unique = len(exact) == 1
    if not unique:
        reasons += (Reason("not_unique", (("count", len(exact)),)),)
    return [
        Proposal(
            Rule.EXACT,
            (_line(item, item.residual_minor),),
            reasons,
            is_unique=unique,
            automatic=unique,
        )
        for item in exact[:_ALTERNATIVES_MAX]
    ]


def _subset(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    if entry.payer_id is None:
        return []
    items = desk.items(entry, entry.payer_id)
    if len(items) > SUBSET_ITEMS_MAX or any(
        item.residual_minor == entry.amount_minor for item in items
    ):
        return []  # too many to be sure, or one alone already fits: then a sum proves nothing
    found = subset_sums(
        values=[item.residual_minor for item in items],
        target=entry.amount_minor,
        limit=_ALTERNATIVES_MAX,
    )
    unique = len(found) == 1
    reasons = (
        _payer_reason(entry, sure=True),
        Reason("sum_unique") if unique else Reason("not_unique", (("count", len(found)),)),
    )
    return [
        Proposal(
            Rule.SUBSET,
            tuple(_line(items[place], items[place].residual_minor) for place in places),
            reasons,
            is_unique=unique,
            automatic=unique,
        )
        for places in found
    ]


def _deposit(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    if entry.payer_id not in desk.policy.depositors or entry.payer_id is None:
        return []
    owes = bool(desk.items(entry, entry.payer_id))
    line = MatchLine("deposit", f"party:{entry.payer_id}", entry.payer_id, entry.amount_minor)
    reasons = (_payer_reason(entry, sure=True), Reason("payer_owes" if owes else "investor"))
    return [Proposal(Rule.DEPOSIT, (line,), reasons, is_unique=not owes, automatic=not owes)]


def _oldest(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    if entry.payer_id is None:
        return []
    items = desk.items(entry, entry.payer_id)
    if not items:
        return []
    lines = _lines(_fill(items, [item.residual_minor for item in items], entry.amount_minor))
    left = entry.amount_minor - sum(line.amount_minor for line in lines)
    if left:
        lines += (_on_account(entry.payer_id, left),)
    signed = entry.payer_id in desk.policy.oldest_first
    reasons = (Reason("oldest_signed" if signed else "oldest_unsigned"),)
    return [Proposal(Rule.OLDEST, lines, reasons, is_unique=True, automatic=signed)]


def _account(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    """A known payer that owes nothing: a person may put it on that party's account."""
    payer = entry.payer_id
    if payer is None or payer in desk.policy.depositors or desk.items(entry, payer):
        return []
    line = _on_account(payer, entry.amount_minor)
    reasons = (_payer_reason(entry, sure=True), Reason("nothing_open"))
    return [Proposal(Rule.MANUAL, (line,), reasons, is_unique=True, automatic=False)]


def _name(desk: _Desk, entry: OpenEntry) -> list[Proposal]:
    if entry.payer_id is not None or not entry.payer_name:
        return []
    found = [
        item
        for party_id in desk.debtors()
        if _is_like(entry.payer_name, desk.policy.party_names.get(party_id, ""))
        for item in desk.items(entry, party_id)
        if item.residual_minor == entry.amount_minor
    ]
    found.sort(key=lambda item: (item.due_date, item.kind, item.ref))
    reasons = (Reason("name_like", (("name", entry.payer_name),)), Reason("amount_exact"))
    return [
        Proposal(Rule.NAME, (_line(item, item.residual_minor),), reasons, len(found) == 1, False)
        for item in found[:_ALTERNATIVES_MAX]
    ]


def _is_like(name: str, other: str) -> bool:
    matcher = SequenceMatcher(None, name, other)
    return matcher.real_quick_ratio() >= _NAME_LIKENESS and matcher.ratio() >= _NAME_LIKENESS


_RULES: tuple[_Finder, ...] = (
    _structured, _number, _exact, _subset, _deposit, _oldest, _account, _name,
)  # fmt: skip


def _choice(rule: Rule, entry: OpenEntry, item: OpenItem, reasons: list[Reason]) -> Proposal:
    line = _line(item, min(item.residual_minor, entry.amount_minor))
    return Proposal(
        rule, (line,), (*reasons, Reason("not_unique")), is_unique=False, automatic=False
    )


def _distinct(named: Mapping[str, Sequence[OpenItem]]) -> list[OpenItem]:
    found = {(item.kind, item.ref): item for items in named.values() for item in items}
    return sorted(found.values(), key=lambda item: (item.due_date, item.kind, item.ref))


def _fill(
    items: Sequence[OpenItem], wanted: Sequence[int], amount_minor: int
) -> list[tuple[OpenItem, int]]:
    filled = []
    for item, want in zip(items, wanted, strict=True):
        given = min(want, amount_minor)
        amount_minor -= given
        if given:
            filled.append((item, given))
    return filled


def _lines(filled: Iterable[tuple[OpenItem, int]]) -> tuple[MatchLine, ...]:
    return tuple(_line(item, amount) for item, amount in filled)


def _line(item: OpenItem, amount_minor: int) -> MatchLine:
    closes = amount_minor == item.residual_minor or short_is_small(
        paid_minor=amount_minor, residual_minor=item.residual_minor
    )
    return MatchLine(item.kind, item.ref, item.party_id, amount_minor, closes)


def _on_account(party_id: int, amount_minor: int) -> MatchLine:
    return MatchLine("on_account", f"party:{party_id}", party_id, amount_minor)


def _payer_reason(entry: OpenEntry, *, sure: bool) -> Reason:
    if entry.payer_id is None:
        return Reason("payer_unknown")
    return Reason("payer_account" if sure else "payer_differs", (("party", entry.payer_id),))


def _amount_reason(entry: OpenEntry, total: int) -> Reason:
    gap = entry.amount_minor - total
    if gap == 0:
        return Reason("amount_exact")
    if gap > 0:
        return Reason("over", (("over_minor", gap),))
    small = short_is_small(paid_minor=entry.amount_minor, residual_minor=total)
    return Reason("short_small" if small else "short", (("short_minor", -gap),))
