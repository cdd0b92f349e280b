"""A simulated folder becomes facts through the importer's own readers."""

from dataclasses import replace
from pathlib import Path

import pytest

from risk.facts import FlowKind
from risk.snapshot import Snapshot
from scf.benchmarks.chain_facts import TABLES, ReadChain, chain_read
from scf.journeys.assessing import chain_freeze
from scf.simulator.files import Plot, chain_write
from tests.scf.imports.chain import import_files, programme_make
from tests.scf.simulator.scenes import SMALL

SPEC = replace(SMALL, order_lines=400)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> ReadChain:
    folder = tmp_path_factory.mktemp("chain")
    plot = Plot({"rings": 1, "cashout": 2}, {"buy_back": 1})
    chain_write(spec=SPEC, folder=folder, plot=plot)
    return chain_read(folder=folder, as_of=SPEC.last_date)


def test_every_kind_of_flow_is_there_and_dated(chain: ReadChain) -> None:
    flows = chain.snapshot.flows
    kinds = set(flows.kind.tolist())
    assert {FlowKind.ORDER, FlowKind.DESPATCH, FlowKind.RECEIPT, FlowKind.INVOICE} <= kinds
    despatched = flows.kind == FlowKind.DESPATCH
    assert (flows.paid_day[despatched] >= flows.day[despatched]).mean() > 0.8
    assert chain.snapshot.dropped == (("future", 0), ("undated", 0))


def test_firms_are_told_by_keys_and_never_by_names_of_people(chain: ReadChain) -> None:
    firms = [party for party in chain.snapshot.parties if "supplier" in party.roles]
    assert len(firms) == SPEC.supplier_count
    assert all(len(firm.owner_key) == 16 for firm in firms)
    anchors = [party for party in chain.snapshot.parties if "obligor" in party.roles]
    assert len({party.group for party in anchors}) == 1


def test_one_firm_has_one_reference_in_both_books(chain: ReadChain) -> None:
    refs = {party.ref for party in chain.snapshot.parties}
    assert set(chain.codes.values()) <= refs
    own = [party for party in chain.snapshot.parties if party.roles == ("supplier",)]
    assert len({party.name for party in own}) == len(own)


def test_free_cash_proceeds_and_registered_pairs_are_handed_over(chain: ReadChain) -> None:
    flows = chain.snapshot.flows
    free = {flows.items[i] for i in flows.item[flows.kind == FlowKind.PAYMENT]} - {""}
    assert free
    assert free <= {"transfer", "loan", "refund"}
    assert len(chain.snapshot.proceeds) > 0
    assert len(chain.snapshot.exempt_pairs) == 1


@pytest.mark.django_db
def test_the_database_hands_over_the_same_flows(tmp_path: Path) -> None:
    plot = Plot({"rings": 1, "duplicates": 1, "cashout": 1}, {"consignment": 1})
    spec = replace(SPEC, order_lines=200)
    chain_write(spec=spec, folder=tmp_path, plot=plot)
    programme = programme_make()
    files = {f"{name}.csv": (tmp_path / f"{name}.csv").read_bytes() for name in TABLES}
    import_files(programme, files)
    stored = chain_freeze(programme=programme, as_of=spec.last_date)
    read = chain_read(folder=tmp_path, as_of=spec.last_date).snapshot
    assert flow_rows(stored) == flow_rows(read)
    assert len(stored.exempt_pairs) == len(read.exempt_pairs) == 1
    keys = ("owner_key", "phone_key", "address_key")
    stored_keys = {p.name: [getattr(p, key) for key in keys] for p in stored.parties if p.owner_key}
    read_keys = {p.name: [getattr(p, key) for key in keys] for p in read.parties}
    assert stored_keys == {name: read_keys[name] for name in stored_keys}
    assert len(stored_keys) > SPEC.supplier_count


def flow_rows(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """The flows by the firms' names, without the ids that a reader gives."""
    flows, names = snapshot.flows, [party.name for party in snapshot.parties]
    return sorted(
        (
            int(kind),
            names[s],
            names[b],
            int(a),
            int(day),
            int(due),
            int(paid),
            flows.items[i],
            int(q),
        )
        for kind, s, b, a, day, due, paid, i, q in zip(
            flows.kind,
            flows.supplier,
            flows.buyer,
            flows.amount_minor,
            flows.day,
            flows.due_day,
            flows.paid_day,
            flows.item,
            flows.qty_micro,
            strict=True,
        )
    )
