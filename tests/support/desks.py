"""The worked example's world with people logged in at its desks, for tests of pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

from django.contrib.auth import get_user_model
from django.test import Client

from scf.access.policy import scope_for
from scf.financing.queries import ClaimFacts, claim_get
from scf.journeys.accepting import ACCEPT, quote_accept, quote_accept_approve
from scf.journeys.assessing import risk_assess_now
from scf.journeys.checking import claim_check
from scf.journeys.quoting import quotes_make
from scf.network.queries import approvals_pending
from scf.products.queries import SeriesFacts
from scf.simulator.worked.gate import gate_open
from scf.simulator.worked.life import INVOICE, claim_from, issued, listed, money_leaves
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import BIDS, FACE, TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make

PASSWORD = "deep water 926"


@dataclass
class Desks:
    """A programme on a Tuesday; ``client("supplier2")`` is that person's browser."""

    world: World

    @classmethod
    def make(cls, code: str = "desks") -> Desks:
        return cls(world_make(code=code, start=TUESDAY))

    def client(self, key: str) -> Client:
        """A client logged in as this person, past the login throttle."""
        user = get_user_model().objects.get(pk=self.world.actors[key].user_id)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def password_set(self, key: str) -> str:
        """Give this person a known password."""
        user = get_user_model().objects.get(pk=self.world.actors[key].user_id)
        user.set_password(PASSWORD)
        user.save()
        return PASSWORD

    def papers(self, number: str = INVOICE, face_minor: int = FACE, days: int = TENOR) -> int:
        """Documents that agree; the receivable's id."""
        return papers_deliver(
            world=self.world,
            number=number,
            gross_minor=face_minor,
            due_date=self.world.today + timedelta(days=days),
        )

    def sellable(self, number: str = INVOICE, face_minor: int = FACE) -> int:
        """The same with an open gate."""
        receivable_id = self.papers(number, face_minor)
        world = self.world
        risk_assess_now(programme_id=world.programme_id, as_of=world.today, at=world.at)
        gate_open(world=world)
        return receivable_id

    def submitted(self, number: str = INVOICE) -> ClaimFacts:
        """The maker has agreed, the second person has not."""
        receivable_id = self.sellable(number)
        maker = self.world.actors["supplier"]
        quote = quotes_make(actor=maker, receivable_ids=[receivable_id], at=self.world.at)[0].quote
        assert quote is not None
        return quote_accept(
            actor=maker, quote_id=quote.id, key=f"k{quote.id}", consent=True, at=self.world.at
        )

    def at_the_obligor(self, number: str = INVOICE) -> ClaimFacts:
        """Both have agreed and the checks ran: it waits for the obligor's word."""
        claim = self.submitted(number)
        checker = self.world.actors["supplier2"]
        waiting = approvals_pending(scope=scope_for(checker), verb=ACCEPT)[-1]
        quote_accept_approve(
            actor=checker,
            approval_id=waiting.id,
            content_hash=waiting.content_hash,
            at=self.world.at,
        )
        claim_check(claim_id=claim.id, at=self.world.at)
        return claim_get(claim_id=claim.id)

    def paid_out(self) -> SeriesFacts:
        """Sold, issued, and the proceeds at the supplier's bank."""
        claim = claim_from(world=self.world, receivable_id=self.sellable())
        series = issued(world=self.world, series=listed(world=self.world, claim=claim), bids=BIDS)
        money_leaves(world=self.world)
        return series


def words(response: object) -> str:
    """The text of a page without its tags, blanks collapsed."""
    html = response.content.decode()  # type: ignore[attr-defined]
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain)))


def hidden(response: object, name: str) -> str:
    """The value of a hidden field of the page."""
    html = response.content.decode()  # type: ignore[attr-defined]
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', html) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', html
    )
    assert found is not None, f"no hidden field {name}"
    return unescape(found.group(1))
