"""What waits on the desk, in words: its kind, why, and where it is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from risk.queries.desk_items import QueueItem
from scf.network.values import ref_id
from scf.portals.axes import AXES
from scf.portals.risk_desk.collection_words import ACTIONS
from scf.portals.risk_desk.warning_words import SIGNALS, figure
from scf.portals.risk_desk.words import GRANTS, SCOPES, TESTS, Text, finding_word

ITEM_KINDS: Mapping[str, Text] = {
    "case": _l("案件"),
    "override": _l("越权等复核"),
    "limit": _l("额度调整等复核"),
    "failed": _l("未通过"),
    "referred": _l("待人工判断"),
    "warning": _l("预警"),
    "collection": _l("催收"),
}
CASE_KINDS: Mapping[str, Text] = {
    "circular_trade": _l("循环交易"),
    "three_flows": _l("三流不一致"),
    "volume_spike": _l("开票量突增"),
    "self_trade": _l("自我交易"),
    "duplicate_financing": _l("重复融资"),
    "cash_out": _l("套现"),
    "phantom_delivery": _l("虚假发货"),
}
CASE_OUTCOMES: Mapping[str, Text] = {
    "confirmed_fraud": _l("确认欺诈"),
    "false_alarm": _l("误报"),
    "explained": _l("已解释"),
    "referred": _l("移交外部"),
}


def case_kind(kind: str) -> Text:
    """A case's kind in words; a check that is not named here shows under its own name."""
    return CASE_KINDS.get(kind, kind)


def codes_said(codes: Iterable[str]) -> str:
    """What was found, in words, once each."""
    return _("、").join(dict.fromkeys(str(finding_word(code)) for code in codes))


def item_href(item: QueueItem) -> str:
    """Where it is decided: a case, a proposed limit, or the firm's latest report."""
    if item.kind in PAGES:
        return reverse(PAGES[item.kind], args=[item.ref_id])
    return reverse("risk:firm", args=[ref_id(item.party_ref)])


def item_why(item: QueueItem) -> str:
    """The reason in the row: what failed, what was proposed, what was found."""
    tell = WHY.get(item.kind)
    return tell(item.facts) if tell else ""


def _gate(facts: Mapping[str, Any]) -> str:
    codes = [one.get("code", "") for one in facts["reasons"] if isinstance(one, dict)]
    return _("、").join(str(TESTS[code]) for code in dict.fromkeys(codes) if code in TESTS)


def _case(facts: Mapping[str, Any]) -> str:
    found = codes_said(facts["codes"])
    firms = _("%(n)s 家企业") % {"n": facts["firms"]} if facts["firms"] > 1 else ""
    waits = _("结案等复核") if facts["waits"] else ""
    said = (facts["number"], str(case_kind(facts["kind"])), found, firms, waits)
    return " · ".join(dict.fromkeys(part for part in said if part))


def _override(facts: Mapping[str, Any]) -> str:
    return f"{GRANTS.get(facts['grant'], facts['grant'])} · {facts['reason']}"


def _limit(facts: Mapping[str, Any]) -> str:
    return f"{SCOPES.get(facts['scope'], facts['scope'])} · {facts['reason']}"


def _warning(facts: Mapping[str, Any]) -> str:
    told = figure(facts["signal"], facts["unit"], facts["value"])
    return f"{SIGNALS[facts['signal']]} {told}"


def _collection(facts: Mapping[str, Any]) -> str:
    late = _("逾期 %(n)s 天") % {"n": facts["days_late"]}
    said = (late, str(AXES["cause"][facts["cause"]].text), str(ACTIONS[facts["action"]]))
    return " · ".join(said)


# A page that takes the item's own id; other items are decided on their firm's report.
PAGES: Mapping[str, str] = {
    "limit": "risk:change",
    "case": "risk:case",
    "warning": "risk:warning",
    "collection": "risk:collection",
}
WHY: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "failed": _gate,
    "referred": _gate,
    "case": _case,
    "override": _override,
    "limit": _limit,
    "warning": _warning,
    "collection": _collection,
}
