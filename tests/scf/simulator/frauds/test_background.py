"""Honest trade beside the anchor: regular, mostly one way, mostly with its papers."""

from scf.simulator.frauds.background import background_deals, partners_join
from scf.simulator.frauds.cast import Cast
from tests.scf.simulator.frauds.plots import plot_chain


def test_partners_trade_regularly_and_with_papers() -> None:
    cast = Cast(chain=plot_chain())
    firms = partners_join(cast=cast)
    deals = list(background_deals(cast=cast, firms=firms))
    invoices = [line for deal in deals for line in deal.invoices]
    assert len(invoices) > 10 * len(firms)
    assert {firm.code for firm in firms} <= cast.own_books
    with_papers = sum(bool(deal.despatches) for deal in deals if deal.orders)
    assert 0.7 < with_papers / sum(bool(deal.orders) for deal in deals) < 0.92
    sellers = {firm.code: [d for d in deals if d.orders and d.orders[0].company_code == firm.code] for firm in firms}  # fmt: skip
    bare = [code for code, own in sellers.items() if own and not any(d.despatches for d in own)]
    assert 0 < len(bare) < len(firms) // 3
    assert all(line.company_code != line.partner_code for line in invoices)


def test_who_is_in_a_case_trades_honestly_too() -> None:
    cast = Cast(chain=plot_chain())
    taken = cast.firms(5)
    assert {firm.code for firm in taken} <= {firm.code for firm in partners_join(cast=cast)}
