"""What the refusals of the API say."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "api.no_seat": _("这个用户没有席位，或所选席位不属于他。没有改动。请联系运营台。"),
    "api.key_missing": _("缺少 Idempotency-Key 请求头。没有改动。请带上一个唯一的编号重试。"),
    "api.key_invalid": _("Idempotency-Key 须为不超过 64 个可见字符。没有改动。"),
}
