"""One claim: prepared by one, signed by another with the password typed again, checked offline."""

import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from scf.financing.queries import ClaimFacts, claim_get
from tests.support.desks import Desks, hidden, words


def act(desks: Desks, key: str, claim: ClaimFacts, what: str, **fields: str) -> object:
    client = desks.client(key)
    page = client.get(f"/anchor/confirm/{claim.id}/")
    form = {"act": what, **fields}
    if what != "refuse":
        form = {"key": hidden(page, "key"), "preview": hidden(page, "preview"), **form}
    return client.post(f"/anchor/confirm/{claim.id}/", form)


def prepared(desks: Desks) -> ClaimFacts:
    claim = desks.at_the_obligor()
    act(desks, "anchor", claim, "prepare")
    return claim


def test_the_statement_is_shown_in_full_before_it_is_signed(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    text = words(desks.client("anchor").get(f"/anchor/confirm/{claim.id}/"))
    for clause in (
        "放弃抵销权",
        "货物已验收",
        "付到其他账户不算清偿",
        "没有收到这笔应收款转让或质押的通知",
    ):
        assert clause in text
    assert "核对无误，提交签署" in text
    assert "没有同号发票" in text


def test_signing_needs_the_password_again(desks: Desks) -> None:
    claim = prepared(desks)
    desks.password_set("anchor2")
    response = act(desks, "anchor2", claim, "sign", password="wrong", consent="on")
    assert "签署前请再次输入密码" in words(response)
    assert claim_get(claim_id=claim.id).state == "matched"


def test_the_signed_statement_is_checked_without_us(desks: Desks) -> None:
    claim = prepared(desks)
    password = desks.password_set("anchor2")
    act(desks, "anchor2", claim, "sign", password=password, consent="on")
    assert claim_get(claim_id=claim.id).state == "confirmed"
    body = json.loads(
        desks.client("anchor").get(f"/anchor/confirm/{claim.id}/statement.json").content
    )
    canonical = json.dumps(
        body["statement"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    assert hashlib.sha256(canonical).hexdigest() == body["content_hash"]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(body["public_key"]))
    key.verify(bytes.fromhex(body["signature"]), canonical)
    with pytest.raises(InvalidSignature):
        key.verify(bytes.fromhex(body["signature"]), canonical + b" ")


def test_the_maker_has_no_button_to_sign(desks: Desks) -> None:
    claim = prepared(desks)
    text = words(desks.client("anchor").get(f"/anchor/confirm/{claim.id}/"))
    assert "须由另一位签署人签署，所以这里没有签署的按钮" in text
    assert "签署确权" not in text


def test_sending_back_needs_a_reason_and_frees_the_invoice(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    assert act(desks, "anchor", claim, "refuse", reason="").status_code == 422  # type: ignore[attr-defined]
    act(desks, "anchor", claim, "refuse", reason="数量有争议")
    assert claim_get(claim_id=claim.id).state == "refused"


def test_a_statement_that_changed_since_is_not_signed(desks: Desks) -> None:
    claim = prepared(desks)
    password = desks.password_set("anchor2")
    client = desks.client("anchor2")
    page = client.get(f"/anchor/confirm/{claim.id}/")
    form = {"act": "sign", "key": hidden(page, "key"), "preview": "0" * 64}
    response = client.post(
        f"/anchor/confirm/{claim.id}/", {**form, "password": password, "consent": "on"}
    )
    assert "没有签署。请重新看过声明" in words(response)
    assert claim_get(claim_id=claim.id).state == "matched"


def test_an_unsigned_claim_has_no_statement_to_download(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    response = desks.client("anchor").get(f"/anchor/confirm/{claim.id}/statement.json")
    assert response.status_code == 404


def test_the_page_costs_a_fixed_number_of_queries(
    desks: Desks, django_assert_max_num_queries: object
) -> None:
    claim = desks.at_the_obligor()
    client = desks.client("anchor")
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get(f"/anchor/confirm/{claim.id}/")
