"""One limit and its change: proposed, seen with its consequences, answered by another."""

from typing import Any

from risk.queries.limits import LimitRow, limit_changes_list, limits_list
from scf.network.values import party_ref
from tests.support.desks import Desks, hidden, words


def own(desks: Desks) -> LimitRow:
    ref = party_ref(desks.world.party("supplier"))
    return limits_list(programme_ref=desks.world.programme.book, party_ref=ref)[0]


def propose(desks: Desks, key: str = "risk", base: str = "2,000,000.00") -> Any:
    client, url = desks.client(key), f"/risk/limits/{own(desks).id}/"
    form = {"key": hidden(client.get(url), "key"), "base": base, "floating": "-100,000.00"}
    return client.post(url, {**form, "reason": "连续按期"}, follow=True)


def change_url(desks: Desks) -> str:
    rows = limit_changes_list(programme_ref=desks.world.programme.book, waiting_only=True)
    return f"/risk/limits/changes/{rows[0].id}/"


def test_the_page_says_what_uses_the_limit(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    text = words(desks.client("risk").get(f"/risk/limits/{own(desks).id}/"))
    assert "还可用 99,062,800.00" in text
    assert claim.number in text


def test_a_change_takes_two_people(desks: Desks) -> None:
    assert "等另一人复核" in words(propose(desks))
    text = words(desks.client("risk2").get(change_url(desks)))
    assert "连续按期" in text
    assert "1,900,000.00" in text
    done = desks.client("risk2").post(change_url(desks), {"act": "approve"}, follow=True)
    assert "新额度已生效" in words(done)
    assert (own(desks).base_minor, own(desks).floating_minor) == (200_000_000, -10_000_000)


def test_the_maker_cannot_answer_and_a_refusal_needs_a_reason(desks: Desks) -> None:
    propose(desks, "risk2")
    url = change_url(desks)
    assert b'value="approve"' not in desks.client("risk2").get(url).content
    assert desks.client("risk2").post(url, {"act": "approve"}).status_code == 409
    assert own(desks).base_minor == 10_000_000_000


def test_sent_back_the_limit_stays(desks: Desks) -> None:
    propose(desks)
    url = change_url(desks)
    assert desks.client("risk2").post(url, {"act": "decline"}).status_code == 409
    done = desks.client("risk2").post(url, {"act": "decline", "reason": "再看一季"}, follow=True)
    assert "原额度不变" in words(done)
    assert own(desks).base_minor == 10_000_000_000


def test_a_negative_limit_is_refused(desks: Desks) -> None:
    assert "额度无效" in words(propose(desks, base="50,000.00"))


def test_another_programme_finds_nothing(desks: Desks) -> None:
    propose(desks)
    other = Desks.make(code="rival")
    assert other.client("risk2").post(change_url(desks), {"act": "approve"}).status_code == 404
    assert other.client("risk").get(f"/risk/limits/{own(desks).id}/").status_code >= 400
