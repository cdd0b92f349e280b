"""What a limit is about, and how much room it leaves: values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """A limit's figures in minor units. Reserved is promised, exposed is out."""

    base_minor: int
    floating_minor: int
    reserved_minor: int
    exposed_minor: int

    @property
    def total_minor(self) -> int:
        """The limit itself: its base and the part that performance moves."""
        return self.base_minor + self.floating_minor

    @property
    def used_minor(self) -> int:
        """Reserved and exposed together."""
        return self.reserved_minor + self.exposed_minor

    @property
    def free_minor(self) -> int:
        """What is left; 0 where a lowered limit is already exceeded."""
        return max(0, self.total_minor - self.used_minor)


def pair_ref(*, seller_ref: str, obligor_ref: str) -> str:
    """A seller's claims on one obligor."""
    return f"{seller_ref}>{obligor_ref}"


def group_ref(name: str) -> str:
    """An obligor's whole group: its many entities are one debtor."""
    return f"group:{name}"


def subjects(*, seller_ref: str, obligor_ref: str, group_ref: str) -> dict[str, str]:
    """The three limits one sale falls under: scope -> subject."""
    return {
        "party": seller_ref,
        "pair": pair_ref(seller_ref=seller_ref, obligor_ref=obligor_ref),
        "group": group_ref,
    }
