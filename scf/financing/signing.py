"""What the obligor signs, and how anyone can check it offline (Ed25519, RFC 8032). Pure.

The statement is canonical JSON: sorted keys, no spaces, UTF-8. Its SHA-256 is the content
hash, and the signature is over the statement's bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ledger.errors import DomainError


def canonical_json(content: Mapping[str, Any]) -> str:
    """One text for one content, whatever the order of its keys."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _vault(secret: str) -> Fernet:
    derived = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=b"huoshui", info=b"obligor-key"
    ).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def key_make(*, secret: str) -> tuple[str, bytes]:
    """A new key pair: (public key in hex, private key encrypted under ``secret``)."""
    private = Ed25519PrivateKey.generate()
    return private.public_key().public_bytes_raw().hex(), _vault(secret).encrypt(
        private.private_bytes_raw()
    )


def statement_sign(*, content: Mapping[str, Any], sealed_key: bytes, secret: str) -> str:
    """Signature in hex over the canonical statement; raises ``financing.key_unusable``."""
    try:
        private = Ed25519PrivateKey.from_private_bytes(_vault(secret).decrypt(sealed_key))
    except InvalidToken as error:
        raise DomainError("financing.key_unusable") from error
    return private.sign(canonical_json(content).encode()).hex()


def statement_verify(*, content: Mapping[str, Any], public_key: str, signature: str) -> bool:
    """True when the signature is the key's over exactly this content."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(bytes.fromhex(signature), canonical_json(content).encode())
    except InvalidSignature:
        return False
    return True
