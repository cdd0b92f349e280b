"""The bank's statements show every payout to its firm's own account."""

from scf.imports.parsers.bank_csv import bank_csv_parse
from scf.simulator.frauds.statements import payout_statements
from tests.scf.simulator.frauds.plots import scene


def test_statements_prove_themselves_and_hold_each_payout() -> None:
    told = scene(cashout=4)
    accounts = {firm.code: firm.bank_account for firm in told.firms()}
    paid: list[tuple[str, int]] = []
    for name, content in payout_statements(scene=told):
        (statement,) = bank_csv_parse(content=content)
        assert statement.difference_minor == 0
        assert name == f"{statement.from_date:%Y%m%d}.csv"
        paid += [
            (entry.counterparty_account, -entry.amount_minor)
            for entry in statement.entries
            if entry.amount_minor < 0
        ]
    assert sorted(paid) == sorted((accounts[p.code], p.amount_minor) for p in told.payouts)
