"""Thresholds as data: a policy is named in every report by its hash and stored with its run.

Shares and growth are in ppm (100,000 = 10%), times in days.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from ledger.errors import DomainError
from risk.canonical import canonical_bytes, sha256_hex


@dataclass(frozen=True, slots=True)
class VerdictPolicy:
    """When a firm expands, is in distress, or cannot be judged."""

    history_least_days: int = 183
    reconciled_least_ppm: int = 800_000
    orders_growth_least_ppm: int = 100_000
    shipment_gap_most_ppm: int = 100_000
    purchases_growth_above_ppm: int = 0
    dpo_rise_most_days: int = 10
    overdue_most_ppm: int = 50_000
    request_need_most_ppm: int = 1_200_000
    orders_fall_ppm: int = -150_000
    dpo_jump_days: int = 20
    overdue_payables_rise_above_ppm: int = 0
    dso_jump_days: int = 20
    fill_least_ppm: int = 850_000
    returns_multiple_ppm: int = 2_000_000
    suppliers_lost_ppm: int = 250_000
    prepay_rise_ppm: int = 50_000
    request_need_excess_ppm: int = 1_500_000
    refinanced_ppm: int = 900_000
    distressed_customers_ppm: int = 200_000
    distress_needed: int = 2


@dataclass(frozen=True, slots=True)
class SignalPolicy:
    """How the figures of a verdict are measured."""

    window_days: int = 90
    late_start_days: int = 14  # by which a firm may miss the start of its base window
    delivery_settle_days: int = 45
    payment_settle_days: int = 90
    default_lead_days: int = 30
    fill_grace_days: int = 14
    overdue_grace_days: int = 5
    orders_least: int = 6  # fewer rows in a window say nothing of growth or of habits
    partners_least: int = 20  # other firms a partner trades with before its season counts
    suppliers_least: int = 4  # fewer suppliers say nothing about suppliers lost
    returns_floor_ppm: int = 10_000  # returns below this share of receipts are noise
    cost_share_ppm: int = 800_000  # of sales, where a firm's purchases are not seen
    refinance_days: int = 7


@dataclass(frozen=True, slots=True)
class ReconcilePolicy:
    """When order, receipt, invoice and payment agree."""

    quantity_tolerance_ppm: int = 5_000
    price_tolerance_ppm: int = 5_000
    amount_tolerance_minor: int = 100
    early_invoice_days: int = 3
    receipt_wait_days: int = 10


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """When a check speaks up. Points add up to a hundred and a few; days are calendar days."""

    breaks_warn_ppm: int = 50_000
    breaks_high_ppm: int = 200_000
    spike_days: int = 30
    spike_months: int = 6
    spike_deviations_ppm: int = 3_000_000
    spike_multiple_ppm: int = 1_500_000
    spike_peers_least: int = 20
    tenor_drift_days: int = 15
    tenor_peers_least: int = 20
    group_trade_ppm: int = 100_000
    key_most_firms: int = 8  # an owner, telephone or address of more firms says nothing
    cycle_longest: int = 6
    cycle_span_days: int = 90
    cycle_band_ppm: int = 300_000
    cycle_merge_days: int = 3
    cycle_merge_most_days: int = 9
    cycle_steps: int = 10_000_000
    cycle_start_steps: int = 50_000
    cycle_rings_most: int = 200
    cycle_goods_ppm: int = 500_000  # less goods behind an invoice than this share: none
    cycle_goods_points: int = 45
    cycle_flat_points: int = 25
    cycle_flat_ppm: int = 150_000  # amounts that differ by this much are not flat at all
    cycle_related_points: int = 30
    cycle_item_points: int = 10
    cycle_turn_points: int = 15  # for each turn after the first, at most twice
    cycle_only_points: int = 20  # where a ring is all that its firms invoice each other
    cycle_warn_points: int = 45
    cycle_high_points: int = 60
    duplicate_amount_ppm: int = 100_000
    duplicate_days: int = 30
    duplicate_reach_days: int = 180
    duplicate_cover_ppm: int = 250_000
    cash_days: int = 60
    cash_intermediaries: int = 4
    cash_slack_days: int = 5  # passed on before all of it has come
    cash_share_ppm: int = 350_000
    cash_pass_ppm: int = 1_300_000  # most that may pass on of what came in; invoices are net
    cash_least_minor: int = 1_000_000
    cash_steps: int = 50_000_000
    phantom_orders_least: int = 5
    phantom_rows_least: int = 2
    phantom_chance_ppm: int = 100  # told when chance would do it less often
    phantom_grace_days: int = 1
    phantom_habit_ppm: int = 200_000
    phantom_usual_ppm: int = 700_000  # of deliveries: below it carriers are not usual
    phantom_lag_days: int = 15


@dataclass(frozen=True, slots=True)
class CasePolicy:
    """By how much more a closed case must recur to come again: usually, and found honest."""

    reopen_growth_ppm: int = 100_000
    honest_growth_ppm: int = 500_000


@dataclass(frozen=True, slots=True)
class WarningPolicy:
    """When a watched firm gives a signal; `*_high_*` is where it asks for a person today.

    A signal stands for `valid_days` after it was last seen (`daily_valid_days` where it is
    looked for every day).
    """

    valid_days: int = 30
    daily_valid_days: int = 7
    orders_cut_ppm: int = -300_000
    orders_cut_high_ppm: int = -500_000
    orders_cut_deviations_ppm: int = 1_500_000  # beyond what lumpy orders explain
    slip_months: int = 6
    slip_deviations_ppm: int = 2_000_000
    slip_deviations_high_ppm: int = 3_000_000
    slip_least_days: int = 5  # a slip of fewer days is no news, however steady the firm was
    slip_least_bills: int = 4  # paid or overdue in the stretch: of fewer, one makes the mean
    slip_floor_days: int = 1  # nobody pays to the hour: the least standard deviation
    hhi_jump_ppm: int = 200_000
    hhi_jump_high_ppm: int = 400_000
    main_buyer_ppm: int = 250_000  # of sales in the base window: a main buyer
    main_buyer_high_ppm: int = 500_000
    main_buyer_left_ppm: int = 50_000  # of its former purchases: less than this is lost
    receipts_ppm: int = 800_000
    receipts_high_ppm: int = 600_000
    neighbour_ppm: int = 50_000
    neighbour_high_ppm: int = 200_000
    neighbour_days: int = 90
    limit_use_ppm: int = 900_000
    limit_use_high_ppm: int = 1_000_000


@dataclass(frozen=True, slots=True)
class ScorePolicy:
    """When a chain has drifted from the one a card was trained on (PSI of the score)."""

    psi_warn_ppm: int = 100_000
    psi_stop_ppm: int = 250_000
    psi_least_firms: int = 100  # fewer firms always look different from many
    monitor_days: int = 28


@dataclass(frozen=True, slots=True)
class LimitPolicy:
    """How performance moves the floating part of party and pair limits.

    The part stays within `cap_ppm` of the base either way. A raise takes every condition and
    is one `raise_ppm` step a period; each new ground of a lowering costs `lower_ppm` at once.
    """

    cap_ppm: int = 200_000
    raise_ppm: int = 50_000
    lower_ppm: int = 50_000
    period_days: int = 30
    payments_least: int = 3  # fewer payments of a period's window say nothing
    payments_days: int = 180
    paid_in_time_ppm: int = 950_000
    paid_late_ppm: int = 800_000
    score_good: int = 600
    score_bad: int = 500
    score_fall: int = 40
    reconciled_good_ppm: int = 950_000
    use_least_ppm: int = 200_000
    use_most_ppm: int = 900_000


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything a run may decide by. `peers_least` is the smallest peer group compared with;
    a gate decision stands for `gate_valid_days`, an override for `override_most_days` at most.
    `card` is the application scorecard in force, as canonical JSON; blank: no scores."""

    version: str = "v1"
    verdict: VerdictPolicy = field(default_factory=VerdictPolicy)
    signals: SignalPolicy = field(default_factory=SignalPolicy)
    reconcile: ReconcilePolicy = field(default_factory=ReconcilePolicy)
    checks: CheckPolicy = field(default_factory=CheckPolicy)
    warning: WarningPolicy = field(default_factory=WarningPolicy)
    cases: CasePolicy = field(default_factory=CasePolicy)
    scores: ScorePolicy = field(default_factory=ScorePolicy)
    limits: LimitPolicy = field(default_factory=LimitPolicy)
    card: str = ""
    peers_least: int = 20
    gate_valid_days: int = 30
    override_most_days: int = 365


