"""The figures a verdict is made of: whole numbers, or None where nothing is known."""

from dataclasses import dataclass, fields, replace
from typing import Final

from ledger.rates import PPM
from risk.facts import RequestFact

REQUEST_WITHOUT_NEED_PPM = 1_000 * PPM


@dataclass(frozen=True, slots=True)
class Signals:
    """One firm over the last 90 days against its base. Changes are current less base.

    `*_multiple_ppm` is a ratio (1,000,000 = unchanged); `refinanced_ppm` the largest share of
    an earlier financing repaid just after new proceeds. `need_minor` is what the firm's
    confirmed orders tie up; the request is measured against it.
    """

    history_days: int | None = None
    reconciled_ppm: int | None = None
    orders_growth_ppm: int | None = None
    shipments_growth_ppm: int | None = None
    shipment_gap_ppm: int | None = None
    purchases_growth_ppm: int | None = None
    dpo_days: int | None = None
    dpo_change_days: int | None = None
    overdue_ppm: int | None = None
    overdue_payables_change_ppm: int | None = None
    dso_days: int | None = None
    dso_change_days: int | None = None
    fill_ppm: int | None = None
    returns_multiple_ppm: int | None = None
    suppliers_lost_ppm: int | None = None
    prepay_change_ppm: int | None = None
    refinanced_ppm: int | None = None
    distressed_customers_ppm: int | None = None
    need_minor: int | None = None
    request_minor: int | None = None
    request_need_ppm: int | None = None

    def asking(self, request: RequestFact | None) -> "Signals":
        """The same firm with a request (or none), measured against its need.

        A request where no order stands behind it is a thousand times too large.
        """
        if request is None:
            return replace(self, request_minor=None, request_need_ppm=None)
        return replace(
            self,
            request_minor=request.amount_minor,
            request_need_ppm=_request_need(request.amount_minor, self.need_minor),
        )


SIGNALS: Final = tuple(f.name for f in fields(Signals))


def need_minor(*, backlog_cost_minor: int, cycle_days: int) -> int:
    """Cost of confirmed orders (a year's worth) x cash conversion cycle / 365, half up."""
    return max(0, (2 * backlog_cost_minor * cycle_days + 365) // 730)


def signals_data(signals: Signals) -> dict[str, int | None]:
    """The figures as a report holds them."""
    return {name: getattr(signals, name) for name in SIGNALS}


def _request_need(request: int, need: int | None) -> int | None:
    if need is None:
        return None
    if need == 0:
        return REQUEST_WITHOUT_NEED_PPM if request > 0 else 0
    return min((request * PPM + need // 2) // need, REQUEST_WITHOUT_NEED_PPM)
