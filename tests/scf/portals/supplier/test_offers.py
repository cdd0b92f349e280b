"""报价与出让: many at once, one receipt, a reason for each line that was refused."""

import re

from risk.operations.limits import limit_set
from scf.financing.queries import claims_list
from scf.network.values import Role, Scope, party_ref
from tests.support.desks import Desks, hidden, words


def states(desks: Desks) -> list[str]:
    scope = Scope(desks.world.programme_id, Role.OPERATIONS, None)
    return sorted(claim.state for claim in claims_list(scope=scope))


def test_two_are_sold_with_one_receipt(desks: Desks) -> None:
    first, second = desks.papers("INV-0001"), desks.sellable("INV-0002", 50_000_000)
    client = desks.client("supplier")
    page = client.get("/supplier/offers/")
    text = words(page)
    assert "2 笔可以出让" in text
    assert "1,500,000.00" in text  # the face of both
    form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), "consent": "on"}
    response = client.post("/supplier/offers/", {**form, "receivable": [first, second]})
    assert response.status_code == 302
    assert states(desks) == ["draft", "draft"]


def test_ticking_changes_the_receipt(desks: Desks) -> None:
    first = desks.papers("INV-0001")
    desks.sellable("INV-0002", 50_000_000)
    text = words(desks.client("supplier").get(f"/supplier/offers/?receivable={first}&chosen=1"))
    assert "提交复核，得 935,813.46" in text


def test_a_selection_that_differs_from_the_receipt_is_shown_again(desks: Desks) -> None:
    first, second = desks.papers("INV-0001"), desks.sellable("INV-0002", 50_000_000)
    client = desks.client("supplier")
    page = client.get(f"/supplier/offers/?receivable={first}&chosen=1")
    form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), "consent": "on"}
    response = client.post("/supplier/offers/", {**form, "receivable": [first, second]})
    assert response.status_code == 422
    assert "预览之后有变化，没有提交任何东西" in words(response)
    assert states(desks) == []


def test_a_line_beyond_the_limit_is_refused_by_itself_at_approval(desks: Desks) -> None:
    world = desks.world
    first, second = desks.papers("INV-0001"), desks.sellable("INV-0002")
    limit_set(
        programme_ref=world.programme.book,
        scope="party",
        subject_ref=party_ref(world.party("supplier")),
        base_minor=100_000_000,
        by="user:0",
        approved_by="user:1",
        reason="one invoice only",
        at=world.at,
    )
    client = desks.client("supplier")
    page = client.get("/supplier/offers/")
    form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), "consent": "on"}
    client.post("/supplier/offers/", {**form, "receivable": [first, second]})
    checker = desks.client("supplier2")
    review = checker.get("/supplier/offers/review/")
    marks = re.findall(r'name="approval"[^>]*value="([^"]+)"', review.content.decode())
    response = checker.post(
        "/supplier/offers/review/",
        {"key": hidden(review, "key"), "decision": "approve", "approval": marks},
    )
    assert response.status_code == 422
    assert "1 笔没有办成，其余照办" in words(response)
    assert states(desks) == ["draft", "submitted"]


def test_with_nothing_ready_the_page_says_when_that_changes(desks: Desks) -> None:
    text = words(desks.client("supplier").get("/supplier/offers/"))
    assert "没有待同意的报价" in text
