from ledger.values import AccountRef, Balance, Leg, Phase


def test_a_balance_reads_in_the_accounts_normal_direction() -> None:
    assert Balance(dr_posted=30, cr_posted=100, dr_pending=20, side="credit").net == 70
    assert Balance(dr_posted=30, cr_posted=100, dr_pending=20, side="credit").free == 50
    assert Balance(dr_posted=100, cr_posted=30, cr_pending=20, side="debit").net == 70
    assert Balance(dr_posted=100, cr_posted=30, cr_pending=20, side="debit").free == 50


def test_what_is_pending_to_arrive_is_not_free() -> None:
    assert Balance(cr_posted=100, cr_pending=50, side="credit").free == 100


def test_legs_that_resolve_name_no_accounts() -> None:
    assert Leg.post(7).phase is Phase.POST
    assert (Leg.post(7, 30).amount, Leg.post(7, 30).pending_id) == (30, 7)
    assert Leg.void(7).phase is Phase.VOID
    pending = Leg.pending(AccountRef("available", "CNY"), AccountRef("hold", "CNY"), 5)
    assert (pending.phase, pending.pending_id) == (Phase.PENDING, None)


def test_an_account_knows_the_side_on_which_it_grows() -> None:
    assert AccountRef("bank.escrow", "CNY").side == "debit"
    assert AccountRef("available", "CNY", "party:1").side == "credit"
