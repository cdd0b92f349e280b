"""单据并排: the documents of one trade, with the file rows behind them."""

from scf.network.values import Role, Scope
from scf.trade.queries import receivables_list
from tests.support.cases import line_id
from tests.support.desks import Desks, words


def test_order_to_invoice_side_by_side(desks: Desks) -> None:
    desks.papers()
    scope = Scope(desks.world.programme_id, Role.RISK, None)
    invoice = receivables_list(scope=scope)[0].invoice_id
    text = words(desks.client("risk").get(f"/risk/documents/{line_id(invoice)}/"))
    assert "各单据一致" in text
    assert "采购订单" in text
    assert "本行" in text
    assert "算例注塑" in text


def test_a_line_of_another_programme_is_not_there(desks: Desks) -> None:
    desks.papers()
    scope = Scope(desks.world.programme_id, Role.RISK, None)
    invoice = receivables_list(scope=scope)[0].invoice_id
    other = Desks.make(code="rival")
    assert other.client("risk").get(f"/risk/documents/{line_id(invoice)}/").status_code == 404
    assert desks.client("risk").get("/risk/documents/999999/").status_code == 404
