"""One-way keys of who stands behind a firm: equal where the firms share it, and nothing more.

Risk compares firms by owner, telephone and address without being told any of them. Values are
normalised first (width, case, blanks, punctuation, country codes), then hashed with a key of
this installation, so that nobody can try out names against a stored snapshot.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypedDict

from django.utils.crypto import salted_hmac

from scf.network.queries import PartyContacts

KEY_DIGITS = 16
_LEAST_PHONE_DIGITS = 7
_LEAST_ADDRESS_SIGNS = 6


class ContactKeys(TypedDict):
    owner_key: str
    phone_key: str
    address_key: str


def contact_keys(contacts: PartyContacts | None) -> ContactKeys:
    """The three keys; "" for what is not known or too short to tell firms apart."""
    if contacts is None:
        return ContactKeys(owner_key="", phone_key="", address_key="")
    return ContactKeys(
        owner_key=_key("owner", _words(contacts.legal_representative)),
        phone_key=_key("phone", _phone(contacts.phone)),
        address_key=_key("address", _address(contacts.address)),
    )


def _words(text: str) -> str:
    """Letters and digits only, in one width and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    return digits if len(digits) >= _LEAST_PHONE_DIGITS else ""


def _address(text: str) -> str:
    words = _words(text)
    return words if len(words) >= _LEAST_ADDRESS_SIGNS else ""


def _key(kind: str, value: str) -> str:
    if not value:
        return ""
    return salted_hmac(f"risk.party.{kind}", value, algorithm="sha256").hexdigest()[:KEY_DIGITS]
