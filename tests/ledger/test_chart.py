import pytest
from django.db import connection

from ledger.chart import CHART, account_code, asset_family
from ledger.errors import DomainError


@pytest.mark.django_db
def test_the_database_opens_accounts_by_the_same_chart() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT family, code, side, limited, is_hot FROM ledger.chart()")
        rows = set(cursor.fetchall())
    assert rows == {
        (entry.family, entry.code, entry.side, entry.limited, entry.hot) for entry in CHART
    }


def test_only_the_escrow_mirror_may_have_a_debit_balance_in_client_money() -> None:
    money = [entry for entry in CHART if entry.family == "currency"]
    assert [entry.code for entry in money if entry.side == "debit"] == ["bank.escrow"]
    assert all(entry.limited for entry in CHART if entry.code != "bank.escrow")


@pytest.mark.parametrize(
    ("asset", "family"),
    [
        ("CNY", "currency"),
        ("CNY.claim", "claim"),
        ("CNY.yield", "yield"),
        ("CNY.recourse", "recourse"),
        ("CNY.rebate", "rebate"),
        ("U:7", "unit"),
    ],
)
def test_an_asset_code_tells_its_family(asset: str, family: str) -> None:
    assert asset_family(asset) == family


@pytest.mark.parametrize("asset", ["", "CNY.gold", ".claim", "CNY."])
def test_an_asset_of_no_family_is_refused(asset: str) -> None:
    with pytest.raises(DomainError, match=r"ledger\.asset_unknown"):
        asset_family(asset)


def test_a_code_belongs_to_its_family_only() -> None:
    assert account_code(code="entitled", asset="CNY.recourse").side == "credit"
    with pytest.raises(DomainError, match=r"ledger\.account_unknown"):
        account_code(code="entitled", asset="CNY")
