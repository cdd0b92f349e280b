"""One receivable's page: its timeline never loses a step."""

from tests.support.desks import Desks, words


def test_the_timeline_runs_from_the_order_to_the_residual(desks: Desks) -> None:
    receivable_id = desks.sellable()
    text = words(desks.client("supplier").get(f"/supplier/receivables/{receivable_id}/"))
    places = [
        text.rindex(step)
        for step in (
            "下单",
            "收货 1 件",
            "三单核对一致",
            "风控准入",
            "等贵司同意报价",
            "付款，返尾款 50,090.03",
        )
    ]
    assert places == sorted(places)


def test_after_the_second_signature_the_obligor_is_next(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    text = words(desks.client("supplier").get(f"/supplier/receivables/{claim.receivable_id}/"))
    assert "经办同意报价" in text
    assert "复核通过，已提交" in text
    assert "算例制冷确权" in text
