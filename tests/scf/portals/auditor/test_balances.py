"""账户余额: every account as of a day, and its statement."""

import re

from tests.support.desks import Desks, words


def test_accounts_and_their_statements(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("auditor")
    page = client.get("/auditor/balances/")
    assert "托管户" in words(page)
    href = re.search(r'href="(/auditor/account/\?[^"]+)"', page.content.decode())
    assert href is not None
    assert client.get(href.group(1).replace("&amp;", "&")).status_code == 200


def test_before_anything_happened_nothing_stands(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("auditor").get("/auditor/balances/?as_of=2020-01-01"))
    assert "935,813.46" not in text
