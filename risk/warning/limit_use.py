"""Limits that are nearly used up."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.rates import PPM
from risk.policy import WarningPolicy
from risk.warning.values import PPM_MOST, Sign, Signal, severity_of, signs_sorted


@dataclass(frozen=True, slots=True)
class LimitUse:
    """A limit as it stands: what it is about, and how much of it is used, in minor units."""

    limit_id: int
    scope: str
    subject_ref: str
    currency: str
    total_minor: int
    used_minor: int


def limit_use(limits: Iterable[LimitUse], *, policy: WarningPolicy) -> tuple[Sign, ...]:
    """One sign a limit that is used above the policy's share.

    A pair's sign is the seller's. Use of a limit that was lowered to nothing is past any share.
    """
    signs = []
    for limit in limits:
        if limit.used_minor <= 0:
            continue
        share = PPM_MOST
        if limit.total_minor > 0:
            share = min(limit.used_minor * PPM // limit.total_minor, PPM_MOST)
        if share <= policy.limit_use_ppm:
            continue
        signs.append(
            Sign(
                party_ref=limit.subject_ref.split(">")[0],
                signal=Signal.LIMIT_USE,
                subject=f"{limit.scope}:{limit.subject_ref}:{limit.currency}",
                severity=severity_of(share >= policy.limit_use_high_ppm),
                unit="ppm",
                value=share,
                threshold=policy.limit_use_ppm,
                valid_days=policy.daily_valid_days,
                facts={
                    "limit_id": limit.limit_id,
                    "scope": limit.scope,
                    "limit": limit.subject_ref,
                    "used_minor": limit.used_minor,
                    "total_minor": limit.total_minor,
                },
            )
        )
    return signs_sorted(signs)
