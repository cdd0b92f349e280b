"""A series' history for the operations desk: claim and series steps in one line of time."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from scf.financing.queries import claim_steps
from scf.portals.components import Step, StepState
from scf.portals.figures import money
from scf.portals.life import claim_life
from scf.products.queries import SeriesFacts, distributions_of, series_steps


def history_of(found: SeriesFacts, *, on: date) -> list[Step]:
    """Everything that happened, oldest first, and what is to come."""
    # The series' own draft says nothing that the claim's history does not.
    own = [row for row in series_steps(series_id=found.id) if row["code"] != "draft"]
    rows = [*claim_steps(claim_id=found.claim_id), *own]
    steps = claim_life(sorted(rows, key=lambda row: row["at"]))
    for run in distributions_of(series_id=found.id):
        paid = run["interest_minor"] + run["principal_minor"]
        said = _("投资人 %(paid)s，余款 %(rest)s") % {
            "paid": money(paid),
            "rest": money(run["residual_minor"]),
        }
        steps.append(Step(_("已分配给投资人"), "done", run["business_date"], said))
    if found.state == "listed":
        steps.append(Step(_("募集截止"), "now", found.deadline_date))
    if found.state in ("listed", "funded", "issued", "impaired"):
        state: StepState = "late" if found.payment_date < on else "future"
        steps.append(Step(_("付款人付款"), state, found.payment_date, money(found.face_minor)))
    return steps
