"""The two ways to fail: a refusal somebody can act on, and a broken invariant nobody should ever see."""

from __future__ import annotations


class DomainError(Exception):
    """A refusal: nothing was done. `code` is "room.word"; `facts` fill the translated sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code} ({told})" if told else self.code


class InvariantViolated(Exception):
    """Something that cannot be true is true: a fault of ours, never of the user's."""
