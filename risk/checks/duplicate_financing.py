"""One delivery, two invoices to finance: numbers altered a little, goods invoiced twice.

That exactly the same invoice is financed twice the books themselves refuse; here are the near
matches. Two invoices of a pair are told when their numbers are one and the same but for their
form, or one slip apart, and amount or date are near; and when they bill the same order for
nearly the same amount beyond what it holds. Invoices that a credit note took back, and pairs
of which each has its own goods (standing orders), are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from ledger.rates import PPM
from risk.arrays import place_of
from risk.facts import MISSING, FlowKind, IntArray
from risk.findings import Finding, Severity, evidence_of
from risk.policy import CheckPolicy, Policy
from risk.signals.backing import moved_ppm
from risk.signals.invoices import Invoices, invoices_gather
from risk.signals.numbers import number_keys, number_slipped
from risk.snapshot import YEAR_DAYS, Snapshot, in_window

CHECK = "duplicate_financing"
COVERED_PPM = 900_000
TAKEN_BACK_PPM = 100_000
FACE_SLACK_PPM = 1_200_000  # invoices are net of tax, financings are not
LIKE_MOST = 60  # invoices of a pair that are compared with one another, whatever they hide


@dataclass(frozen=True, slots=True)
class _Match:
    """Two invoices, the earlier first, and why."""

    first: int
    second: int
    code: str


def check(snapshot: Snapshot, *, policy: Policy) -> tuple[Finding, ...]:
    """One finding a suspicious set of invoices, at its seller; `amount_minor` is what is
    beyond the first of them. `subject` names seller, buyer and the first number."""
    flows, rules = snapshot.flows, policy.checks
    year = in_window(flows.day, last_day=snapshot.day, days=YEAR_DAYS)
    whole = invoices_gather(flows, kept=year & (flows.supplier != flows.buyer))
    alive = np.flatnonzero(whole.left_minor * PPM > whole.amount_minor * TAKEN_BACK_PPM)
    share = moved_ppm(flows, whole.lines, last_day=snapshot.day, any_paper=True)
    covered = (
        np.minimum.reduceat(share, whole.start[:-1]) if len(whole) else np.zeros(0, dtype=np.int64)
    )
    settled = snapshot.day - policy.reconcile.receipt_wait_days
    search = _Search(snapshot, whole, covered, settled, rules)
    matches = [
        *search.by_number(alive),
        *search.by_slip(alive),
        *search.by_goods(alive),
    ]
    found = [search.told(group) for group in _groups(matches)]
    return (*found, *_above_face(snapshot, whole))


class _Search:
    """What is compared, and how."""

    def __init__(
        self,
        snapshot: Snapshot,
        invoices: Invoices,
        covered: IntArray,
        settled: int,
        rules: CheckPolicy,
    ) -> None:
        self.snapshot, self.invoices, self.covered = snapshot, invoices, covered
        self.settled, self.rules = settled, rules
        # One obligor, whatever its many names: the entities of a group stand for each other.
        self.pair = invoices.supplier * len(snapshot.parties) + _obligors(snapshot)[invoices.buyer]

    def by_number(self, alive: IntArray) -> Iterator[_Match]:
        """Numbers that differ in form only, or by a suffix (then at one amount)."""
        names, documents = self.snapshot.flows.documents, self.invoices.document
        # Of two, one must lack goods: only buyers with such an invoice are worth reading.
        bare = self.pair[alive[self.covered[alive] < COVERED_PPM]]
        alive = alive[np.isin(self.pair[alive], bare)]
        whole: dict[tuple[int, str], list[int]] = defaultdict(list)
        based: list[tuple[int, tuple[int, str]]] = []
        for entry in alive.tolist():
            keys = number_keys(names[documents[entry]])
            pair = int(self.pair[entry])
            for key in keys.own:
                whole[pair, key].append(entry)
            based += [(entry, (pair, base)) for base in keys.bases]
        for entries in whole.values():
            for at, one in enumerate(entries[:LIKE_MOST]):
                for other in entries[at + 1 : LIKE_MOST]:
                    near = self._near_amount(one, other) or self._near_days(one, other)
                    if near and self._suspect(one, other):
                        yield self._match(one, other, "number_altered")
        for one, place in based:
            for other in whole.get(place, [])[:LIKE_MOST]:
                if self._near_amount(one, other) and self._suspect(one, other):
                    yield self._match(one, other, "number_altered")

    def by_slip(self, alive: IntArray) -> Iterator[_Match]:
        """An invoice without goods, one slip of the pen from another of the same amount, or
        with the very lines of another."""
        bare = (self.covered[alive] < self.rules.duplicate_cover_ppm) & (
            self.invoices.day[alive] <= self.settled
        )
        pairs = np.unique(self.pair[alive[bare]])
        like: dict[int, list[int]] = defaultdict(list)
        for entry in alive[np.isin(self.pair[alive], pairs)].tolist():
            like[int(self.pair[entry])].append(entry)
        for one in alive[bare].tolist():
            for other in like[int(self.pair[one])][: 100 * LIKE_MOST]:
                if one == other or not self._near_days(one, other):
                    continue
                if number_slipped(self._name(one), self._name(other)):
                    if self._near_amount(one, other):
                        yield self._match(one, other, "number_altered")
                elif self._content(one) == self._content(other):
                    yield self._match(one, other, "goods_invoiced_twice")

    def by_goods(self, alive: IntArray) -> Iterator[_Match]:
        """One order billed twice for nearly the same, beyond what was ordered and came."""
        flows, invoices = self.snapshot.flows, self.invoices
        owner = np.repeat(np.arange(len(invoices)), np.diff(invoices.start))
        keep = np.isin(owner, alive) & (flows.order_key[invoices.lines] != MISSING)
        lines, owner = invoices.lines[keep], owner[keep]
        by_order: dict[int, list[tuple[int, int]]] = defaultdict(list)
        keys, place, count = np.unique(
            flows.order_key[lines], return_inverse=True, return_counts=True
        )
        for at in np.flatnonzero(count[place] > 1).tolist():
            line = int(lines[at])
            by_order[int(keys[place[at]])].append((int(owner[at]), int(flows.qty_micro[line])))
        held = _order_held(self.snapshot, keys[count > 1])
        for key in sorted(by_order):
            found = by_order[key][:LIKE_MOST]
            over = sum(qty for _, qty in found) - held.get(key, 0)
            for at, (one, qty) in enumerate(found):
                for other, again in found[at + 1 :]:
                    least = min(qty, again)
                    twice = one != other and least > 0 and 4 * over >= 3 * least
                    if twice and abs(qty - again) * PPM <= least * self.rules.duplicate_amount_ppm:
                        yield self._match(one, other, "goods_invoiced_twice")

    def told(self, group: list[_Match]) -> Finding:
        """One finding for invoices that belong together."""
        flows, invoices = self.snapshot.flows, self.invoices
        entries = sorted(
            {e for match in group for e in (match.first, match.second)},
            key=lambda e: (int(invoices.day[e]), e),
        )
        seller, buyer = (
            flows.parties[side[entries[0]]] for side in (invoices.supplier, invoices.buyer)
        )
        numbers = [self._name(entry) for entry in entries]
        extra = sum(int(invoices.left_minor[entry]) for entry in entries[1:])
        near = all(self._near_amount(entries[0], entry) for entry in entries[1:])
        codes = sorted({match.code for match in group})
        facts: dict[str, int | str] = {
            "subject": f"{seller}>{buyer}:{numbers[0]}",
            "amount_minor": extra,
            "buyer": buyer,
            "documents": ", ".join(numbers),
            "invoices": len(entries),
            "days": int(invoices.day[entries[-1]] - invoices.day[entries[0]]),
            "least_covered_ppm": int(self.covered[entries].min()),
        }
        rows = [int(row) for entry in entries for row in invoices.lines_of(entry)]
        severity = Severity.HIGH if near else Severity.WARN
        return Finding(CHECK, codes[0], seller, severity, facts, evidence_of(flows, rows))

    def _match(self, one: int, other: int, code: str) -> _Match:
        first, second = sorted((one, other), key=lambda e: (int(self.invoices.day[e]), e))
        return _Match(first, second, code)

    def _suspect(self, one: int, other: int) -> bool:
        """Different invoices within reach, not each with goods of its own."""
        if one == other or self._apart(one, other) > self.rules.duplicate_reach_days:
            return False
        return bool(min(self.covered[one], self.covered[other]) < COVERED_PPM)

    def _content(self, entry: int) -> list[tuple[int, int, int]]:
        """Item, quantity and amount of each line, in order."""
        flows, rows = self.snapshot.flows, self.invoices.lines_of(entry)
        columns = (flows.item[rows], flows.qty_micro[rows], flows.amount_minor[rows])
        return sorted(zip(*(column.tolist() for column in columns), strict=True))

    def _name(self, entry: int) -> str:
        return self.snapshot.flows.documents[int(self.invoices.document[entry])]

    def _apart(self, one: int, other: int) -> int:
        return abs(int(self.invoices.day[one]) - int(self.invoices.day[other]))

    def _near_days(self, one: int, other: int) -> bool:
        return self._apart(one, other) <= self.rules.duplicate_days

    def _near_amount(self, one: int, other: int) -> bool:
        a, b = (int(self.invoices.left_minor[entry]) for entry in (one, other))
        return abs(a - b) * PPM <= max(a, b) * self.rules.duplicate_amount_ppm


def _obligors(snapshot: Snapshot) -> IntArray:
    """A number for each firm, the same for all of a group and for all of the anchor's."""
    anchor = snapshot.anchor_mask()
    known: dict[str, int] = {}
    numbers = []
    for firm, party in enumerate(snapshot.parties):
        name = "anchor" if anchor[firm] else f"group {party.group}" if party.group else ""
        numbers.append(known.setdefault(name, firm) if name else firm)
    return np.array(numbers, dtype=np.int64)


