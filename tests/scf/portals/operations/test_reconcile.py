"""对账: entries left, the equation always in view."""

from scf.simulator.bank.values import Incoming
from tests.support.desks import Desks, words


def test_everything_applied_says_so(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("ops").get("/operations/reconcile/"))
    assert "托管户" in text
    assert "0.00" in text


def test_money_of_an_unknown_sender_waits_for_a_person(desks: Desks) -> None:
    stranger = Incoming(amount_minor=12_345_678, name="无名氏", account="6222999", text="货款")
    desks.world.bank_day(incoming=[stranger])
    text = words(desks.client("ops").get("/operations/reconcile/"))
    assert "无名氏" in text
    assert "123,456.78" in text


def test_other_desks_are_kept_out(desks: Desks) -> None:
    assert desks.client("A").get("/operations/reconcile/").status_code == 403
