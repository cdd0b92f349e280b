"""Keeping secrets and personal data out of the logs. Pure."""

import re
from collections.abc import MutableMapping
from typing import Any

REMOVED = "[removed]"
SECRET_KEYS = re.compile(
    r"pass(word|wd)?$|secret|token|cookie|authorization|credential|private|api_?key", re.IGNORECASE
)
PERSONAL_KEYS = re.compile(
    r"(account|card|phone|mobile|id)_(number|no)$|^(iban|email|phone|mobile|address|legal_representative|user_agent)$",
    re.IGNORECASE,
)
LOGIN_IN_URL = re.compile(r"(?<=://)[^/@\s]+(?=@)")
QUERY_VALUE = re.compile(r"(?<==)[^&\s]+")
LONG_NUMBER = re.compile(r"(?<!\d)(\d{12,})(?!\d)")


def event_redact(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor: drop values under telling names, mask logins and account numbers."""
    return {key: value_redact(key, value) for key, value in event.items()}


def value_redact(key: str, value: object) -> object:
    """One value as it may be logged; a run of 12 or more digits keeps its last four."""
    if SECRET_KEYS.search(key) or PERSONAL_KEYS.search(key):
        return REMOVED
    if isinstance(value, dict):
        return {name: value_redact(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [value_redact(key, item) for item in value]
    if isinstance(value, str) and key == "request":
        path, mark, query = value.partition("?")
        return path + mark + QUERY_VALUE.sub(REMOVED, query)
    if isinstance(value, str):
        masked = LOGIN_IN_URL.sub(REMOVED, value)
        return LONG_NUMBER.sub(lambda found: "*" * 8 + found.group(1)[-4:], masked)
    return value
