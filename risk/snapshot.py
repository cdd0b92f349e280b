"""Facts -> one immutable snapshot of the chain on a day, with its bytes and its hash.

Nothing later than the day is in it: later rows are left out, and a payment date still to
come is unknown. Rows are put in one fixed order, so the same facts handed over in another
order give the same bytes. The hash is taken over the uncompressed bytes.
"""

import json
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np

from ledger.errors import DomainError, InvariantViolated
from risk.arrays import BoolArray
from risk.canonical import canonical_bytes, sha256_hex
from risk.facts import (
    FLOW_COLUMNS,
    MISSING,
    DefaultFact,
    Facts,
    FlowKind,
    FlowTable,
    IntArray,
    PartyFact,
    ProceedsFact,
    RequestFact,
    day_number,
)

YEAR_DAYS: Final = 365
QUARTER_DAYS: Final = 90
FORMAT: Final = 1
ANCHOR_ROLES: Final = frozenset({"anchor", "obligor"})
_KEYS: Final = frozenset({"owner_key", "phone_key", "address_key"})
_WIDE: Final = frozenset({"amount_minor", "qty_micro", "order_key", "invoice_key", "row_id"})


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The chain as known at the end of `as_of`.

    `parties` is sorted by ref and covers every supplier and buyer of `flows`, whose
    supplier and buyer columns are positions in it. `dropped` counts the rows left out:
    "future", "undated".
    """

    as_of: date
    parties: tuple[PartyFact, ...]
    flows: FlowTable
    requests: tuple[RequestFact, ...]
    exempt_pairs: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, int], ...]
    digest: str
    defaults: tuple[DefaultFact, ...] = ()
    proceeds: tuple[ProceedsFact, ...] = ()

    @property
    def day(self) -> int:
        """Day number of `as_of`."""
        return day_number(self.as_of)

    def position(self, party_ref: str) -> int:
        """Where the party stands; raises `risk.party_unknown`."""
        refs = self.flows.parties
        index = int(np.searchsorted(np.array(refs, dtype=object), party_ref)) if refs else 0
        if index >= len(refs) or refs[index] != party_ref:
            raise DomainError("risk.party_unknown", party=party_ref)
        return index

    def request_of(self, party_ref: str) -> RequestFact | None:
        """What the party asked for in this snapshot, if anything."""
        return next((r for r in self.requests if r.party_ref == party_ref), None)

    def anchor_mask(self) -> BoolArray:
        """The anchor, its obligor entities and every firm of their group: one obligor,
        whatever its many names."""
        own = [bool(ANCHOR_ROLES & set(party.roles)) for party in self.parties]
        pairs = list(zip(self.parties, own, strict=True))
        groups = {party.group for party, is_own in pairs if is_own and party.group}
        return np.array([is_own or p.group in groups for p, is_own in pairs], dtype=bool)

    def exempt_mask(self) -> BoolArray:
        """Flow rows between a registered buy-back or consignment pair, either way round."""
        known = {ref: i for i, ref in enumerate(self.flows.parties)}
        size = len(self.parties)
        codes = [
            known[a] * size + known[b]
            for pair in self.exempt_pairs
            if pair[0] in known and pair[1] in known
            for a, b in (pair, pair[::-1])
        ]
        return np.isin(self.flows.supplier * size + self.flows.buyer, codes)

    def of_kind(self, *kinds: FlowKind) -> FlowTable:
        """The rows of these kinds."""
        return self.flows.rows(np.isin(self.flows.kind, [int(kind) for kind in kinds]))


def in_window(day: IntArray, *, last_day: int, days: int) -> BoolArray:
    """Days in the `days` that end with `last_day`, inclusive."""
    return (day > last_day - days) & (day <= last_day)


def snapshot_build(facts: Facts, *, as_of: date) -> Snapshot:
    """Freeze the facts as of a day.

    Parties that only flows mention are kept, with their reference as the name. Amounts
    that are zero or negative stay in (a check names them); measures leave them out.
    Raises `risk.party_twice` when a party is handed over twice.
    """
    parties = _parties(facts)
    flows, dropped = _known_flows(facts.flows, day_number(as_of))
    refs = tuple(party.ref for party in parties)
    position = {ref: index for index, ref in enumerate(refs)}
    moved = np.array([position[ref] for ref in flows.parties], dtype=np.int64)
    if len(flows):
        flows = replace(flows, supplier=moved[flows.supplier], buyer=moved[flows.buyer])
    flows = _ordered(_compact(replace(flows, parties=refs)))
    unsigned = Snapshot(
        as_of=as_of,
        parties=parties,
        flows=flows,
        requests=tuple(sorted(facts.requests, key=lambda r: (r.party_ref, r.request_ref))),
        exempt_pairs=tuple(sorted(facts.exempt_pairs)),
        dropped=dropped,
        digest="",
        defaults=_defaults(facts, as_of),
        proceeds=_proceeds(facts, as_of),
    )
    return replace(unsigned, digest=sha256_hex(_plain_bytes(unsigned)))


def snapshot_dump(snapshot: Snapshot) -> bytes:
    """The snapshot as compressed bytes to store."""
    return zlib.compress(_plain_bytes(snapshot), level=1)


def snapshot_load(data: bytes) -> Snapshot:
    """A stored snapshot; raises InvariantViolated when the format is not known."""
    plain = zlib.decompress(data)
    size = int.from_bytes(plain[:8], "little")
    head: dict[str, Any] = json.loads(plain[8 : 8 + size])
    if head["format"] != FORMAT:
        raise InvariantViolated(f"snapshot format {head['format']}")
    offset, columns = 8 + size, {}
    for name in FLOW_COLUMNS:
        kind = _stored_type(name)
        width = kind.itemsize * int(head["rows"])
        columns[name] = np.frombuffer(plain[offset : offset + width], kind).astype(np.int64)
        offset += width
    parties = tuple(PartyFact(**{**p, "roles": tuple(p["roles"])}) for p in head["parties"])
    refs = tuple(party.ref for party in parties)
    flows = FlowTable(refs, tuple(head["items"]), tuple(head["documents"]), **columns)
    return Snapshot(
        as_of=date.fromisoformat(head["as_of"]),
        parties=parties,
        flows=_frozen(flows),
        requests=tuple(RequestFact(**r) for r in head["requests"]),
        exempt_pairs=tuple((a, b) for a, b in head["exempt_pairs"]),
        dropped=tuple((name, count) for name, count in head["dropped"]),
        digest=sha256_hex(plain),
        defaults=tuple(
            DefaultFact(ref, date.fromisoformat(day)) for ref, day in head.get("defaults", ())
        ),
        proceeds=tuple(
            ProceedsFact(party, date.fromisoformat(day), amount, ref)
            for party, day, amount, ref in head.get("proceeds", ())
        ),
    )


def _parties(facts: Facts) -> tuple[PartyFact, ...]:
    known: dict[str, PartyFact] = {}
    for party in facts.parties:
        if party.ref in known:
            raise DomainError("risk.party_twice", party=party.ref)
        known[party.ref] = replace(party, roles=tuple(sorted(party.roles)))
    for ref in facts.flows.parties:
        known.setdefault(ref, PartyFact(ref=ref, name=ref))
    return tuple(known[ref] for ref in sorted(known))


def _defaults(facts: Facts, as_of: date) -> tuple[DefaultFact, ...]:
    known = {d for d in facts.defaults if d.on_date <= as_of}
    return tuple(sorted(known, key=lambda d: (d.party_ref, d.on_date)))


def _proceeds(facts: Facts, as_of: date) -> tuple[ProceedsFact, ...]:
    known = (p for p in facts.proceeds if p.on_date <= as_of)
    return tuple(sorted(known, key=lambda p: (p.party_ref, p.on_date, p.ref, p.amount_minor)))


def _known(**parts: list[Any]) -> dict[str, list[Any]]:
    """What there is of it: a snapshot that has none keeps the bytes it always had."""
    return {name: rows for name, rows in parts.items() if rows}


def _known_flows(flows: FlowTable, last: int) -> tuple[FlowTable, tuple[tuple[str, int], ...]]:
    undated, future = flows.day < 0, flows.day > last
    kept = flows.rows(~undated & ~future)
    kept = replace(kept, paid_day=np.where(kept.paid_day > last, MISSING, kept.paid_day))
    return kept, (("future", int(future.sum())), ("undated", int(undated.sum())))


def _compact(flows: FlowTable) -> FlowTable:
    """Names that no row uses are dropped: they may not change the hash."""
    items, item = np.unique(flows.item, return_inverse=True)
    documents, document = np.unique(flows.document, return_inverse=True)
    return replace(
        flows,
        items=tuple(flows.items[i] for i in items),
        documents=tuple(flows.documents[i] for i in documents),
        item=item.astype(np.int64),
        document=document.astype(np.int64),
    )


def _ordered(flows: FlowTable) -> FlowTable:
    keys = [getattr(flows, name) for name in FLOW_COLUMNS if name not in {"kind", "day"}]
    order = np.lexsort((*keys, flows.kind, flows.day))
    return _frozen(flows.rows(order))


def _frozen(flows: FlowTable) -> FlowTable:
    for name in FLOW_COLUMNS:
        getattr(flows, name).setflags(write=False)
    return flows


def _stored_type(name: str) -> np.dtype[Any]:
    return np.dtype("<i8" if name in _WIDE else "<i4")


def _plain_party(party: PartyFact) -> dict[str, Any]:
    """Its fields; keys that are not known are left out, as before there were any."""
    return {name: value for name, value in asdict(party).items() if value or name not in _KEYS}


def _plain_bytes(snapshot: Snapshot) -> bytes:
    head = canonical_bytes(
        {
            "format": FORMAT,
            "as_of": snapshot.as_of.isoformat(),
            "parties": [_plain_party(party) for party in snapshot.parties],
            "items": snapshot.flows.items,
            "documents": snapshot.flows.documents,
            "requests": [asdict(request) for request in snapshot.requests],
            "exempt_pairs": snapshot.exempt_pairs,
            "dropped": snapshot.dropped,
            "rows": len(snapshot.flows),
            **_known(
                defaults=[(d.party_ref, d.on_date.isoformat()) for d in snapshot.defaults],
                proceeds=[
                    (p.party_ref, p.on_date.isoformat(), p.amount_minor, p.ref)
                    for p in snapshot.proceeds
                ],
            ),
        }
    )
    columns = [
        getattr(snapshot.flows, name).astype(_stored_type(name)).tobytes() for name in FLOW_COLUMNS
    ]
    return b"".join((len(head).to_bytes(8, "little"), head, *columns))
