"""A pool small enough to check by hand."""

from dataclasses import replace
from datetime import date

from risk.stress.facts import FirmRisk, Product, StressFacts

AS_OF = date(2026, 3, 18)
YEAR_LATER = date(2027, 3, 18)


def firm(ref: str, *, pd_ppm: int = 0, sector: str = "", group: str = "") -> FirmRisk:
    return FirmRisk(ref, ref.title(), sector, group, pd_ppm)


def product(
    ref: str,
    obligor: str,
    *,
    face: int = 10_000_000,
    principal: int = 9_000_000,
    interest: int = 400_000,
    due: date = YEAR_LATER,
    holders: tuple[tuple[str, int], ...] = (("party:i1", 60), ("party:i2", 40)),
) -> Product:
    return Product(ref, ref.upper(), obligor, "mill", face, principal, interest, due, due, holders)


def pool() -> StressFacts:
    """Face 100,000.00 and principal 90,000.00 each. With 40% recovered, investors get
    40,000.00 of 90,000.00: 50,000.00 is lost on either. The mill sells to both obligors."""
    firms = (
        firm("mill", sector="steel"),
        replace(firm("obligor-a", pd_ppm=100_000), is_anchor=True),
        firm("obligor-b", pd_ppm=50_000),
    )
    return StressFacts(
        as_of=AS_OF,
        snapshot_hash="3f9a" * 16,
        firms=firms,
        products=(
            product("s-1", "obligor-a"),
            product("s-2", "obligor-b", holders=(("party:i2", 100),)),
        ),
        trade=((0, 1, 600), (0, 2, 400)),
    )
