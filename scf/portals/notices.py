"""What the lines of the inbox say: code -> sentence with the facts of the notification."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

NOTICES: Mapping[str, str | Promise] = {}


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def notice_text(code: str, facts: Mapping[str, object]) -> str:
    """The sentence for a notification in the active language; an unknown code shows itself."""
    sentence = NOTICES.get(code)
    if sentence is None:
        return _("有一件事需要您看：%(code)s") % {"code": code}
    return str(sentence) % _Facts(facts)
