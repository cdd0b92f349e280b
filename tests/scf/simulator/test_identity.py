from __future__ import annotations

from stdnum.cn import uscc

from scf.simulator.draws import Draws
from scf.simulator.identity import (
    account_number_make,
    organisation_code_make,
    phone_make,
    uscc_make,
)


def test_credit_codes_pass_their_check_character() -> None:
    draws = Draws(seed=1, stream="codes")
    codes = {uscc_make(draws=draws, division="370200") for _ in range(300)}
    assert len(codes) == 300
    for code in codes:
        assert uscc.validate(code) == code
        assert code.startswith("91370200MA")


def test_a_mistyped_credit_code_is_told() -> None:
    code = uscc_make(draws=Draws(seed=2, stream="codes"), division="370200")
    swapped = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert not uscc.is_valid(swapped)


def test_organisation_codes_end_in_a_check_digit() -> None:
    code = organisation_code_make(draws=Draws(seed=3, stream="codes"))
    assert len(code) == 9
    assert code[-1].isdigit()


def test_account_numbers_have_sixteen_digits_and_keep_a_wanted_tail() -> None:
    draws = Draws(seed=4, stream="accounts")
    plain, tailed = account_number_make(draws=draws), account_number_make(draws=draws, tail="4471")
    assert plain.isdigit()
    assert len(plain) == len(tailed) == 16
    assert tailed.endswith("4471")


def test_phones_are_of_a_range_nobody_has() -> None:
    draws = Draws(seed=5, stream="phones")
    phones = {phone_make(draws=draws, code=str(code)) for code in range(200_001, 200_101)}
    assert len(phones) == 100
    assert all(phone.startswith("100") and len(phone) == 11 for phone in phones)
