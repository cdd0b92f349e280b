"""A state axis as a table: which state may follow which. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.errors import DomainError


@dataclass(frozen=True, slots=True)
class Axis:
    """``table`` maps every state to the states that may follow; an empty set is an end."""

    name: str
    start: str
    table: Mapping[str, frozenset[str]]

    def check(self, *, current: str, to: str) -> str:
        """``to`` when the step is allowed; raises ``network.transition_refused``."""
        if to not in self.table.get(current, frozenset()):
            raise DomainError("network.transition_refused", axis=self.name, current=current, to=to)
        return to

    def sources(self, to: str) -> frozenset[str]:
        """The states from which ``to`` can be reached in one step."""
        return frozenset(state for state, after in self.table.items() if to in after)

    def ends(self) -> frozenset[str]:
        """States after which nothing happens any more."""
        return frozenset(state for state, after in self.table.items() if not after)


def axis(name: str, start: str, table: Mapping[str, str]) -> Axis:
    """An axis from lines such as ``"draft": "listed cancelled"``; unknown states raise ValueError."""
    parsed = {state: frozenset(after.split()) for state, after in table.items()}
    unknown = {state for after in parsed.values() for state in after} - parsed.keys()
    if unknown or start not in parsed:
        raise ValueError(f"{name}: states without a line: {sorted(unknown) or start}")
    return Axis(name=name, start=start, table=parsed)
