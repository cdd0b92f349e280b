"""What is supposed to happen, as data: named with every result, checked before a run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from ledger.errors import DomainError
from ledger.rates import PPM

KINDS: Final = ("base", "late_30", "late_60", "sector", "top_firm", "logistics", "obligor")
DRAWS_MOST: Final = 100_000
SEED_MOST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question to a pool.

    `kind` says what breaks: nothing (base), everybody pays late, a sector sells less, the
    firm with the highest ESRI stops, nothing is delivered for a while, or an obligor (with
    its group) does not pay. The assumptions that hold in all of them:

    `correlation_ppm` of firms' fortunes through one common factor; `recovery_ppm` of a
    claim's face that a defaulted obligor still pays, `recovery_days` after the due date;
    `contagion_ppm`: how much of a firm's lost output turns into chance of default.
    """

    kind: str = "base"
    sector: str = ""
    fall_ppm: int = 300_000
    party_ref: str = ""
    stop_days: int = 30
    correlation_ppm: int = 150_000
    recovery_ppm: int = 400_000
    recovery_days: int = 180
    contagion_ppm: int = 500_000
    draws: int = 10_000
    seed: int = 20_260_318

    @property
    def late_days(self) -> int:
        """How many days after its due date every claim is paid, default aside."""
        return {"late_30": 30, "late_60": 60, "logistics": self.stop_days}.get(self.kind, 0)


def scenario_check(scenario: Scenario) -> Scenario:
    """The scenario as it is; raises `risk.scenario_invalid` with the field that is wrong."""
    shares = ("fall_ppm", "recovery_ppm", "contagion_ppm")
    bad = [name for name in shares if not 0 <= getattr(scenario, name) <= PPM]
    if not 0 <= scenario.correlation_ppm <= 990_000:
        bad.append("correlation_ppm")
    if scenario.kind not in KINDS:
        bad.append("kind")
    if not 100 <= scenario.draws <= DRAWS_MOST:
        bad.append("draws")
    if not 0 <= scenario.seed <= SEED_MOST:
        bad.append("seed")
    if not (0 <= scenario.recovery_days <= 3_650 and 1 <= scenario.stop_days <= 365):
        bad.append("days")
    if scenario.kind == "sector" and not scenario.sector:
        bad.append("sector")
    if scenario.kind == "obligor" and not scenario.party_ref:
        bad.append("party_ref")
    if bad:
        raise DomainError("risk.scenario_invalid", names=", ".join(bad))
    return scenario


def scenario_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data, to store with a run."""
    return asdict(scenario)


def scenario_load(data: Mapping[str, Any]) -> Scenario:
    """A stored scenario; raises `risk.scenario_invalid` for a field this code lacks."""
    known = {one.name for one in fields(Scenario)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise DomainError("risk.scenario_invalid", names=", ".join(unknown))
    return scenario_check(Scenario(**data))
