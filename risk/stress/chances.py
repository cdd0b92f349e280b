"""A firm's yearly chance of default by its verdict.

These are the house's assumptions, not fitted to losses; they are frozen with every run.
"""

from collections.abc import Mapping
from typing import Final

VERDICT_PD_PPM: Final[Mapping[str, int]] = {
    "EXPANSION": 10_000,
    "STEADY": 10_000,
    "OVERTRADING": 40_000,
    "DISTRESS": 150_000,
    "ABSTAIN": 50_000,
}
UNJUDGED_PD_PPM: Final = 50_000
ANCHOR_PD_PPM: Final = 5_000


def chance_ppm(*, is_anchor: bool, verdict: str | None) -> int:
    """The verdict's chance; the anchor is not judged by the chain."""
    if is_anchor:
        return ANCHOR_PD_PPM
    return VERDICT_PD_PPM.get(verdict or "", UNJUDGED_PD_PPM)
