"""Numbers that identify invented firms: credit codes, bank accounts, phones. Pure."""

from __future__ import annotations

from stdnum.cn import uscc

from scf.simulator.draws import Draws

_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_DRAWN = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code_make(*, draws: Draws) -> str:
    """Nine characters with the check character of GB 11714-1997."""
    while True:
        body = "MA" + "".join(draws.pick(_ORGANISATION_DRAWN) for _ in range(6))
        total = sum(
            _ORGANISATION_ALPHABET.index(sign) * weight
            for sign, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
        )
        check = (11 - total % 11) % 11
        if check != 10:  # GB 11714 writes X; drawn again, since few registers issue it
            return body + str(check)


def uscc_make(*, draws: Draws, division: str) -> str:
    """A unified social credit code (GB 32100-2015) of a company registered in ``division``.

    ``division`` is the six-digit administrative code.
    """
    body = "91" + division + organisation_code_make(draws=draws)
    return body + uscc.calc_check_digit(body)


def account_number_make(*, draws: Draws, tail: str = "") -> str:
    """A 16-digit bank account number, ending in ``tail``."""
    return "6" + draws.digits(15 - len(tail)) + tail


def phone_make(*, draws: Draws, code: str) -> str:
    """Eleven digits that are nobody's number (none begins with 100), one for each firm code."""
    return "100" + str(draws.between(0, 99)).zfill(2) + code[-6:].zfill(6)
