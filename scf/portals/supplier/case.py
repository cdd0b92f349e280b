"""Everything about one receivable that its page shows, and who may do what about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.rates import year_basis
from risk.queries.gates import GateState, gate_get
from scf.access.policy import Subject, may
from scf.financing.lifecycle import CLAIM_WITHDRAWABLE
from scf.financing.queries import QuoteFacts, claim_steps, quote_get, registrations_of
from scf.financing.terms import Terms
from scf.journeys.day_end import CONFIRM_DAYS
from scf.network.calendar import business_days_add
from scf.network.queries import ApprovalFacts, approvals_of, seats_list, user_names
from scf.network.values import Seat, party_ref
from scf.portals.components import Eye, Figure, Step, figure_money, four_eyes
from scf.portals.figures import percent
from scf.portals.life import Ahead, ahead_steps, claim_life, document_steps
from scf.portals.shell.session import PortalRequest
from scf.portals.supplier.board import Board, Line
from scf.portals.supplier.nav import open_quotes
from scf.portals.supplier.offer import Offer, offer_of_quote, offer_of_receipt
from scf.products.queries import series_steps, template_current
from scf.trade.queries_evidence import EvidenceLine
from scf.trade.values import ReceivableFacts


@dataclass(frozen=True, slots=True)
class Case:
    """One receivable with its quote, its claim's approval and the terms it is priced on."""

    line: Line
    receivable: ReceivableFacts
    quote: QuoteFacts | None
    offer: Offer | None
    terms: Terms
    approval: ApprovalFacts | None
    gate: GateState | None


def case_load(request: PortalRequest, *, board: Board, receivable: ReceivableFacts) -> Case:
    """The stored quote when there is one, else today's price."""
    line = board.lines[0]
    scope = request.scope
    quote = _quote(request, line)
    offer = None
    if quote is not None:
        offer = offer_of_quote(quote)
    elif line.receipt is not None:
        offer = offer_of_receipt(line.receipt)
    terms = (
        quote.terms
        if quote is not None
        else template_current(programme_id=scope.programme_id, kind="receivable")
    )
    approval = None
    if line.claim is not None and line.claim["state"] == "draft":
        waiting = approvals_of(subject_ref=f"claim:{line.claim['id']}")
        approval = next((one for one in waiting if one.state == "pending"), None)
    gate = None
    if line.claim is None:  # what is sold has been through the gate
        gate = gate_get(
            programme_ref=request.programme.book,
            party_ref=party_ref(receivable.supplier_id),
            on=request.business_date,
        )
    return Case(line, receivable, quote, offer, terms, approval, gate)


def _quote(request: PortalRequest, line: Line) -> QuoteFacts | None:
    if line.claim is not None:
        return quote_get(quote_id=line.claim["quote_id"], scope=request.scope)
    open_today = [quote for quote in open_quotes(request) if quote.receivable_id == line.id]
    return open_today[0] if open_today else None


def case_figures(case: Case) -> list[Figure]:
    """Face, proceeds today, residual, yearly cost; without an offer only what is known."""
    face = figure_money(_("可融资面额"), case.line.amount_minor, note=case.line.why)
    if case.offer is None:
        return [
            figure_money(_("可融资面额"), case.receivable.financeable_minor, note=case.line.why),
            figure_money(_("补齐后可融资"), case.line.open_minor),
            figure_money(_("发票价税合计"), case.receivable.face_minor),
        ]
    sold = case.line.claim is not None
    cost = case.offer.annual_cost_ppm(year_basis(case.terms.day_count))
    return [
        face,
        figure_money(
            _("出让可得") if sold else _("今日可得"),
            case.offer.proceeds_minor,
            note=_("募满交割后付款"),
        ),
        figure_money(
            _("到期返尾款"),
            case.offer.residual_minor,
            note=_("%(obligor)s足额付款时") % {"obligor": case.line.obligor_name},
        ),
        Figure(_("全年化成本"), percent(cost), unit="%", note=_("利息 + 平台费，单利")),
    ]


