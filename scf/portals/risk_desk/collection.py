"""One debt: why it is not paid, how likely it comes, what was said, and the next contact."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.operations.collections import Promised, Said
from risk.queries.collections import (
    CollectionRow,
    collection_get,
    collection_steps,
    contacts_list,
    promises_list,
)
from risk.queries.reports import report_latest
from scf.access.policy import may
from scf.journeys.collection_desk import collection_contact
from scf.network.values import Role
from scf.portals.components import Figure, Step, StepState, figure_money
from scf.portals.dates import day
from scf.portals.figures import money
from scf.portals.forms import form_refuse
from scf.portals.risk_desk.collection_words import (
    ACTIONS,
    CHANNELS,
    KINDS,
    OUTCOMES,
    STEPS,
    chances,
    factor_lines,
    reason_words,
    step_words,
)
from scf.portals.risk_desk.collections import days_words, owed_rows
from scf.portals.risk_desk.taking import owner_words
from scf.portals.risk_desk.watch_forms import ContactForm
from scf.portals.risk_desk.words import user_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

LIVE = ("open", "promised")
TONES: dict[str, StepState] = {"broken": "bad"}


@portal_view(role=Role.RISK, post=True)
def collection(request: PortalRequest, item_id: int) -> HttpResponse:
    """The debt; posted, a contact is logged, with the promise where one was given."""
    row = collection_get(programme_ref=request.programme.book, item_id=item_id)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            collection_contact(
                actor=request.actor,
                item_id=row.id,
                said=_said(form.cleaned_data),
                key=form.cleaned_data["key"],
                at=request.at,
            )
        except DomainError as error:
            form_refuse(form, error)
        else:
            messages.success(request, _("已记录联系。"))
            return redirect("risk:collection", item_id=row.id)
    return page(
        request,
        "risk/collection.html",
        _content(request, row, form),
        status=200 if request.method == "GET" else 422,
    )


def _said(data: dict[str, object]) -> Said:
    promised = None
    if isinstance(data["promised"], int) and isinstance(data["by_date"], date):
        promised = Promised(data["promised"], data["by_date"])
    return Said(
        channel=str(data["channel"]),
        who=str(data["who"]),
        outcome=str(data["outcome"]),
        note=str(data["note"]),
        next_step=str(data["next_step"]),
        next_date=data["next_date"] if isinstance(data["next_date"], date) else None,
        promised=promised,
    )


def _content(request: PortalRequest, row: CollectionRow, form: ContactForm) -> dict[str, object]:
    (one,) = owed_rows(request, [row])
    history, people = _history(row, one.owner_ref)
    mine = one.owner_ref == request.actor.ref
    is_live, is_worker = row.state in LIVE, may(request.actor, "collection.contact")
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "late": days_words(row),
        "figures": _figures(row),
        "reasons": reason_words(row),
        "factors": factor_lines(row),
        "action": ACTIONS[row.action],
        "promises": [
            one for one in reversed(promises_list(item_id=row.id)) if one.state != "replaced"
        ],
        "history": history,
        "report": report_latest(programme_ref=request.programme.book, party_ref=row.debtor_ref),
        "owner": owner_words(request, one.owner_ref, people),
        "form": form,
        "is_live": is_live,
        "is_reader": not is_worker,
        "may_contact": is_live and is_worker and (mine or not one.owner_ref),
        "take_item": f"collection:{row.id}",
    }


def _figures(row: CollectionRow) -> list[Figure]:
    first = _("原 %(sum)s") % {"sum": money(row.first_minor)}
    note = first if row.first_minor != row.open_minor else ""
    return [
        figure_money(_("未付"), row.open_minor, note=note),
        Figure(_("7 / 30 / 60 天回收率"), chances(row), note=_("什么也不做时")),
        figure_money(
            _("预计收回（减成本）"),
            row.net_minor,
            note=_("%(action)s，成本 %(cost)s")
            % {
                "action": ACTIONS[row.action],
                "cost": money(row.cost_minor),
            },
        ),
        Figure(_("到期"), day(row.due_date), note=days_words(row)),
    ]


def _history(row: CollectionRow, owner_ref: str) -> tuple[list[Step], dict[str, str]]:
    """Contacts and what happened, in one line of time."""
    steps, contacts = collection_steps(item_id=row.id), contacts_list(item_id=row.id)
    people = user_words(
        [owner_ref, *(one.by_ref for one in steps), *(one.by_ref for one in contacts)]
    )
    told = [
        (
            one.at,
            Step(
                str(STEPS[one.act]),
                TONES.get(one.act, "done"),
                one.on_date,
                step_words(one, people),
            ),
        )
        for one in steps
    ]
    for contact in contacts:
        said = [str(OUTCOMES[contact.outcome]), contact.who, contact.note]
        if contact.next_step:
            said.append(_("下一步：%(step)s") % {"step": contact.next_step})
        said.append(people.get(contact.by_ref, contact.by_ref))
        detail = " · ".join(part for part in said if part)
        told.append(
            (contact.at, Step(str(CHANNELS[contact.channel]), "done", contact.on_date, detail))
        )
    return [step for _at, step in sorted(told, key=lambda pair: pair[0])], people
