"""What waits for a second person, in words and with the page where it is decided."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.network.queries import ApprovalFacts, user_names
from scf.network.values import ref_id
from scf.portals.components import Eye, four_eyes
from scf.portals.shell.session import PortalRequest

VERBS: Mapping[str, str | Promise] = {
    "series.list": gettext_lazy("挂牌等复核"),
    "series.unfreeze": gettext_lazy("解冻等复核"),
    "claim.write_off": gettext_lazy("核销等复核"),
    "claim.loss_close": gettext_lazy("亏损了结等复核"),
    "account.change": gettext_lazy("收款账户变更等复核"),
    "terms.adopt": gettext_lazy("新条款等复核"),
    "payout.approve": gettext_lazy("付款批次等复核"),
    "match.approve": gettext_lazy("入账等复核"),
    "entry.approve": gettext_lazy("入账等复核"),
}


def approval_word(verb: str) -> str | Promise:
    """What is asked; a verb that nobody named shows as it is."""
    return VERBS.get(verb, verb)


def approval_href(row: ApprovalFacts) -> str:
    """The page where the second person decides."""
    if row.verb in ("series.list", "series.unfreeze"):
        return reverse("operations:series", args=[ref_id(row.subject_ref)])
    if row.verb in ("claim.write_off", "claim.loss_close"):
        return reverse("operations:exception", args=[ref_id(row.subject_ref)])
    if row.verb == "account.change":
        return reverse("operations:party", args=[ref_id(row.subject_ref)])
    if row.verb == "terms.adopt":
        return reverse("operations:terms")
    if row.verb == "payout.approve":
        return reverse("operations:payouts")
    return reverse("operations:reconcile")


def approval_eyes(request: PortalRequest, waiting: ApprovalFacts) -> tuple[Eye, Eye, Eye]:
    """The 经办 / 复核 strip of a request that waits at the operations desk."""
    names = user_names(user_ids=[waiting.maker_id])
    return four_eyes(
        maker=names.get(waiting.maker_id, "—"),
        made_at=waiting.made_at,
        reader=request.actor.name,
        checker=_("运营复核"),
        rule=_("不能复核自己提交的"),
        reader_is_maker=waiting.maker_id == request.actor.user_id,
    )
