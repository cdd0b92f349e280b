"""A simulated folder becomes facts through the importer's own readers."""

from dataclasses import replace

import pytest

from risk.facts import FlowKind
from scf.benchmarks.chain_facts import ReadChain, chain_read
from scf.simulator.files import Plot, chain_write
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
