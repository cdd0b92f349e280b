"""A signature covers exactly one statement, and the private key never lies about in the clear."""

import json

import pytest

from ledger.errors import DomainError
from scf.financing.signing import (
    canonical_json,
    content_hash,
    key_make,
    statement_sign,
    statement_verify,
)

SECRET = "a secret of the test"
STATEMENT = {"claim": "CL-0001", "amount_minor": 100_000_000, "set_off_waived": True, "到期": "是"}


def test_sign_and_verify() -> None:
    public, sealed = key_make(secret=SECRET)
    signature = statement_sign(content=STATEMENT, sealed_key=sealed, secret=SECRET)
    assert statement_verify(content=STATEMENT, public_key=public, signature=signature)
    reordered = dict(reversed(STATEMENT.items()))
    assert statement_verify(content=reordered, public_key=public, signature=signature)


def test_one_fen_more_and_the_signature_fails() -> None:
    public, sealed = key_make(secret=SECRET)
    signature = statement_sign(content=STATEMENT, sealed_key=sealed, secret=SECRET)
    altered = {**STATEMENT, "amount_minor": 100_000_001}
    assert not statement_verify(content=altered, public_key=public, signature=signature)


def test_another_secret_does_not_open_the_key() -> None:
    _, sealed = key_make(secret=SECRET)
    with pytest.raises(DomainError) as refused:
        statement_sign(content=STATEMENT, sealed_key=sealed, secret="another")
    assert refused.value.code == "financing.key_unusable"


def test_the_canonical_text_is_json_and_its_hash_is_stable() -> None:
    assert json.loads(canonical_json(STATEMENT)) == STATEMENT
    assert content_hash(STATEMENT) == content_hash(dict(reversed(STATEMENT.items())))
