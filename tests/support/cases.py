"""A suspicion at the worked example's supplier, as a run would record it."""

from __future__ import annotations

from risk.casework import CaseDraft
from risk.findings import Evidence
from risk.operations.cases import Seen, cases_record
from risk.policy import DEFAULT_POLICY
from risk.queries.cases import CaseRow, cases_list
from risk.queries.reports import run_latest
from scf.network.values import Role, Scope, party_ref
from scf.simulator.worked.world import World
from scf.trade.queries import receivables_list
from scf.trade.queries_evidence import evidence_list


def case_open(world: World, *, subject: str = "made", amount_minor: int = 94_000_000) -> CaseRow:
    """Invoices of the supplier that nothing was delivered for. Needs a run and a receivable."""
    book, run = world.programme.book, run_latest(programme_ref=world.programme.book)
    assert run is not None
    firm = party_ref(world.party("supplier"))
    draft = CaseDraft(
        kind="phantom_delivery",
        subject=f"phantom_delivery:{subject}",
        parties=(firm,),
        severity="high",
        amount_minor=amount_minor,
        facts={"not_received": {"broken_minor": amount_minor, "rows": 1}},
        evidence=_evidence(world),
    )
    seen = Seen(book, run.id, run.as_of, DEFAULT_POLICY.cases, world.at)
    cases_record(seen=seen, drafts=[draft], names={firm: "算例注塑"})
    return next(case for case in cases_list(programme_ref=book) if case.subject == draft.subject)


def _evidence(world: World) -> tuple[Evidence, ...]:
    scope = Scope(world.programme_id, Role.RISK, None)
    receivable = receivables_list(scope=scope)[0]
    return tuple(
        Evidence(line.kind, line_id(line.document_id), line.number, line.on_date.isoformat(), line.amount_minor)
        for line in evidence_list(receivable=receivable)
    )  # fmt: skip


def line_id(document_id: int) -> int:
    """The first current line of a document."""
    from scf.trade.models import DocumentLine

    rows = DocumentLine.objects.filter(version__document_id=document_id).order_by(
        "-version_id", "pk"
    )
    return rows[0].pk
