"""对账: whose money is this? Entries left; proposals, open items, preview and signatures right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from ledger.values import AccountRef, Phase
from scf.access.policy import may
from scf.journeys.banking import statement_acknowledge, statement_receive
from scf.journeys.reconcile_desk import EntryWorkbench, MatchPreview, entry_workbench, match_preview
from scf.journeys.reconciling import APPROVE, allocation_undo, match_decide, match_propose
from scf.network.queries import ApprovalFacts, approvals_pending, parties_get
from scf.network.values import Role
from scf.portals.components import (
    Consequences,
    Figure,
    PreviewLeg,
    Problem,
    balance_change,
    figure_count,
    figure_money,
)
from scf.portals.equation import equation_of
from scf.portals.figures import count, money
from scf.portals.forms import posted_id
from scf.portals.operations.forms import ConfirmForm, ReasonForm
from scf.portals.operations.reconcile_words import (
    exception_word,
    hold_word,
    kind_word,
    reason_text,
    rule_word,
)
from scf.portals.operations.tasks_view import approval_eyes
from scf.portals.refuse import problem_of
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.words import account_word
from scf.settlement.queries import applied_by_rule, entries_list, statements_list
from scf.settlement.queries.statements import EntryFacts
from scf.settlement.values import MatchLine, OpenItem

MOST_ENTRIES = 60
MOST_ITEMS = 40
CHIPS = ("unallocated", "exception", "allocated", "all")


@portal_view(role=Role.OPERATIONS, post=True)
def reconcile(request: PortalRequest) -> HttpResponse:
    """One entry at a time; posting proposes, signs, undoes, or takes a statement in."""
    problem: Problem | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        try:
            if act is None:
                raise DomainError("access.denied")
            messages.success(request, act(request))
            return redirect(_next_href(request))
        except DomainError as error:
            problem = problem_of(error)
    shown = request.GET.get("show", "unallocated")
    shown = shown if shown in CHIPS else "unallocated"
    entries = _entries(request, shown)
    chosen = _chosen(request, entries)
    content = _bench(request, chosen) if chosen is not None else {}
    return page(
        request,
        "operations/reconcile.html",
        {
            **content,
            "problem": problem,
            "entries": entries[:MOST_ENTRIES],
            "shown": shown,
            "chosen": chosen,
            "figures": _figures(request),
            "rules": [
                (rule_word(rule), number, minor)
                for rule, number, minor in applied_by_rule(
                    scope=request.scope, on_date=request.business_date
                )
            ],
            "held": [
                {"one": one, "why": hold_word(one.hold_code)}
                for one in statements_list(scope=request.scope, state="held")
            ],
            "statements": statements_list(scope=request.scope)[:8],
            "form": ConfirmForm(),
            "why": ReasonForm(),
            "may_work": may(request.actor, "entry.propose"),
        },
        status=200 if problem is None else 409,
    )


def _entries(request: PortalRequest, shown: str) -> list[EntryFacts]:
    if shown == "exception":
        return entries_list(scope=request.scope, exceptions=True, limit=MOST_ENTRIES)
    if shown == "all":
        return entries_list(scope=request.scope, limit=MOST_ENTRIES)
    rows = entries_list(scope=request.scope, state=shown, limit=MOST_ENTRIES)
    if shown == "unallocated":
        rows += entries_list(scope=request.scope, state="partly", limit=MOST_ENTRIES)
    return rows


def _chosen(request: PortalRequest, entries: Sequence[EntryFacts]) -> EntryFacts | None:
    wanted = request.GET.get("entry", "") or request.POST.get("entry", "")
    found = next((one for one in entries if str(one.id) == wanted), None)
    return found or (entries[0] if entries else None)


def _next_href(request: PortalRequest) -> str:
    show = request.GET.get("show", "unallocated")
    return f"{reverse('operations:reconcile')}?show={show if show in CHIPS else 'unallocated'}"


def _bench(request: PortalRequest, chosen: EntryFacts) -> Mapping[str, Any]:
    bench = entry_workbench(scope=request.scope, entry_id=chosen.id)
    payers = parties_get(
        party_ids=[item.party_id for item in bench.items]
        + ([bench.payer_id] if bench.payer_id else [])
    )
    names = {key: party.short_name for key, party in payers.items()}
    waiting = _waiting(request, bench)
    lines = _lines(request, bench)
    return {
        "bench": bench,
        "exception": exception_word(chosen.exception_code) if chosen.exception_code else "",
        "picked": request.GET.getlist("item"),
        "payer": names.get(bench.payer_id or 0, ""),
        "proposals": [
            {
                "index": index,
                "rule": rule_word(one.rule),
                "unique": one.is_unique,
                "amount": one.amount_minor,
                "reasons": [reason_text(reason) for reason in one.reasons],
                "lines": [_line_text(line, bench.items) for line in one.lines],
                "on": str(index) == request.GET.get("proposal", "0"),
            }
            for index, one in enumerate(bench.proposals)
        ],
        "items": [
            {
                "item": item,
                "value": f"{item.kind}|{item.ref}|{item.party_id}",
                "kind": kind_word(item.kind),
                "payer": names.get(item.party_id, ""),
                "mine": item.party_id == bench.payer_id,
            }
            for item in sorted(bench.items, key=lambda item: item.party_id != bench.payer_id)
        ][:MOST_ITEMS],
        "what": _consequences(request, chosen, lines),
        "allocations": [
            {"one": one, "kind": kind_word(one.kind)}
            for one in bench.allocations
            if one.undone_at is None
        ],
        "waiting": waiting,
        "waiting_lines": [
            _line_text(MatchLine(**line), bench.items) for line in waiting.payload["lines"]
        ]
        if waiting
        else [],
        "eyes": approval_eyes(request, waiting) if waiting else None,
        "may_check": waiting is not None
        and waiting.maker_id != request.actor.user_id
        and may(request.actor, APPROVE),
    }


def _line_text(line: MatchLine, items: Sequence[OpenItem]) -> str:
    item = next((one for one in items if (one.kind, one.ref) == (line.kind, line.ref)), None)
    label = item.label if item else line.ref
    return f"{kind_word(line.kind)} · {label} · {money(line.amount_minor)}"


def _lines(request: PortalRequest, bench: EntryWorkbench) -> tuple[MatchLine, ...]:
    """What is chosen: a proposal, open items ticked by hand, or the payer's account."""
    source = request.POST if request.method == "POST" else request.GET
    picked = source.getlist("item")
    left = bench.entry.open_minor
    if picked:
        chosen = {f"{item.kind}|{item.ref}|{item.party_id}": item for item in bench.items}
        lines = []
        for value in picked:
            item = chosen.get(value)
            if item is None or left <= 0:
                continue
            amount = min(left, item.residual_minor)
            lines.append(MatchLine(item.kind, item.ref, item.party_id, amount))
            left -= amount
        return tuple(lines)
    if source.get("to") in ("deposit", "on_account") and bench.payer_id:
        ref = f"party:{bench.payer_id}"
        return (MatchLine(str(source["to"]), ref, bench.payer_id, left),)
    index = source.get("proposal", "0")
    number = int(index) if index.isdecimal() else 0
    return bench.proposals[number].lines if number < len(bench.proposals) else ()