def _order_held(snapshot: Snapshot, wanted: IntArray) -> dict[int, int]:
    """What these order lines hold: ordered, or received where that is more."""
    flows = snapshot.flows
    wanted = np.unique(wanted)
    most = np.zeros(len(wanted), dtype=np.int64)
    for kind in (FlowKind.ORDER, FlowKind.RECEIPT):
        rows = np.flatnonzero(flows.kind == kind)
        place = place_of(wanted, flows.order_key[rows])
        total = np.zeros(len(wanted), dtype=np.int64)
        np.add.at(total, place[place >= 0], flows.qty_micro[rows[place >= 0]])
        most = np.maximum(most, total)
    return dict(zip(wanted.tolist(), most.tolist(), strict=True))


def _groups(matches: Iterable[_Match]) -> list[list[_Match]]:
    """Matches that share an invoice belong together; in order of their first invoice."""
    leader: dict[int, int] = {}

    def top(entry: int) -> int:
        while leader.setdefault(entry, entry) != entry:
            entry = leader[entry]
        return entry

    kept = sorted(set(matches), key=lambda m: (m.first, m.second, m.code))
    for match in kept:
        one, other = sorted((top(match.first), top(match.second)))
        leader[other] = one
    groups: dict[int, list[_Match]] = defaultdict(list)
    for match in kept:
        groups[top(match.first)].append(match)
    return [groups[key] for key in sorted(groups)]


