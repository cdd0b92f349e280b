"""What a stress run knows: firms with their chance of default, products, holders, trade.

Frozen as canonical bytes with the run, so that the same facts, scenario and seed give the
same result for good. Money in minor units, chances in ppm, dates plain.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np

from ledger.errors import DomainError
from risk.canonical import canonical_bytes
from risk.chain.graph import Graph, graph_from_edges
from risk.facts import IntArray


@dataclass(frozen=True, slots=True)
class FirmRisk:
    """A firm; `group` names firms that stand and fall together, `pd_ppm` is for a year."""

    ref: str
    name: str
    sector: str
    group: str
    pd_ppm: int
    is_anchor: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """Units over one claim. `face_minor` is what the obligor still owes on `due_date`;
    investors are owed principal and interest on `payment_date`; the rest is the first loss."""

    ref: str
    number: str
    obligor_ref: str
    seller_ref: str
    face_minor: int
    principal_minor: int
    interest_minor: int
    due_date: date
    payment_date: date
    holders: tuple[tuple[str, int], ...]  # investor and units, in order of reference

    @property
    def buffer_minor(self) -> int:
        """What may fail to come before investors lose anything."""
        return max(0, self.face_minor - self.principal_minor - self.interest_minor)


@dataclass(frozen=True, slots=True)
class StressFacts:
    """Everything a run reads. `trade` is (supplier, buyer, value) by position in `firms`."""

    as_of: date
    snapshot_hash: str
    firms: tuple[FirmRisk, ...]
    products: tuple[Product, ...]
    trade: tuple[tuple[int, int, int], ...]

    def place_of(self, ref: str) -> int:
        """Position of a firm; raises `risk.party_unknown`."""
        for place, firm in enumerate(self.firms):
            if firm.ref == ref:
                return place
        raise DomainError("risk.party_unknown", party=ref)

    def graph(self) -> Graph:
        """The trade as a graph of all firms."""
        rows = np.array(self.trade, dtype=np.int64).reshape(-1, 3)
        return graph_from_edges(
            size=len(self.firms), source=rows[:, 0], target=rows[:, 1], weight=rows[:, 2]
        )

    def sectors(self) -> IntArray:
        """Each firm's sector as a number from 1 by name, 0 where it is not known."""
        names = [firm.sector for firm in self.firms]
        number = {name: place for place, name in enumerate(sorted(set(names) | {""}))}
        return np.array([number[name] for name in names], dtype=np.int64)

    def unit_of(self, ref: str) -> str:
        """Who stands and falls together with a firm: its group, else itself."""
        firm = self.firms[self.place_of(ref)]
        return f"group:{firm.group}" if firm.group else firm.ref


def facts_dump(facts: StressFacts) -> bytes:
    """Canonical bytes; their hash is published with the result."""
    data = asdict(facts)
    data["as_of"] = facts.as_of.isoformat()
    for product in data["products"]:
        product["due_date"] = product["due_date"].isoformat()
        product["payment_date"] = product["payment_date"].isoformat()
    return canonical_bytes(data)


def facts_load(data: bytes) -> StressFacts:
    """The facts behind stored bytes."""
    read: dict[str, Any] = json.loads(data)
    return StressFacts(
        as_of=date.fromisoformat(read["as_of"]),
        snapshot_hash=read["snapshot_hash"],
        firms=tuple(FirmRisk(**firm) for firm in read["firms"]),
        products=tuple(_product(one) for one in read["products"]),
        trade=tuple((s, b, w) for s, b, w in read["trade"]),
    )


def _product(data: dict[str, Any]) -> Product:
    return Product(
        **data
        | {
            "due_date": date.fromisoformat(data["due_date"]),
            "payment_date": date.fromisoformat(data["payment_date"]),
            "holders": tuple((ref, units) for ref, units in data["holders"]),
        }
    )
