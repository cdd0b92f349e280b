"""付款计划: whom do I pay now?"""

from scf.financing.queries import claim_get
from tests.support.desks import Desks, words


def test_a_changed_payee_names_the_account_and_the_notice(desks: Desks) -> None:
    desks.papers("INV-0009")
    desks.paid_out()
    text = words(desks.client("anchor").get("/anchor/payments/"))
    assert "1 笔债权已转让，到期改付托管户" in text
    assert "改付托管户 ····0001 通知" in text
    assert "原账户" in text


def test_the_database_filters_sorts_and_searches(desks: Desks) -> None:
    desks.papers("INV-0008", 50_000_000, days=3)
    desks.papers("INV-0009", 70_000_000, days=30)
    client = desks.client("anchor")
    assert "INV-0009" not in words(client.get("/anchor/payments/?chip=week"))
    assert "INV-0008" in words(client.get("/anchor/payments/?chip=week"))
    assert "INV-0008" not in words(client.get("/anchor/payments/?q=0009"))
    by_sum = words(client.get("/anchor/payments/?sort=-amount"))
    assert by_sum.index("INV-0009") < by_sum.index("INV-0008")
    day = desks.world.today.replace(day=desks.world.today.day).isoformat()
    assert "没有符合条件的行" in words(client.get(f"/anchor/payments/?day={day}"))
    sheet = client.get("/anchor/payments/?export=csv").content.decode("utf-8-sig")
    assert "500000.00" in sheet
    assert "700000.00" in sheet


def test_a_payment_to_the_supplier_is_reported(desks: Desks) -> None:
    series = desks.paid_out()
    client = desks.client("anchor")
    address = f"/anchor/payments/{series.claim_id}/misdirected/"
    client.post(address, {"reason": ""})
    assert not claim_get(claim_id=series.claim_id).is_misdirected
    client.post(address, {"reason": "ERP 显示已付给供应商"})
    assert claim_get(claim_id=series.claim_id).is_misdirected


def test_nothing_to_pay(desks: Desks) -> None:
    assert "没有要付的" in words(desks.client("anchor").get("/anchor/payments/"))
