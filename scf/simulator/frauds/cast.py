"""Who takes part: firms of the chain by their weight, shells set up for the purpose. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from scf.network.calendar import Roll, business_day_roll
from scf.simulator.contacts import ContactBook
from scf.simulator.draws import Draws
from scf.simulator.identity import account_number_make, phone_make, uscc_make
from scf.simulator.numbers import Numbers, numbers_start
from scf.simulator.population import NAMED_CODES
from scf.simulator.values import Chain, Firm
from scf.simulator.words import BRAND_FIRST, BRAND_SECOND, CITIES

CONTACT_FIELDS = ("legal_representative", "phone", "address")
_LARGE_SHARE, _BUSY_SHARE = 0.15, 0.4
_SHELL_WORDS = ("贸易", "供应链管理", "商务咨询", "实业", "物资")


class Cast:
    """Hands out firms, each to one case only, and remembers who hands in its own books."""

    def __init__(self, *, chain: Chain) -> None:
        self.chain = chain
        self.draws = Draws(seed=chain.spec.seed, stream="fraud cast")
        self.numbers: Numbers = numbers_start(series=4)
        self.own_books: set[str] = set()
        self.shells: list[Firm] = []
        self._contacts = ContactBook(draws=Draws(seed=chain.spec.seed, stream="shell contacts"))
        self._changed: dict[str, Firm] = {}
        self._shell_codes = count(700_001)
        free = [firm for firm in chain.suppliers if firm.code not in NAMED_CODES]
        free.sort(key=lambda firm: -firm.weight)
        large, busy = int(len(free) * _LARGE_SHARE) + 1, int(len(free) * _BUSY_SHARE) + 2
        self._large, self._busy, self._quiet = free[:large], free[large:busy], free[busy:]
        self._sellers = [firm for firm in chain.distributors if firm.code not in NAMED_CODES]
        for pool in (self._large, self._busy, self._quiet, self._sellers):
            self._shuffle(pool)

    def busy_supplier(self) -> Firm | None:
        """A supplier with many orders; None when all are taken."""
        return self._take(self._busy)

    def large_supplier(self) -> Firm | None:
        """One whose every month shows: what goes up and down with a few orders is no story."""
        return self._take(self._large) or self.busy_supplier()

    def firms(self, wanted: int, *, shell_share: float = 0.0) -> list[Firm]:
        """Suppliers, distributors and shells that trade among themselves."""
        found: list[Firm] = []
        while len(found) < wanted:
            roll = self.draws.uniform()
            pool = self._quiet if roll < 0.55 else self._sellers if roll < 0.85 else self._busy
            firm = None if self.draws.chance(shell_share) else self._take(pool)
            found.append(firm or self.shell())
        self.own_books.update(firm.code for firm in found)
        return found

    def shell(self) -> Firm:
        """A young firm outside the anchor's own ERP."""
        draws, code = self.draws, str(next(self._shell_codes))
        city, province, division = draws.pick(CITIES)
        name = draws.pick(BRAND_FIRST) + draws.pick(BRAND_SECOND) + draws.pick(_SHELL_WORDS)
        made = Firm(
            code=code,
            name=f"{city}{name}有限公司",
            role="firm",
            uscc=uscc_make(draws=draws, division=division),
            region=province,
            city=city,
            industry="批发",
            registered_date=self.chain.spec.first_date - timedelta(days=draws.between(30, 900)),
            bank_name="",
            bank_code="",
            bank_account=account_number_make(draws=draws),
            email=f"cw{code}@example.com",
            phone=phone_make(draws=draws, code=code),
        )
        (filled,) = self._contacts.fill([made])
        self.shells.append(filled)
        self.own_books.add(code)
        return filled

    def share(self, firms: Sequence[Firm], *, field: str) -> None:
        """From now on these firms have the first one's owner, telephone or address."""
        value = getattr(self.known(firms[0]), field)
        for firm in firms[1:]:
            changed = self.known(firm)
            setattr_of = {field: value}
            self._changed[firm.code] = replace(changed, **setattr_of)

    def known(self, firm: Firm) -> Firm:
        """The firm as the parties file tells of it."""
        return self._changed.get(firm.code, firm)

    def day(self, *, first: int, last: int, draws: Draws | None = None) -> date:
        """A working day between so many days before the last one."""
        ago = (draws or self.draws).between(last, first)
        return work_day(self.chain.spec.last_date - timedelta(days=ago))

    def _take(self, pool: list[Firm]) -> Firm | None:
        return pool.pop() if pool else None

    def _shuffle(self, pool: list[Firm]) -> None:
        order = self.draws.generator.permutation(len(pool)).tolist()
        pool[:] = [pool[index] for index in order]


def work_day(day: date) -> date:
    """The day, or the next working day."""
    return business_day_roll(day=day, roll=Roll.FOLLOWING)


def later(day: date, days: int) -> date:
    """So many days later, on a working day."""
    return work_day(day + timedelta(days=days))