def _consequences(
    request: PortalRequest, chosen: EntryFacts, lines: tuple[MatchLine, ...]
) -> Consequences | None:
    if not lines or chosen.journal_id is None or not chosen.open_minor:
        return None
    try:
        preview = match_preview(scope=request.scope, entry_id=chosen.id, lines=lines, at=request.at)
    except DomainError:
        return None
    return _preview_shown(preview)


def _preview_shown(preview: MatchPreview) -> Consequences:
    legs = tuple(
        PreviewLeg(
            account_word(line.debit.code),
            account_word(line.credit.code),
            money(line.amount) if line.asset_scale == 2 else count(line.amount),
            debit_note=line.debit.asset,
            credit_note=line.credit.asset,
        )
        for journal in preview.journals
        for line in journal.lines
        if line.phase in (Phase.POSTED, Phase.POST)
    )
    changes = tuple(
        balance_change(_account_text(ref), before, after)
        for ref, before, after in preview.balances
        if not ref.asset.startswith("U:")
    )
    return Consequences(legs=legs, changes=changes, undo=_("分配之前可以撤销；分配后只能更正。"))


def _account_text(ref: AccountRef) -> str:
    return f"{account_word(ref.code)} {ref.asset.partition('.')[2]}".strip()


def _waiting(request: PortalRequest, bench: EntryWorkbench) -> ApprovalFacts | None:
    submitted = {f"match:{one.id}" for one in bench.matches if one.state == "submitted"}
    rows = approvals_pending(scope=request.scope, verb=APPROVE)
    return next((row for row in rows if row.subject_ref in submitted), None)


