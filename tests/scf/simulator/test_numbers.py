from __future__ import annotations

from datetime import date

from scf.simulator.numbers import invoice_no_make, numbers_start


def test_an_e_invoice_number_has_twenty_digits_and_tells_year_and_region() -> None:
    numbers = numbers_start(series=0)
    first = invoice_no_make(
        numbers=numbers, invoice_date=date(2026, 3, 16), uscc="91370200MA4JDB5A6N"
    )
    assert first == "26372000000000000001"
    assert len(first) == 20


def test_series_never_meet() -> None:
    bought, sold = numbers_start(series=0), numbers_start(series=1)
    assert next(bought.order) != next(sold.order)
    assert next(sold.order) - next(bought.order) == 100_000_000 - 0
