from risk.facts import RequestFact
from risk.signals.values import REQUEST_WITHOUT_NEED_PPM, Signals, need_minor, signals_data


def asked(need: int | None, amount: int) -> int | None:
    request = RequestFact("party:1", amount, "receivable")
    return Signals(need_minor=need).asking(request).request_need_ppm


def test_need_is_backlog_cost_times_the_cycle_over_a_year() -> None:
    assert need_minor(backlog_cost_minor=3_650_000, cycle_days=60) == 600_000
    assert need_minor(backlog_cost_minor=1_000, cycle_days=1) == 3
    assert need_minor(backlog_cost_minor=1_000, cycle_days=-5) == 0


def test_a_request_is_measured_against_the_need() -> None:
    assert asked(1_000_000, 1_120_000) == 1_120_000
    assert asked(None, 500) is None


def test_money_asked_for_without_an_order_behind_it() -> None:
    assert asked(0, 500) == REQUEST_WITHOUT_NEED_PPM
    assert asked(0, 0) == 0


def test_without_a_request_there_is_nothing_to_measure() -> None:
    before = Signals(need_minor=10).asking(RequestFact("party:1", 5, "receivable"))
    assert before.asking(None) == Signals(need_minor=10)
    assert signals_data(before)["request_minor"] == 5
