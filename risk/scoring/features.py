"""Which figures of an analysis a card may use: all are known on the day of the snapshot.

Nothing of a request is among them: a score is about the firm, the request is judged against
its need. Directions are given where the sense of a figure is not a matter of data.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from ledger.rates import PPM
from risk.chain.position import MeasureColumn
from risk.facts import IntArray
from risk.scoring.values import NOTHING, FeatureSpec
from risk.signals.values import Signals

FROM_SIGNALS: Final = (
    FeatureSpec("history_days", "days", -1),
    FeatureSpec("reconciled_ppm", "ppm", -1),
    FeatureSpec("orders_growth_ppm", "ppm", -1),
    FeatureSpec("shipments_growth_ppm", "ppm", -1),
    FeatureSpec("shipment_gap_ppm", "ppm", 1),
    FeatureSpec("purchases_growth_ppm", "ppm", -1),
    FeatureSpec("dpo_days", "days", 1),
    FeatureSpec("dpo_change_days", "days", 1),
    FeatureSpec("dso_days", "days", 1),
    FeatureSpec("dso_change_days", "days", 1),
    FeatureSpec("overdue_ppm", "ppm", 1),
    FeatureSpec("overdue_payables_change_ppm", "ppm", 1),
    FeatureSpec("fill_ppm", "ppm", -1),
    FeatureSpec("returns_multiple_ppm", "ppm", 1),
    FeatureSpec("suppliers_lost_ppm", "ppm", 1),
    FeatureSpec("prepay_change_ppm", "ppm", 1),
    FeatureSpec("distressed_customers_ppm", "ppm", 1),
)
FROM_POSITION: Final = (
    FeatureSpec("anchor_share", "ppm"),
    FeatureSpec("buyer_hhi", "ppm", 1),
    FeatureSpec("supplier_hhi", "ppm", 1),
    FeatureSpec("dependency", "ppm", 1),
    FeatureSpec("k_core", "count", -1),
)
FEATURES: Final = (*FROM_SIGNALS, *FROM_POSITION)


def firm_columns(
    signals: Sequence[Signals], measures: Sequence[MeasureColumn]
) -> dict[str, IntArray]:
    """Every feature of every firm; `NOTHING` where it is not known."""
    found = {spec.code: _signal(signals, spec.code) for spec in FROM_SIGNALS}
    by_code: Mapping[str, MeasureColumn] = {column.code: column for column in measures}
    for spec in FROM_POSITION:
        values = by_code[spec.code].values
        scale = 1 if spec.unit == "count" else PPM
        known = ~np.isnan(values)
        column = np.full(len(values), NOTHING, dtype=np.int64)
        column[known] = np.rint(values[known] * scale).astype(np.int64)
        found[spec.code] = column
    return found


def _signal(signals: Sequence[Signals], name: str) -> IntArray:
    values = (getattr(one, name) for one in signals)
    return np.array([NOTHING if v is None else v for v in values], dtype=np.int64)
