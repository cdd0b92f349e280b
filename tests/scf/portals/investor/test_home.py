"""首页: what do I hold, what comes back, is any late?"""

from tests.support.desks import Desks, words


def test_a_holder_sees_cost_and_what_comes(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("A").get("/investor/"))
    assert "持有 1 期，没有迟付" in text
    assert "500,000.00" in text
    assert "未来 26 周到账" in text


def test_another_desk_is_kept_out(desks: Desks) -> None:
    assert desks.client("supplier").get("/investor/").status_code == 403
