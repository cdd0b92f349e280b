import time

from risk.analysis import chain_analyse
from risk.policy import DEFAULT_POLICY
from risk.snapshot import snapshot_build
from risk.warning.watch import chain_watch
from tests.risk.cases import FAILING, chain_snapshot
from tests.risk.chain_made import chain_facts
from tests.risk.facts_made import AS_OF
from tests.risk.warning_made import analysed


def test_the_failing_firm_of_the_small_chain_is_seen() -> None:
    analysis = chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY)
    signs = chain_watch(analysis, known_rings=frozenset())
    assert ("orders_cut", FAILING) in {(s.signal, s.party_ref) for s in signs}
    assert [s.key for s in signs] == sorted(s.key for s in signs)
    assert all(sign.value != sign.threshold or sign.evidence for sign in signs)


def test_the_same_chain_gives_the_same_signs() -> None:
    told = [
        chain_watch(chain_analyse(chain_snapshot(), policy=DEFAULT_POLICY), known_rings=frozenset())
        for _ in range(2)
    ]
    assert told[0] == told[1]


def test_an_empty_chain_signals_nothing() -> None:
    assert chain_watch(analysed(), known_rings=frozenset()) == ()


def test_a_healthy_chain_of_a_thousand_firms_is_quiet_and_quick() -> None:
    facts = chain_facts(suppliers=300, distributors=700, orders=20_000)
    analysis = chain_analyse(snapshot_build(facts, as_of=AS_OF), policy=DEFAULT_POLICY)
    started = time.perf_counter()
    signs = chain_watch(analysis, known_rings=frozenset())
    assert time.perf_counter() - started < 5
    assert len(signs) < 20