def _figures(request: PortalRequest) -> list[Figure]:
    book = equation_of(request.programme)
    rest = book.difference_minor
    waiting = entries_list(scope=request.scope, state="unallocated")
    return [
        figure_count(_("待处理流水"), len(waiting)),
        figure_money(_("未分配"), book.unallocated_minor),
        figure_money(
            _("托管户余额"),
            book.escrow_minor,
            note=_("= 欠各方 + 未分配 + 在途 + 费用，差 %(rest)s") % {"rest": money(rest)},
            tone="" if rest == 0 else "red",
        ),
        figure_count(_("等复核"), len(approvals_pending(scope=request.scope, verb=APPROVE))),
    ]


def _propose(request: PortalRequest) -> str:
    entry_id = posted_id(request, "entry")
    bench = entry_workbench(scope=request.scope, entry_id=entry_id)
    match_propose(
        actor=request.actor,
        entry_id=entry_id,
        lines=_lines(request, bench),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("已提交复核，等另一人签署后过账。")


def _decide(request: PortalRequest, *, approve: bool) -> None:
    match_decide(
        actor=request.actor,
        approval_id=posted_id(request, "approval"),
        approve=approve,
        content_hash=request.POST.get("hash", ""),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )


def _approve(request: PortalRequest) -> str:
    _decide(request, approve=True)
    return _("已过账。")


def _refuse(request: PortalRequest) -> str:
    _decide(request, approve=False)
    return _("已退回经办，没有过账。")


def _undo(request: PortalRequest) -> str:
    allocation_undo(
        actor=request.actor,
        allocation_id=posted_id(request, "allocation"),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("已撤销，款项回到未分配。")


def _upload(request: PortalRequest) -> str:
    found = request.FILES.get("statement")
    if found is None:
        raise DomainError("settlement.file_empty")
    result = statement_receive(
        programme_id=request.programme.id,
        filename=found.name or "",
        content=found.read(),
        actor=request.actor,
        at=request.at,
    )
    new = sum(one.entries_new for one in result.statements)
    held = [one.hold_code for one in result.statements if one.state == "held"]
    if held:
        return _("对账单已收下但暂存：不平或缺前一张。请在下面处理。")
    return _("对账单已入账，新流水 %(n)s 笔。") % {"n": new}


def _acknowledge(request: PortalRequest) -> str:
    statement_acknowledge(
        actor=request.actor,
        statement_id=posted_id(request, "statement"),
        reason=request.POST.get("reason", ""),
        at=request.at,
    )
    return _("已确认，对账单入账。")


ACTS: Mapping[str, Callable[[PortalRequest], str]] = {
    "propose": _propose,
    "approve": _approve,
    "refuse": _refuse,
    "undo": _undo,
    "upload": _upload,
    "acknowledge": _acknowledge,
}
