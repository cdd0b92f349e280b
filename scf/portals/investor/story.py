"""A series' life as a timeline: confirmed, registered, raised, closed, paid."""

from __future__ import annotations

from django.utils.translation import gettext as _

from scf.financing.queries import claim_steps
from scf.portals.components import Step
from scf.portals.figures import money
from scf.portals.life import claim_life
from scf.products.queries import SeriesFacts, distributions_of, series_steps

# The draft and what concerns the supplier alone is not the investor's.
TOLD = frozenset(
    {"confirmed", "registered", "credit_note", "disputed", "disputed_ended", "misdirected",
     "misdirected_ended", "repurchased", "written_off"}
)  # fmt: skip


def series_life(series: SeriesFacts, *, claim_id: int, bid_permille: int) -> list[Step]:
    """What happened, where it stands, what is to come."""
    told = [step for step in claim_steps(claim_id=claim_id) if step["code"] in TOLD]
    own = [step for step in series_steps(series_id=series.id) if step["code"] != "draft"]
    steps = claim_life(sorted([*told, *own], key=lambda step: step["at"]))
    for run in distributions_of(series_id=series.id):
        paid = run["interest_minor"] + run["principal_minor"]
        steps.append(Step(_("已分配给投资人"), "done", run["business_date"], money(paid)))
    if series.state == "listed":
        share = f"{bid_permille // 10}%"
        steps.append(
            Step(
                _("募集 %(share)s") % {"share": share},
                "now",
                series.deadline_date,
                _("未满额则全部退回"),
            )
        )
    if series.state in ("listed", "funded"):
        steps.append(Step(_("款券同时交割"), "future", series.deadline_date))
    if series.state in ("listed", "funded", "issued"):
        steps.append(Step(_("付款人付款，本息到账"), "future", series.payment_date))
    return steps
