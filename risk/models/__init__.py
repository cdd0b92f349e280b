"""Tables of runs and reports, gate decisions, and limits. No foreign key leaves risk."""

from risk.models.gates import GateDecision, GateOverride
from risk.models.limits import Limit, LimitChange, LimitReservation
from risk.models.runs import Report, RiskRun, StoredPolicy, StoredSnapshot
from risk.models.views import SavedView

__all__ = [
    "GateDecision",
    "GateOverride",
    "Limit",
    "LimitChange",
    "LimitReservation",
    "Report",
    "RiskRun",
    "SavedView",
    "StoredPolicy",
    "StoredSnapshot",
]
