"""Suspicions recorded without the checks, for tests of what people do with them."""

from risk.casework import CaseDraft
from risk.findings import Evidence
from risk.models import RiskRun
from risk.operations.cases import Seen, case_follow_owner, cases_record
from risk.policy import DEFAULT_POLICY
from risk.queries.cases import CaseRow, cases_list
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import AT, PROGRAMME, run_started

RING = "circular_trade:party:2,party:3"
MAKER, CHECKER = "user:1", "user:2"


def draft(
    amount: int = 1_000, *, subject: str = RING, severity: str = "high", row: int = 7
) -> CaseDraft:
    return CaseDraft(
        kind="circular_trade",
        subject=subject,
        parties=("party:2", "party:3"),
        severity=severity,
        amount_minor=amount,
        facts={"ring": {"amount_minor": amount}},
        evidence=(Evidence("invoice", row, f"INV-{row}", "2026-03-01", amount),),
    )


def seen_by(run_id: int) -> Seen:
    return Seen(PROGRAMME, run_id, AS_OF, DEFAULT_POLICY.cases, AT)


def record(*drafts: CaseDraft, run_id: int | None = None) -> tuple[int, int, int]:
    """Recorded by a run of its own."""
    names = {"party:2": "望川铜材", "party:3": "北屿线束"}
    return cases_record(
        seen=seen_by(run_started() if run_id is None else run_id), drafts=drafts, names=names
    )


def case() -> CaseRow:
    (found,) = cases_list(programme_ref=PROGRAMME)
    return found


def run_latest_id() -> int:
    return RiskRun.objects.order_by("-pk")[0].pk


def investigated(amount: int = 1_000) -> CaseRow:
    """A case that somebody looks into."""
    record(draft(amount))
    case_follow_owner(
        programme_ref=PROGRAMME, case_id=case().id, act="taken", by=MAKER, text="", at=AT
    )
    return case()