DEFAULT_POLICY: Final = Policy()
_PARTS: Final[Mapping[str, type]] = {
    "verdict": VerdictPolicy,
    "signals": SignalPolicy,
    "reconcile": ReconcilePolicy,
    "checks": CheckPolicy,
    "warning": WarningPolicy,
    "cases": CasePolicy,
    "scores": ScorePolicy,
    "limits": LimitPolicy,
}


def policy_data(policy: Policy) -> dict[str, Any]:
    """The policy as plain data, to store with a run."""
    return asdict(policy)


def policy_hash(policy: Policy) -> str:
    """SHA-256 of the policy's canonical bytes."""
    return sha256_hex(canonical_bytes(policy_data(policy)))


def policy_load(data: Mapping[str, Any]) -> Policy:
    """A stored policy; raises `risk.policy_invalid` when it has a field this code lacks."""
    known = {f.name for f in fields(Policy)}
    unknown = [name for name in data if name not in known]
    for part, kind in _PARTS.items():
        names = {f.name for f in fields(kind)}
        unknown += [f"{part}.{name}" for name in data.get(part, {}) if name not in names]
    if unknown:
        raise DomainError("risk.policy_invalid", names=", ".join(sorted(unknown)))
    parts = {part: kind(**data.get(part, {})) for part, kind in _PARTS.items()}
    return Policy(**{**data, **parts})
