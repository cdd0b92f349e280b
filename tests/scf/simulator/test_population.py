from __future__ import annotations

from collections import Counter

from stdnum.cn import uscc

from scf.simulator.population import FEATURED_CODE, chain_populate
from scf.simulator.values import ChainSpec
from tests.scf.simulator.scenes import SMALL, small_chain


def test_the_chain_has_the_size_that_was_asked_for() -> None:
    chain = chain_populate(spec=ChainSpec())
    assert len(chain.obligors) == 3
    assert len(chain.suppliers) == 300
    assert len(chain.distributors) == 1_000


def test_nobody_shares_a_name_a_code_or_a_credit_code() -> None:
    firms = chain_populate(spec=ChainSpec()).firms()
    for field in ("name", "uscc", "bank_account"):
        counts = Counter(getattr(firm, field) for firm in firms)
        assert counts.most_common(1)[0][1] == 1, field
    assert len({(firm.role, firm.code) for firm in firms}) == len(firms)
    assert all(uscc.is_valid(firm.uscc) for firm in firms)


def test_the_featured_supplier_is_paid_to_the_account_of_the_pictures() -> None:
    featured = next(firm for firm in small_chain().suppliers if firm.code == FEATURED_CODE)
    assert featured.name == "澄岳注塑科技有限公司"
    assert featured.bank_account.endswith("4471")
    assert featured.weight == 0  # its deals are written out one by one


def test_volumes_have_a_heavy_tail() -> None:
    weights = sorted(
        (firm.weight for firm in chain_populate(spec=ChainSpec()).suppliers), reverse=True
    )
    assert sum(weights[:30]) > 0.4  # a tenth of the suppliers carry most of the trade
    assert weights[-2] > 0


def test_the_same_seed_makes_the_same_firms() -> None:
    assert chain_populate(spec=SMALL) == small_chain()
