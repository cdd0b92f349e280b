from __future__ import annotations

from tests.scf.simulator.bank.scenes import statement


def test_the_closing_balance_is_opening_plus_what_was_booked() -> None:
    assert statement().closing_minor == 150_000_000 - 93_581_346


def test_a_refused_payment_is_shown_and_moves_nothing() -> None:
    refused = [entry for entry in statement().entries if not entry.is_booked]
    assert [entry.amount_minor for entry in refused] == [-138_654]
