"""Financed cash: what comes back by a detour, what goes on honestly."""

from tests.scf.simulator.frauds.plots import plot_chain, scene


def test_cash_comes_back_to_the_borrowers_own_circle() -> None:
    told = scene(cashout=10)
    for case in told.cases:
        borrower = case.parties[0]
        received = {
            line.partner_code if line.direction == "purchase" else line.company_code
            for deal in case.deals
            for line in deal.payments
        }
        own = {borrower}
        contacts = {firm.code: firm for firm in (*told.firms(), *told.own_firms())}
        for code in case.parties[1:]:
            mine, other = contacts[borrower], contacts[code]
            shared = (
                mine.legal_representative == other.legal_representative,
                mine.phone == other.phone,
                mine.address == other.address,
            )
            own |= {code} if any(shared) else set()
        assert received & own, case
        assert any(payout.code == borrower for payout in told.payouts)
        assert case.is_fraud


def test_honest_cash_is_passed_on_for_goods() -> None:
    for kind in ("cash_pool", "trade_return"):
        told = scene(**{kind: 3})
        assert all(not case.is_fraud for case in told.cases)
        for case in told.cases:
            bought = [deal for deal in case.deals if deal.orders]
            assert bought
            assert all(deal.receipts for deal in bought if deal.invoices)


def test_no_payout_is_after_the_last_day() -> None:
    told = scene(cashout=5, cash_pool=5)
    assert all(payout.day <= plot_chain().spec.last_date for payout in told.payouts)
