"""One receivable: match, price, timeline, and 同意并出让 with consent."""

from scf.financing.queries import claims_list
from scf.network.values import Role, Scope
from tests.support.desks import Desks, hidden, words


def claims_of(desks: Desks) -> list[str]:
    scope = Scope(desks.world.programme_id, Role.OPERATIONS, None)
    return [claim.state for claim in claims_list(scope=scope)]


def sell(desks: Desks, receivable_id: int, **changes: str) -> object:
    client = desks.client("supplier")
    page = client.get(f"/supplier/receivables/{receivable_id}/")
    form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), "consent": "on"}
    return client.post(f"/supplier/receivables/{receivable_id}/", {**form, **changes})


def test_the_receipt_is_the_worked_example(desks: Desks) -> None:
    receivable_id = desks.sellable()
    text = words(desks.client("supplier").get(f"/supplier/receivables/{receivable_id}/"))
    for figure in ("−50,000.00", "−12,709.97", "−90.03", "−1,386.54", "+50,090.03", "14,096.51"):
        assert figure in text
    assert "采购订单" in text
    assert "价差 0.00" in text
    assert "同意并出让，得 935,813.46" in text
    assert "supplier2 复核后生效" in text


def test_agreeing_submits_it_to_the_second_person(desks: Desks) -> None:
    receivable_id = desks.sellable()
    response = sell(desks, receivable_id)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert claims_of(desks) == ["draft"]
    maker = words(desks.client("supplier").get(f"/supplier/receivables/{receivable_id}/"))
    assert "须由另一人同意，所以这里没有同意的按钮" in maker
    checker = words(desks.client("supplier2").get(f"/supplier/receivables/{receivable_id}/"))
    assert "同意出让，得 935,813.46" in checker


def test_without_consent_nothing_happens(desks: Desks) -> None:
    receivable_id = desks.sellable()
    response = sell(desks, receivable_id, consent="")
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "请先勾选" in words(response)
    assert claims_of(desks) == []


def test_the_same_post_twice_is_one_claim(desks: Desks) -> None:
    receivable_id = desks.sellable()
    client = desks.client("supplier")
    page = client.get(f"/supplier/receivables/{receivable_id}/")
    form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), "consent": "on"}
    client.post(f"/supplier/receivables/{receivable_id}/", form)
    client.post(f"/supplier/receivables/{receivable_id}/", form)
    assert claims_of(desks) == ["draft"]


def test_a_foreign_preview_is_refused(desks: Desks) -> None:
    receivable_id = desks.sellable()
    response = sell(desks, receivable_id, preview="forged")
    assert response.status_code == 403  # type: ignore[attr-defined]
    assert claims_of(desks) == []


def test_it_can_be_taken_back_before_it_is_confirmed(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    client = desks.client("supplier")
    page = words(client.get(f"/supplier/receivables/{claim.receivable_id}/"))
    assert "撤回出让" in page
    client.post(f"/supplier/claims/{claim.id}/withdraw/", {"reason": "另有安排"})
    assert claims_of(desks) == ["withdrawn"]


def test_the_maker_takes_back_what_waits_for_the_checker(desks: Desks) -> None:
    receivable_id = desks.sellable()
    sell(desks, receivable_id)
    client = desks.client("supplier")
    assert "撤回出让" in words(client.get(f"/supplier/receivables/{receivable_id}/"))
    claim = claims_list(scope=Scope(desks.world.programme_id, Role.OPERATIONS, None))[0]
    client.post(f"/supplier/claims/{claim.id}/withdraw/", {"reason": "写错了"})
    assert claims_of(desks) == ["withdrawn"]
    again = words(client.get(f"/supplier/receivables/{receivable_id}/"))
    assert "同意并出让" in again


def test_another_firm_s_receivable_is_not_there(desks: Desks) -> None:
    other = Desks.make(code="rival")
    receivable_id = other.papers()
    response = desks.client("supplier").get(f"/supplier/receivables/{receivable_id}/")
    assert response.status_code == 404


def test_a_sold_one_names_its_proofs_and_when_the_rest_comes(desks: Desks) -> None:
    series = desks.paid_out()
    text = words(desks.client("supplier").get("/supplier/receivables/"))
    assert "已放款" in text
    found = desks.client("supplier").get("/supplier/settlement/")
    page = words(desks.client("supplier").get(link_to(found)))
    assert series.number in page
    assert "转让登记" in page
    assert "返尾款 50,090.03" in page


def link_to(response: object) -> str:
    html: str = response.content.decode()  # type: ignore[attr-defined]
    start = html.index('href="/supplier/receivables/') + len('href="')
    first = html[start : html.index('"', start)]
    if first == "/supplier/receivables/":
        return link_to(type("Rest", (), {"content": html[start:].encode()}))
    return first


def test_the_page_costs_a_fixed_number_of_queries(
    desks: Desks, django_assert_max_num_queries: object
) -> None:
    receivable_id = desks.sellable()
    client = desks.client("supplier")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        client.get(f"/supplier/receivables/{receivable_id}/")
