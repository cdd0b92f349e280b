"""One press of 同意并出让 or 提交复核: quotes are made and accepted line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.errors import DomainError
from scf.access.policy import scope_for
from scf.access.refusals import refusal_text
from scf.financing.queries import ClaimFacts, claims_list
from scf.journeys.accepting import quote_accept
from scf.journeys.quoting import quotes_make
from scf.network.values import Actor
from scf.portals.figures import money
from scf.portals.preview import Fact
from scf.portals.supplier.board import MISSING, Line
from scf.portals.words import status_word


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not sold, and why."""

    line: Line
    error: DomainError

    @property
    def text(self) -> str:
        """The refusal in words; what is missing is said as its status says it."""
        return refusal_words(self.error)


def refusal_words(error: DomainError) -> str:
    """A refusal in words, with the code of what is missing put into words too."""
    missing = error.facts.get("missing")
    if not isinstance(missing, str):
        return refusal_text(error)
    word = str(status_word("receivable", MISSING.get(missing, missing)))
    return refusal_text(DomainError(error.code, **{**error.facts, "missing": word}))


@dataclass(frozen=True, slots=True)
class Sold:
    """What became of a basket."""

    claims: Sequence[ClaimFacts]
    refused: Sequence[Refused]


def basket_facts(lines: Iterable[Line]) -> list[Fact]:
    """What the seller relies on: each receivable and what it brings today."""
    return [Fact(f"line:{line.id}", line.number, money(line.today_minor or 0)) for line in lines]


def basket_sell(*, actor: Actor, lines: Sequence[Line], key: str, at: datetime) -> Sold:
    """Sell each line by itself: one refusal leaves the others sold.

    The same ``key`` again finds the claims of the first time.
    """
    by_id = {line.id: line for line in lines}
    done = [
        claim
        for claim in claims_list(scope=scope_for(actor), receivable_ids=by_id)
        if claim.accept_key == f"{key}:{claim.receivable_id}"
    ]
    left = [line_id for line_id in by_id if line_id not in {one.receivable_id for one in done}]
    claims, refused = list(done), []
    for outcome in quotes_make(actor=actor, receivable_ids=left, at=at):
        line = by_id[outcome.receivable_id]
        try:
            if outcome.quote is None:
                raise outcome.error or DomainError("financing.quote_unknown")
            claims.append(
                quote_accept(
                    actor=actor,
                    quote_id=outcome.quote.id,
                    key=f"{key}:{line.id}",
                    consent=True,
                    at=at,
                )
            )
        except DomainError as error:
            refused.append(Refused(line, error))
    return Sold(claims, refused)
