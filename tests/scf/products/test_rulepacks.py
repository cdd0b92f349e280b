"""The Chinese rule pack: qualified institutions, 200 holders, 6 months (12 with a reason)."""

from datetime import date

import pytest

from ledger.errors import DomainError
from scf.network.values import InvestorClass
from scf.products.rulepacks import holders_check, investor_check, rule_pack_get, tenor_check

CN = rule_pack_get(code="cn")


def test_only_qualified_institutions_may_buy() -> None:
    investor_check(pack=CN, investor_class=InvestorClass.QUALIFIED_INSTITUTION)
    with pytest.raises(DomainError) as refused:
        investor_check(pack=CN, investor_class=InvestorClass.RETAIL)
    assert refused.value.code == "products.investor_not_eligible"


def test_the_two_hundred_and_first_holder_is_refused() -> None:
    holders_check(pack=CN, holders=200)
    with pytest.raises(DomainError) as refused:
        holders_check(pack=CN, holders=201)
    assert refused.value.facts["cap"] == 200


def test_six_calendar_months_and_twelve_with_a_reason() -> None:
    start = date(2026, 3, 18)
    tenor_check(pack=CN, start=start, due=date(2026, 9, 18))
    with pytest.raises(DomainError):
        tenor_check(pack=CN, start=start, due=date(2026, 9, 19))
    tenor_check(pack=CN, start=start, due=date(2027, 3, 18), reason="seasonal stock")
    with pytest.raises(DomainError):
        tenor_check(pack=CN, start=start, due=date(2027, 3, 19), reason="seasonal stock")


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(DomainError):
        rule_pack_get(code="atlantis")