def case_steps(case: Case, lines: Sequence[EvidenceLine]) -> list[Step]:
    """From the order to the residual."""
    steps = document_steps(case.receivable, lines)
    if case.gate is None:
        steps.append(Step(_("风控准入"), "done"))
    elif case.gate.passed:
        until = case.gate.until
        detail = _("准入有效至 %(day)s") % {"day": until.isoformat()} if until else ""
        steps.append(Step(_("风控准入"), "done", None, detail))
    else:
        steps.append(Step(_("风控准入"), "late", "", _("在风控台手中")))
    if case.line.claim is None:
        return [*steps, *(ahead_steps("", _ahead(case)) if case.offer is not None else [])]
    history: list[Mapping[str, object]] = list(claim_steps(claim_id=case.line.claim["id"]))
    if case.line.series is not None:
        history += [
            step
            for step in series_steps(series_id=case.line.series["id"])
            if step["code"] in ("listed", "funded", "distributed")
        ]
    history.sort(key=lambda step: str(step["at"]))
    return [*steps, *claim_life(history), *ahead_steps(case.line.claim["state"], _ahead(case))]


def _ahead(case: Case) -> Ahead:
    series, since = case.line.series, case.line.since_date
    confirm_by = business_days_add(day=since, count=CONFIRM_DAYS) if since is not None else None
    return Ahead(
        obligor=case.line.obligor_name,
        confirm_by=confirm_by,
        deadline=series["deadline_date"] if series is not None else None,
        due_date=case.line.due_date,
        proceeds_minor=case.offer.proceeds_minor if case.offer is not None else 0,
        residual_minor=case.offer.residual_minor if case.offer is not None else 0,
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """Something with a number that proves a step: its name, number, and what it says."""

    label: str
    number: str
    detail: str


def case_proofs(case: Case) -> list[Proof]:
    """Claim, register numbers and series of a receivable that was sold."""
    claim = case.line.claim
    if claim is None or claim["state"] in CLAIM_WITHDRAWABLE:
        return []
    found = [Proof(_("债权"), claim["number"], "")]
    labels = {
        "registration": _("转让登记"),
        "notice": _("转让通知"),
        "deregistration": _("注销登记"),
    }
    for row in registrations_of(claim_id=claim["id"]):
        if row["kind"] in labels:
            until = row["expiry_date"]
            detail = _("至 %(day)s") % {"day": until.isoformat()} if until else ""
            found.append(Proof(labels[row["kind"]], row["number"], detail))
    if case.line.series is not None:
        found.append(Proof(_("系列"), case.line.series["number"], ""))
    return found


def may_approve(request: PortalRequest, approval: ApprovalFacts) -> bool:
    """The reader is the second pair of eyes for this sale."""
    subject = Subject(
        approval.programme_id, frozenset({approval.party_id or 0}), made_by=approval.maker_id
    )
    return may(request.actor, "quote.approve", subject)


def checkers(request: PortalRequest) -> str:
    """Names of those who may agree beside the reader, as a sentence has them."""
    names = [
        one["user"]
        for one in seats_list(scope=request.scope)
        if one["role"] == request.actor.role
        and one["seat"] in (Seat.CHECKER, Seat.SIGNER)
        and one["user"] != request.actor.name
    ]
    return _("、").join(names)


def case_eyes(request: PortalRequest, approval: ApprovalFacts) -> tuple[Eye, Eye, Eye]:
    """经办 / 复核 / 规则 of a sale that waits."""
    names = user_names(user_ids=[approval.maker_id])
    return four_eyes(
        maker=names.get(approval.maker_id, ""),
        made_at=approval.made_at,
        reader=request.actor.name,
        checker=checkers(request),
        rule=_("出让须双人"),
        reader_is_maker=approval.maker_id == request.actor.user_id,
    )
