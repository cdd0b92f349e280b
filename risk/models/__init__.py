"""Tables of runs and reports, gate decisions, and limits. No foreign key leaves risk."""

from risk.models.cases import (
    Case,
    CaseDecision,
    CaseEvent,
    CaseEvidence,
    CaseParty,
    KnownHonest,
    PartyBlock,
)
from risk.models.collections import CollectionEvent, CollectionItem, Contact, Promise
from risk.models.gates import GateDecision, GateOverride
from risk.models.limits import Limit, LimitChange, LimitReservation
from risk.models.ownership import DeskOwner, DeskOwnerEvent
from risk.models.runs import Report, RiskRun, StoredPolicy, StoredSnapshot
from risk.models.scores import ScoreCard, ScoreMonitor
from risk.models.shards import RunShard
from risk.models.stress import StressRun
from risk.models.views import SavedView
from risk.models.warnings import Warning, WarningEvent

__all__ = [
    "Case",
    "CaseDecision",
    "CaseEvent",
    "CaseEvidence",
    "CaseParty",
    "CollectionEvent",
    "CollectionItem",
    "Contact",
    "DeskOwner",
    "DeskOwnerEvent",
    "GateDecision",
    "GateOverride",
    "KnownHonest",
    "Limit",
    "LimitChange",
    "LimitReservation",
    "PartyBlock",
    "Promise",
    "Report",
    "RiskRun",
    "RunShard",
    "SavedView",
    "ScoreCard",
    "ScoreMonitor",
    "StoredPolicy",
    "StoredSnapshot",
    "StressRun",
    "Warning",
    "WarningEvent",
]
