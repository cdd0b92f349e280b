"""Two dates of one firm: both verdicts, every figure then and now, what changed in the graph."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ledger.errors import DomainError
from risk.comparing import PartnerMoved, partners_compare, reports_compare
from risk.queries.exposure import exposure_then
from risk.queries.reports import ReportRow, report_get, report_history, report_payload_get
from scf.network.values import Role, ref_id
from scf.portals.axes import AXES
from scf.portals.risk_desk.compare_lines import (
    MovedLine,
    exposure_lines,
    figure_lines,
    measure_moves,
    partner_lines,
    reason_lines,
)
from scf.portals.risk_desk.ego import EgoChip
from scf.portals.risk_desk.ego_view import partners_of
from scf.portals.risk_desk.exposure import firm_limits
from scf.portals.risk_desk.report import before_of
from scf.portals.risk_desk.report_reasons import VERDICT_TONES, flip_words
from scf.portals.risk_desk.words import LAYERS, VERDICTS, finding_word, subject_words
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view

PARTNERS_SHOWN = 20


@portal_view(role=Role.RISK)
def compare(request: PortalRequest, report_id: int) -> HttpResponse:
    """``?with=`` names the other report of the same firm; the one before it otherwise.

    The earlier of the two is always *then*. Raises ``risk.report_unknown``.
    """
    book = request.programme.book
    row = report_get(report_id=report_id, programme_ref=book)
    history = report_history(programme_ref=book, party_ref=row.party_ref)
    other = _other(request, row, history)
    choices = [one for one in history if one.id != row.id]
    context: dict[str, object] = {"row": row, "choices": choices, "other": other}
    if other is not None:
        then, now = sorted((row, other), key=lambda one: (one.as_of, one.id))
        context |= _content(request, then, now)
    return page(request, "risk/compare.html", context)


def _other(
    request: PortalRequest, row: ReportRow, history: tuple[ReportRow, ...]
) -> ReportRow | None:
    """The report asked for, else the one before, else any other; None for a firm with one."""
    asked = request.GET.get("with", "")
    if asked:
        found = next((one for one in history if str(one.id) == asked and one.id != row.id), None)
        if found is None:
            raise DomainError("risk.report_unknown", report=asked[:20])
        return found
    before = before_of(row, history)
    return before or next((one for one in history if one.id != row.id), None)


def _content(request: PortalRequest, then: ReportRow, now: ReportRow) -> dict[str, object]:
    before, after = (report_payload_get(report_id=one.id) for one in (then, now))
    compared = reports_compare(before, after)
    layer = request.GET.get("layer", "")
    layer = layer if layer in LAYERS else "invoice"
    moved, is_cut = _partners(request, then, now, layer)
    states = [one.state for one in moved]
    reasons = reason_lines(compared)
    return {
        "then": then,
        "now": now,
        "headline": headline_words(then, now),
        "days": (now.as_of - then.as_of).days,
        "sides": [
            {
                "row": one,
                "tone": VERDICT_TONES[one.verdict],
                "words": VERDICTS[one.verdict],
                "flips": flip_words(payload)[:1],
            }
            for one, payload in ((then, before), (now, after))
        ],
        "turned": [line for line in reasons if line.tone],
        "reasons": reasons,
        "figures": figure_lines(compared),
        "measures": measure_moves(compared),
        "exposure": _exposure(request, then, now),
        "findings_new": [finding_word(code) for code in compared.findings_new],
        "findings_gone": [finding_word(code) for code in compared.findings_gone],
        "layers": _layers(request, layer),
        "partners": partner_lines(moved, most=PARTNERS_SHOWN),
        "partners_new": states.count("new"),
        "partners_lost": states.count("lost"),
        "partners_moved": states.count("more") + states.count("less"),
        "is_cut": is_cut,
        "party_id": ref_id(now.party_ref),
    }


def headline_words(then: ReportRow, now: ReportRow) -> str:
    """The answer as a sentence."""
    words = AXES["verdict"]
    facts = {
        "firm": now.party_name,
        "then": words[then.verdict].text,
        "now": words[now.verdict].text,
    }
    if then.verdict == now.verdict:
        return _("%(firm)s：结论未变，仍是%(now)s") % facts
    return _("%(firm)s：从%(then)s变为%(now)s") % facts


def _partners(
    request: PortalRequest, then: ReportRow, now: ReportRow, layer: str
) -> tuple[tuple[PartnerMoved, ...], bool]:
    """All partners of the two dates; cut where there were more than can be named."""
    (before, cut_before), (after, cut_after) = (
        partners_of(
            programme_ref=request.programme.book,
            party_ref=one.party_ref,
            layer=layer,
            on=one.as_of,
        )
        for one in (then, now)
    )
    return partners_compare(before, after), cut_before or cut_after


def _exposure(request: PortalRequest, then: ReportRow, now: ReportRow) -> list[MovedLine]:
    rows = firm_limits(request, now.party_ref)
    ids = [one.id for one in rows]
    return exposure_lines(
        rows,
        exposure_then(limit_ids=ids, at=then.made_at),
        exposure_then(limit_ids=ids, at=now.made_at),
        subject_words(one.subject_ref for one in rows),
    )


def _layers(request: PortalRequest, chosen: str) -> list[EgoChip]:
    chips = []
    for layer, word in LAYERS.items():
        query = request.GET.copy()
        query["layer"] = layer
        chips.append(EgoChip(word, f"?{query.urlencode()}#graph", layer == chosen, layer))
    return chips
