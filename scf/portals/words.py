"""The word and the class of every state, role, seat, document and account.

The states themselves are in axes.py. A page shows a state that nobody named as it is rather than
failing.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from scf.portals.axes import AXES, Text, Word

ROLES: Mapping[str, Text] = {
    "supplier": _("供应商"),
    "distributor": _("经销商"),
    "anchor": _("核心企业"),
    "investor": _("投资人"),
    "risk": _("风控台"),
    "operations": _("运营台"),
    "auditor": _("审计"),
}

SEATS: Mapping[str, Text] = {
    "viewer": _("查看"),
    "maker": _("经办"),
    "checker": _("复核"),
    "signer": _("签署"),
}

PARTY_KINDS: Mapping[str, Text] = {
    "anchor": _("核心企业"),
    "obligor": _("付款主体"),
    "supplier": _("供应商"),
    "distributor": _("经销商"),
    "investor": _("投资人"),
    "platform": _("平台"),
}

DOCUMENT_KINDS: Mapping[str, Text] = {
    "order": _("采购订单"),
    "despatch": _("发货"),
    "receipt": _("收货"),
    "invoice": _("发票"),
    "credit_note": _("贷项"),
    "payment": _("付款"),
}

ACCOUNTS: Mapping[str, Text] = {
    "bank.escrow": _("托管户"),
    "unallocated": _("未分配款"),
    "available": _("可用资金"),
    "hold": _("认购冻结"),
    "payable": _("应付"),
    "fee_payable": _("应付平台费"),
    "clearing": _("付款在途"),
    "collection": _("回款户"),
    "on_account": _("暂存款"),
    "obligor": _("付款人所欠"),
    "obligor_written_off": _("已核销债权"),
    "entitled": _("债权归属"),
    "recourse_debtor": _("追索债务人"),
    "yield_contra": _("应计利息对方"),
    "due": _("应计利息"),
    "rebate_debtor": _("返利债务人"),
    "authorised": _("核定份额"),
    "issue": _("份额发行户"),
    "held": _("投资人份额"),
    "redeemed": _("已兑付份额"),
    "released": _("已放货债权"),
}


def status_get(axis: str, state: str) -> Word:
    """Word and class of a state; an unknown one shows as it is with a grey ring."""
    return AXES.get(axis, {}).get(state, Word(state, "n"))


def status_word(axis: str, state: str) -> Text:
    """The word alone, for exports."""
    return status_get(axis, state).text


def account_word(code: str) -> Text:
    """A ledger account's name in words; an unknown code shows as it is."""
    return ACCOUNTS.get(code, code)
