from risk.checks.duplicate_financing import check
from risk.facts import FlowFact, FlowKind
from risk.findings import Finding
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def billed(
    number: str, *, key: int, order: int, amount: int = 1_000, ago: int = 40, goods: bool = True,
    buyer: str = "b",
) -> list[FlowFact]:  # fmt: skip
    """An order, its goods and its invoice."""
    rows = [
        flow(FlowKind.ORDER, "s", buyer, amount, days_ago=ago + 20, order=order, qty=10),
        flow(FlowKind.INVOICE, "s", buyer, amount, days_ago=ago, order=order, invoice=key, qty=10,
             document=number, row=key),
    ]  # fmt: skip
    if goods:
        rows.append(
            flow(FlowKind.RECEIPT, "s", buyer, amount, days_ago=ago + 2, order=order, qty=10)
        )
    return rows


def found(*flows: FlowFact) -> list[Finding]:
    return list(check(snapshot_of(*flows), policy=DEFAULT_POLICY))


def test_a_number_with_its_zeros_taken_out_and_no_goods_of_its_own() -> None:
    (finding,) = found(
        *billed("INV-0418", key=1, order=1, ago=60),
        *billed("INV-418", key=2, order=2, ago=30, amount=1_010, goods=False),
    )
    assert (finding.code, finding.severity, finding.party_ref) == ("number_altered", "high", "s")
    assert finding.facts["subject"] == "s>b:INV-0418"
    assert finding.facts["amount_minor"] == 1_010
    assert [row.document for row in finding.evidence] == ["INV-0418", "INV-418"]


def test_the_same_number_in_another_form_with_another_amount_near_in_time() -> None:
    (finding,) = found(
        *billed("INV-0418", key=1, order=1, ago=40),
        *billed("INV/O418", key=2, order=2, ago=30, amount=1_500, goods=False),
    )
    assert (finding.code, finding.severity) == ("number_altered", "warn")


def test_two_neighbours_swapped() -> None:
    (finding,) = found(
        *billed("26030418", key=1, order=1, ago=40),
        *billed("62030418", key=2, order=2, ago=35, goods=False),
    )
    assert finding.code == "number_altered"


def test_one_order_billed_twice_under_numbers_that_share_nothing() -> None:
    again = flow(FlowKind.INVOICE, "s", "b", 1_000, days_ago=30, order=1, invoice=2, qty=10,
                 document="X-77")  # fmt: skip
    (finding,) = found(*billed("INV-1", key=1, order=1), again)
    assert (finding.code, finding.facts["amount_minor"]) == ("goods_invoiced_twice", 1_000)


def test_one_order_billed_to_two_buyers() -> None:
    again = flow(FlowKind.INVOICE, "s", "other", 1_000, days_ago=30, order=1, invoice=2, qty=10,
                 document="X-77")  # fmt: skip
    assert found(*billed("INV-1", key=1, order=1), again)


def test_standing_orders_reissues_and_parts_are_honest() -> None:
    standing = [
        row
        for n in range(12)
        for row in billed(f"INV-{n:04}", key=n + 1, order=n + 1, ago=30 + 25 * n)
    ]
    assert found(*standing) == []
    reissued = [
        *billed("INV-0418", key=1, order=1, ago=60),
        flow(FlowKind.CREDIT_NOTE, "s", "b", 1_000, days_ago=50, invoice=1, document="CN-1"),
        flow(FlowKind.INVOICE, "s", "b", 1_000, days_ago=49, order=1, invoice=2, qty=10,
             document="INV-0418A"),
    ]  # fmt: skip
    assert found(*reissued) == []
    halves = [
        flow(FlowKind.ORDER, "s", "b", 1_000, days_ago=60, order=1, qty=10),
        flow(FlowKind.RECEIPT, "s", "b", 1_000, days_ago=55, order=1, qty=10),
        *[
            flow(FlowKind.INVOICE, "s", "b", 500, days_ago=50, order=1, invoice=n, qty=5,
                 document=f"INV-7-{n}")
            for n in (1, 2)
        ],
    ]  # fmt: skip
    assert found(*halves) == []


def test_partial_financings_of_one_invoice_above_its_face() -> None:
    paid = [
        flow(FlowKind.PROCEEDS, "s", "bank", 700, days_ago=20 - n, invoice=90 + n, document="INV-1")
        for n in range(2)
    ]
    (finding,) = found(*billed("INV-1", key=1, order=1), *paid)
    assert (finding.code, finding.facts["financed_minor"]) == ("financed_above_face", 1_400)
    assert found(*billed("INV-1", key=1, order=1), paid[0]) == []


def test_an_empty_chain() -> None:
    assert found() == []
