"""What the page of one claim shows the obligor: documents, duplicates, statement, consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ledger.queries import balances_list
from scf.financing.queries import (
    ClaimFacts,
    claim_steps,
    claims_awaiting,
    confirmation_get,
    registrations_of,
)
from scf.financing.signing import content_hash
from scf.journeys.confirming import statement_of
from scf.journeys.day_end import CONFIRM_DAYS
from scf.journeys.revoking import REVOCABLE, revocation_asked
from scf.network.calendar import business_days_add
from scf.network.queries import ApprovalFacts, approvals_of, seats_list, user_names
from scf.network.values import Seat, party_ref
from scf.portals.anchor.desk import may_here
from scf.portals.anchor.statement import statement_clauses
from scf.portals.components import (
    Consequences,
    Eye,
    Figure,
    balance_change,
    figure_money,
    four_eyes,
    leg_money,
)
from scf.portals.dates import days_away
from scf.portals.evidence import match_table
from scf.portals.life import claim_life
from scf.portals.shell.session import PortalRequest
from scf.portals.sources import sources_of
from scf.trade.queries import receivable_get, receivables_by_number
from scf.trade.queries_evidence import evidence_list
from scf.trade.values import ReceivableFacts

CONFIRM = "claim.confirm"


def pending_approval(request: PortalRequest, claim: ClaimFacts) -> ApprovalFacts | None:
    """Who prepared this statement for a signer, if anybody."""
    found = approvals_of(subject_ref=f"claim:{claim.id}")
    return next((one for one in found if one.verb == CONFIRM and one.state == "pending"), None)


def confirm_context(
    request: PortalRequest, claim: ClaimFacts, unsigned: Mapping[str, Any] | None
) -> dict[str, object]:
    """Everything for templates/anchor/confirm.html but the forms."""
    receivable = receivable_get(receivable_id=claim.receivable_id, scope=request.scope)
    lines = evidence_list(receivable=receivable)
    signed = confirmation_get(claim_id=claim.id)
    statement: Mapping[str, Any] = signed["statement"] if signed else unsigned or {}
    statement = statement or statement_of(claim=claim)
    supplier, obligor = statement["supplier"]["name"], statement["obligor"]["name"]
    approval = pending_approval(request, claim) if claim.state == "matched" else None
    waiting = claim.state == "matched"
    return {
        "claim": claim,
        "supplier": supplier,
        "obligor": obligor,
        "state": desk_state(claim, approval),
        "figures": confirm_figures(request, claim, receivable),
        "match": match_table(receivable, lines, sources=sources_of(lines)),
        "duplicates": duplicates_of(request, receivable),
        "clauses": statement_clauses(statement),
        "digest": signed["content_hash"] if signed else content_hash(statement),
        "signed": signed,
        "what": consequences_of(request, claim, supplier=supplier, obligor=obligor)
        if waiting
        else None,
        "eyes": confirm_eyes(request, approval) if approval else None,
        "approval": approval,
        "mine": approval is not None and approval.maker_id == request.actor.user_id,
        "may_prepare": waiting
        and approval is None
        and may_here(request, "claim.prepare", claim.obligor_id),
        "may_sign": approval is not None
        and may_here(request, "claim.confirm", claim.obligor_id, made_by=approval.maker_id),
        "may_refuse": waiting and may_here(request, "claim.refuse", claim.obligor_id),
        "revoke_asked": revocation_asked(claim_id=claim.id) if claim.state in REVOCABLE else None,
        "may_revoke": claim.state in REVOCABLE
        and may_here(request, "claim.revoke", claim.obligor_id),
        "signers": signers(request),
        "steps": claim_life(claim_steps(claim_id=claim.id)),
        "registrations": registrations_of(claim_id=claim.id),
    }


def desk_state(claim: ClaimFacts, approval: ApprovalFacts | None) -> str:
    """The claim's state on the axis ``confirmation``."""
    if claim.state == "matched":
        return "prepared" if approval is not None else "waiting"
    ended = {
        "refused": "refused",
        "expired": "lapsed",
        "withdrawn": "withdrawn",
        "revoked": "let_go",
        "released": "let_go",
    }
    return ended.get(claim.state, "signed")


def confirm_figures(
    request: PortalRequest, claim: ClaimFacts, receivable: ReceivableFacts
) -> list[Figure]:
    """Amount, due date, waiting, invoice."""
    on = request.business_date
    found = [
        one
        for one in claims_awaiting(programme_id=claim.programme_id, state="matched", before=None)
        if one.id == claim.id
    ]
    figures = [
        figure_money(_("确权金额"), claim.face_minor, note=receivable.item_name),
        Figure(_("付款日"), claim.due_date.isoformat(), note=days_away(claim.due_date, on=on)),
        figure_money(_("发票价税合计"), receivable.face_minor, note=receivable.invoice_number),
    ]
    if found:
        last = business_days_add(day=found[0].since_date, count=CONFIRM_DAYS)
        figures.append(
            Figure(
                _("最迟确权"),
                last.isoformat(),
                note=_("已等 %(days)s 天") % {"days": (on - found[0].since_date).days},
                tone="amber" if (on - found[0].since_date).days > 1 else "",
            )
        )
    return figures


def duplicates_of(request: PortalRequest, receivable: ReceivableFacts) -> list[dict[str, object]]:
    """Other receivables whose normalised number is the same."""
    rows: Sequence[ReceivableFacts] = receivables_by_number(
        programme_id=receivable.programme_id, number_keys=[receivable.number_key]
    ).get(receivable.number_key, [])
    scope = request.scope.party_ids
    return [
        {
            "number": row.invoice_number,
            "date": row.invoice_date,
            "amount_minor": row.face_minor,
            "same_supplier": row.supplier_id == receivable.supplier_id,
        }
        for row in rows
        if row.id != receivable.id and (scope is None or row.obligor_id in scope)
    ]


def consequences_of(
    request: PortalRequest, claim: ClaimFacts, *, supplier: str, obligor: str
) -> Consequences:
    """The journal of step 3: the obligor owes, the supplier is entitled."""
    owed = sum(
        balance.net
        for _ref, balance in balances_list(
            book=request.programme.book, code="obligor", owner=party_ref(claim.obligor_id)
        )
    )
    owes = _("%(name)s 所欠") % {"name": obligor}
    entitled = _("%(name)s 享有债权") % {"name": supplier}
    return Consequences(
        legs=(
            leg_money(
                owes, entitled, claim.face_minor, debit_note="obligor", credit_note="entitled"
            ),
        ),
        changes=(
            balance_change(
                _("%(name)s 已确权未付") % {"name": obligor}, owed, owed + claim.face_minor
            ),
        ),
        undo=_("签署后不能单方撤回；放款之前双方同意可以解除。货物问题走贷项，不改面额。"),
        title=_("签署后会过的账"),
    )


def confirm_eyes(request: PortalRequest, approval: ApprovalFacts) -> tuple[Eye, Eye, Eye]:
    """经办 / 签署 / 规则."""
    names = user_names(user_ids=[approval.maker_id])
    return four_eyes(
        maker=names.get(approval.maker_id, ""),
        made_at=approval.made_at,
        reader=request.actor.name,
        checker=signers(request),
        rule=_("签署须另一人并再输密码"),
        reader_is_maker=approval.maker_id == request.actor.user_id,
    )


def signers(request: PortalRequest) -> str:
    """Names of those who may sign."""
    return _("、").join(
        one["user"]
        for one in seats_list(scope=request.scope)
        if one["role"] == request.actor.role and one["seat"] == Seat.SIGNER
    )
