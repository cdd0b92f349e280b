from risk.process_flows import ProcessFigures, Step, process_figures

USUAL = [
    (Step.ORDERED, "2018-01-02"),
    (Step.VENDOR_INVOICE, "2018-01-10"),
    (Step.RECEIVED, "2018-01-16"),
    (Step.INVOICED, "2018-01-17"),
    (Step.CLEARED, "2018-03-08"),
]


def figures(*purchases: list[tuple[Step, str]]) -> ProcessFigures:
    return process_figures(purchases)


def test_a_purchase_in_its_usual_order() -> None:
    assert figures(USUAL) == ProcessFigures(purchases=1, complete=1)


def test_invoiced_and_paid_for_goods_that_never_came() -> None:
    without = [step for step in USUAL if step[0] is not Step.RECEIVED]
    assert figures(without) == ProcessFigures(
        purchases=1, invoiced_unreceived=1, cleared_unreceived=1
    )


def test_paid_before_the_goods_and_billed_before_the_order() -> None:
    early = [(Step.CLEARED, "2018-01-03"), (Step.VENDOR_INVOICE, "2018-01-01"), *USUAL]
    assert figures(early) == ProcessFigures(
        purchases=1, complete=1, cleared_unreceived=1, invoice_before_order=1
    )


def test_an_order_of_which_nothing_came_yet() -> None:
    assert figures(USUAL[:1], []) == ProcessFigures(purchases=2)
