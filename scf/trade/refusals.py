"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "trade.receivable_unknown": _("没有这笔应收款，或不在您可见的范围内。请从列表中重新选择。"),
    "trade.document_unknown": _("没有这份单据，或不在您可见的范围内。请从列表中重新选择。"),
    "trade.line_unknown": _("没有这行单据，或不在您可见的范围内。请从列表中重新选择。"),
    "trade.unit_unknown": _(
        "单位 %(unit)s 不能换算为 %(other)s。没有核对。请在来源系统中统一单位。"
    ),
}
