from datetime import date, timedelta

from risk.stress.cash import cash_gaps, loss_minor, recovered_minor
from risk.stress.scenario import Scenario
from tests.risk.stress.pools import AS_OF, YEAR_LATER, pool, product

NOBODY: frozenset[str] = frozenset()


def test_paid_on_the_day_nothing_is_missing() -> None:
    assert cash_gaps(pool().products, as_of=AS_OF, failed_refs=NOBODY, scenario=Scenario()) == ()


def test_paid_thirty_days_late_the_whole_sum_is_missing_for_thirty_days() -> None:
    gap, other = cash_gaps(
        pool().products, as_of=AS_OF, failed_refs=NOBODY, scenario=Scenario(kind="late_30")
    )
    assert (gap.on_date, gap.needed_minor, gap.short_minor) == (YEAR_LATER, 9_400_000, 9_400_000)
    assert gap.covered_date == YEAR_LATER + timedelta(days=30)
    assert (gap.never_minor, other.ref) == (0, "s-2")


def test_a_failed_obligor_leaves_a_gap_that_is_never_filled() -> None:
    (gap,) = cash_gaps(
        pool().products,
        as_of=AS_OF,
        failed_refs=frozenset({"obligor-a"}),
        scenario=Scenario(kind="obligor"),
    )
    assert (gap.ref, gap.covered_date) == ("s-1", None)
    assert gap.never_minor == 9_400_000 - 4_000_000


def test_what_is_overdue_already_has_not_come_before_today() -> None:
    late = product("s", "a", due=date(2026, 3, 16))
    (gap,) = cash_gaps([late], as_of=AS_OF, failed_refs=NOBODY, scenario=Scenario())
    assert (gap.on_date, gap.covered_date) == (date(2026, 3, 16), AS_OF)


def test_a_recovery_that_covers_all_comes_late_but_comes() -> None:
    rich = product("s", "a", face=100_000_000)
    (gap,) = cash_gaps(
        [rich], as_of=AS_OF, failed_refs=frozenset({"a"}), scenario=Scenario(recovery_days=90)
    )
    assert gap.covered_date == YEAR_LATER + timedelta(days=90)


def test_money_that_comes_late_but_before_the_payment_date_is_in_time() -> None:
    early = product("s", "a", due=date(2026, 5, 1))
    moved = [
        type(early)(
            **{f: getattr(early, f) for f in early.__slots__} | {"payment_date": date(2026, 6, 15)}
        )
    ]
    assert (
        cash_gaps(moved, as_of=AS_OF, failed_refs=NOBODY, scenario=Scenario(kind="late_30")) == ()
    )
    assert (
        len(cash_gaps(moved, as_of=AS_OF, failed_refs=NOBODY, scenario=Scenario(kind="late_60")))
        == 1
    )


def test_buffer_and_interest_are_lost_before_principal() -> None:
    assert recovered_minor(product("s", "a"), Scenario()) == 4_000_000
    assert loss_minor(product("s", "a"), Scenario()) == 5_000_000
    assert loss_minor(product("s", "a"), Scenario(recovery_ppm=900_000)) == 0