def _above_face(snapshot: Snapshot, invoices: Invoices) -> Iterator[Finding]:
    """Invoices whose financings together are above their face, where facts name the invoice."""
    flows = snapshot.flows
    financed: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in np.flatnonzero(flows.kind == FlowKind.PROCEEDS).tolist():
        financed[int(flows.supplier[row]), int(flows.document[row])].append(row)
    named = np.isin(invoices.document, sorted({document for _, document in financed}))
    for entry in np.flatnonzero(named).tolist():
        own = financed.get((int(invoices.supplier[entry]), int(invoices.document[entry])), [])
        total = sum(int(flows.amount_minor[row]) for row in own)
        face = max(int(invoices.left_minor[entry]), 0) * FACE_SLACK_PPM // PPM
        if total > face:
            seller = flows.parties[int(invoices.supplier[entry])]
            number = flows.documents[int(invoices.document[entry])]
            facts: dict[str, int | str] = {
                "subject": f"{seller}>{flows.parties[int(invoices.buyer[entry])]}:{number}",
                "amount_minor": total - face,
                "financed_minor": total,
                "financings": len(own),
            }
            evidence = evidence_of(flows, [*invoices.lines_of(entry).tolist(), *own])
            yield Finding(CHECK, "financed_above_face", seller, Severity.HIGH, facts, evidence)
