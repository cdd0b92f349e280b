"""首页: how much can I have today? The figures are the worked example's."""

from datetime import date

from django.test import Client

from scf.network.operations import party_kyb_set
from scf.network.values import KybState
from tests.support.desks import Desks, words


def test_the_headline_is_the_answer(desks: Desks) -> None:
    desks.sellable()
    text = words(desks.client("supplier").get("/supplier/"))
    assert "今天可以变现 1 笔应收款" in text
    assert "935,813.46" in text
    assert "全年化成本 6.11%" in text
    assert "到期另返尾款约 50,090.03" in text


def test_without_a_gate_nothing_can_be_sold_and_the_reason_is_in_the_row(desks: Desks) -> None:
    desks.papers()
    text = words(desks.client("supplier").get("/supplier/"))
    assert "今天没有可以变现的应收款" in text
    assert "待风控准入" in text


def test_the_checker_is_told_what_waits_and_the_maker_is_not(desks: Desks) -> None:
    desks.submitted()
    assert "1 笔出让等您复核" in words(desks.client("supplier2").get("/supplier/"))
    assert "等您复核" not in words(desks.client("supplier").get("/supplier/"))


def test_what_was_paid_and_what_comes_back(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("supplier").get("/supplier/"))
    assert "放款 INV-0001 935,813.46" in text
    assert "尾款约 50,090.03 返还贵司" in text
    assert "尾款待返 50,090.03" in text


def test_an_expired_firm_sells_nothing_and_is_told(desks: Desks) -> None:
    desks.sellable()
    party_kyb_set(
        party_id=desks.world.party("supplier"),
        state=KybState.VERIFIED,
        expiry_date=date(2026, 1, 1),
    )
    text = words(desks.client("supplier").get("/supplier/"))
    assert "企业认证已过期" in text
    assert "今天没有可以变现的应收款" in text


def test_another_desk_is_kept_out(desks: Desks) -> None:
    assert desks.client("anchor").get("/supplier/").status_code == 403
    assert Client().get("/supplier/").status_code == 302


def test_the_page_costs_a_fixed_number_of_queries(
    desks: Desks, django_assert_max_num_queries: object
) -> None:
    for number in ("INV-0001", "INV-0002", "INV-0003", "INV-0004"):
        desks.papers(number)
    desks.sellable("INV-0005")
    client = desks.client("supplier")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        client.get("/supplier/")
