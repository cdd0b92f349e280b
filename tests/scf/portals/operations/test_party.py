"""One firm: a change of account passes through two people on this page."""

import re

from scf.network.queries import bank_account_primary
from tests.support.desks import Desks, hidden, words

FORM = {
    "act": "submit",
    "bank_name": "算例二行",
    "number": "6222 0212 3456 7890 123",
    "checked": "回电总机",
}


def test_a_change_is_proposed_checked_and_logged(desks: Desks) -> None:
    party_id = desks.world.party("supplier")
    url = f"/operations/parties/{party_id}/"
    maker, checker = desks.client("ops"), desks.client("ops2")
    page = maker.get(url)
    name = re.search(r'name="holder_name" value="([^"]+)"', page.content.decode())
    assert name is not None
    form = {**FORM, "key": hidden(page, "key"), "holder_name": name.group(1)}
    assert "等另一人复核" in words(maker.post(url, form, follow=True))
    assert "所以这里没有同意的按钮" in words(maker.get(url))
    seen = checker.get(url)
    assert "同意改付到 ····0123" in words(seen)
    assert "收款账户变更等复核" in words(checker.get("/operations/"))
    answer = {
        "act": "approve",
        "approval": hidden(seen, "approval"),
        "hash": hidden(seen, "hash"),
        "key": hidden(seen, "key"),
    }
    assert "账户已变更" in words(checker.post(url, answer, follow=True))
    assert bank_account_primary(party_id=party_id).number == "6222021234567890123"
    assert "6222021234567890123" not in checker.get(url).content.decode()


def test_another_name_is_refused_with_the_reason(desks: Desks) -> None:
    url = f"/operations/parties/{desks.world.party('supplier')}/"
    client = desks.client("ops")
    form = {**FORM, "key": hidden(client.get(url), "key"), "holder_name": "别家公司"}
    answer = client.post(url, form)
    assert answer.status_code == 409
    assert "户名须与企业名称一致" in words(answer)


def test_a_check_is_recorded_by_a_checker(desks: Desks) -> None:
    url = f"/operations/parties/{desks.world.party('supplier')}/"
    assert b'value="kyb"' not in desks.client("ops").get(url).content
    client = desks.client("ops2")
    form = {"act": "kyb", "key": hidden(client.get(url), "key"), "state": "rejected"}
    assert "未通过" in words(client.post(url, form, follow=True))
