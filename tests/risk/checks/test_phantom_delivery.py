from risk.checks.phantom_delivery import check
from risk.facts import FlowFact, FlowKind
from risk.findings import Finding
from risk.policy import DEFAULT_POLICY
from tests.risk.facts_made import flow, snapshot_of


def delivery(
    key: int, *, seller: str = "s", sent: int | None = 4, delivered: bool = True, came: int = 2,
    ago: int = 0, note: str = "",
) -> list[FlowFact]:  # fmt: skip
    """Sent `sent` and received `came` days before the invoice; a month apart without `ago`."""
    day = ago or 30 + 5 * (key % 50)
    rows = [
        flow(FlowKind.INVOICE, seller, "b", 100, days_ago=day, order=key, document=f"I-{key}"),
        flow(FlowKind.RECEIPT, seller, "b", 100, days_ago=day + came, order=key),
    ]
    if sent is not None:
        rows.append(
            flow(FlowKind.DESPATCH, seller, "b", 100, days_ago=day + sent, order=key,
                 paid_after=1 if delivered else None, document=note or f"D-{key}")
        )  # fmt: skip
    return rows


HONEST = [row for key in range(1, 200) for row in delivery(key, seller=f"s{key % 4}")]


def found(*flows: FlowFact, exempt: tuple[tuple[str, str], ...] = ()) -> list[Finding]:
    return list(check(snapshot_of(*HONEST, *flows, exempt_pairs=exempt), policy=DEFAULT_POLICY))


def own(*deliveries: list[FlowFact]) -> list[FlowFact]:
    """Twenty honest deliveries of one supplier, and these."""
    usual = [row for key in range(300, 320) for row in delivery(key)]
    return [*usual, *(row for rows in deliveries for row in rows)]


def test_receipts_that_no_carrier_brought() -> None:
    (finding,) = found(*own(*(delivery(key, sent=None) for key in (400, 401, 402))))
    assert (finding.code, finding.severity, finding.party_ref) == ("no_carrier", "warn", "s")
    assert finding.facts["subject"] == "no_carrier:s"
    assert (finding.facts["orders"], finding.facts["of"]) == (3, 23)
    assert finding.facts["amount_minor"] == 300
    assert {row.document for row in finding.evidence} == {"I-400", "I-401", "I-402", ""}


def test_despatches_that_never_arrived() -> None:
    (finding,) = found(*own(*(delivery(key, delivered=False) for key in (400, 401, 402))))
    assert finding.code == "not_delivered"


def test_a_single_slip_and_a_supplier_with_its_own_van_are_honest() -> None:
    assert found(*own(delivery(400, sent=None))) == []
    van = [row for key in range(300, 320) for row in delivery(key, seller="van", sent=None)]
    assert found(*van) == []
    half = [
        row
        for key in range(300, 340)
        for row in delivery(key, seller="van", sent=None if key % 2 else 4)
    ]
    assert found(*half) == []


def test_the_lines_of_one_order_are_one_slip() -> None:
    order = [
        flow(FlowKind.ORDER, "s", "b", 100, days_ago=80, order=key, document="PO-1")
        for key in (400, 401, 402)
    ]
    lines = [delivery(key, sent=None) for key in (400, 401, 402)]
    assert found(*order, *own(*lines)) == []


def test_registered_consignment_is_left_out() -> None:
    odd = own(*(delivery(key, sent=None) for key in (400, 401, 402)))
    assert found(*odd, exempt=(("b", "s"),)) == []


def test_received_before_it_was_sent() -> None:
    (finding,) = found(*own(delivery(400, sent=-3), delivery(401, sent=-4), delivery(402, sent=-2)))
    assert (finding.code, finding.facts["orders"]) == ("receipt_before_despatch", 3)


def test_dirt_that_everyone_has_is_nobody_s_fraud() -> None:
    dirty = [row for key in range(500, 560) for row in delivery(key, seller=f"s{key % 4}", sent=-3)]
    assert found(*dirty, *own(delivery(400, sent=-3), delivery(401, sent=-3))) == []


def test_one_despatch_note_for_two_deliveries_weeks_apart() -> None:
    twice = [*delivery(400, note="D-9", ago=40), *delivery(401, note="D-9", ago=70)]
    (finding,) = found(*own(twice))
    assert (finding.code, finding.severity) == ("despatch_reused", "high")
    assert (finding.facts["days"], finding.facts["amount_minor"]) == (30, 100)


def test_a_note_with_many_lines_of_one_day_is_one_delivery() -> None:
    lines = [*delivery(400, note="D-9", ago=40), *delivery(401, note="D-9", ago=40)]
    assert found(*own(lines)) == []


def test_goods_that_come_ever_later_behind_their_invoices() -> None:
    before = [row for n in range(6) for row in delivery(300 + n, ago=150 + n, came=0)]
    late = [row for n in range(6) for row in delivery(310 + n, ago=60 + n, came=-30, sent=None)]
    (finding,) = [one for one in found(*before, *late) if one.code == "receipts_lag"]
    assert (finding.facts["days"], finding.facts["usual_days"]) == (30, 0)
    assert finding.facts["amount_minor"] == 600


def test_an_empty_chain() -> None:
    assert check(snapshot_of(), policy=DEFAULT_POLICY) == ()
