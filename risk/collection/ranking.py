"""What to do about a debt, and which debt first: expected recovery less what the action costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from risk.collection.causes import CauseFound, cause_of
from risk.collection.chance import Chance, ChanceModel, expected_minor
from risk.collection.values import HORIZONS, CollectionPolicy, Debt, Debtor

LAST = HORIZONS[-1]


@dataclass(frozen=True, slots=True)
class ActionWorth:
    """An action on a debt: what comes within 60 days with it, its cost, and what it adds to
    doing nothing after its cost (minor units; negative where it is not worth it)."""

    code: str
    expected_minor: int
    cost_minor: int
    gain_minor: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A debt with its chances, its cause and its best action."""

    debt: Debt
    chance: Chance
    cause: CauseFound
    actions: tuple[ActionWorth, ...]

    @property
    def best(self) -> ActionWorth:
        """The action of greatest gain; the cheaper one where two gain the same."""
        return self.actions[0]

    @property
    def net_minor(self) -> int:
        """Expected recovery less the cost of the best action."""
        return self.best.expected_minor - self.best.cost_minor


def debt_judge(
    debt: Debt, debtor: Debtor, *, model: ChanceModel, policy: CollectionPolicy
) -> Judged:
    """Chances without any action, the cause, and every action by what it gains."""
    cause = cause_of(debt, debtor, policy=policy)
    alone = model.chance(debt, debtor)
    idle = expected_minor(debt.open_minor, alone.ppm[LAST])
    worths = []
    for rule in policy.actions:
        with_it = model.chance(debt, debtor, lift_ppm=rule.lift_ppm(cause.cause))
        comes = max(idle, expected_minor(debt.open_minor, with_it.ppm[LAST]))
        worths.append(
            ActionWorth(rule.code, comes, rule.cost_minor, comes - idle - rule.cost_minor)
        )
    ranked = sorted(worths, key=lambda one: (-one.gain_minor, one.cost_minor, one.code))
    return Judged(debt, alone, cause, tuple(ranked))


def debts_ranked(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Whom to call first: the greatest gain, then the larger debt."""
    return tuple(sorted(judged, key=lambda j: (-j.best.gain_minor, -j.debt.open_minor, j.debt.key)))
