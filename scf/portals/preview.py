"""Confirm with consequences: what was seen is what is posted, else the post is refused.

The page puts ``preview_token(facts)`` into the form. On the post the view gathers the same facts
anew and calls ``preview_differences``: an empty answer means nothing has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing

from ledger.errors import DomainError

SALT = "huoshui.preview"
MAX_AGE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a person relies on: a key that stays, words, and the value as shown."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is no longer what was seen; an empty side means it was not there."""

    key: str
    label: str
    seen: str
    now: str


def preview_token(facts: Sequence[Fact], *, subject: str) -> str:
    """A signed record of what is shown, bound to ``subject`` (such as ``quote:12:user:5``)."""
    body = {"subject": subject, "facts": [[one.key, one.label, one.value] for one in facts]}
    return signing.dumps(body, salt=SALT, compress=True)


def preview_differences(
    token: str, facts: Sequence[Fact], *, subject: str
) -> tuple[Difference, ...]:
    """What changed since the token was made.

    Raises DomainError("access.preview_expired") for a token that is too old, foreign or forged.
    """
    try:
        body = signing.loads(token, salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature as error:
        raise DomainError("access.preview_expired") from error
    if body["subject"] != subject:
        raise DomainError("access.preview_expired")
    seen = {key: Fact(key, label, value) for key, label, value in body["facts"]}
    now = {one.key: one for one in facts}
    found = []
    for key in [*now, *(key for key in seen if key not in now)]:
        old, new = seen.get(key), now.get(key)
        if old is None or new is None or old.value != new.value:
            named = new or old
            found.append(
                Difference(
                    key,
                    named.label if named else "",
                    old.value if old else "",
                    new.value if new else "",
                )
            )
    return tuple(found)
