"""A refusal as the error box shows it: what happened, its code, what is unchanged, what to do."""

from __future__ import annotations

import re

from django.utils.functional import Promise

from ledger.errors import DomainError
from scf.access.refusals import refusal_text
from scf.portals.components import Problem

_FIRST = re.compile(r"^(.+?)(?:[。！？]|[.!?](?=\s|$))\s*", re.DOTALL)


def problem_of(
    error: DomainError, *, href: str = "", link: str | Promise = "", reference: str = ""
) -> Problem:
    """The first sentence is the headline; the rest says what is unchanged and what to do."""
    title, detail = sentence_split(refusal_text(error))
    return Problem(title, code=error.code, detail=detail, href=href, link=link, reference=reference)


def sentence_split(text: str) -> tuple[str, str]:
    """(first sentence without its stop, the rest)."""
    found = _FIRST.match(text)
    if found is None:
        return text, ""
    return found.group(1), text[found.end() :]
