"""The statement that the obligor signs, in full and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from scf.portals.figures import money


def statement_clauses(statement: Mapping[str, Any]) -> list[str]:
    """Every clause of the statement as a sentence, in the order of the signed document."""
    obligor, supplier = statement["obligor"], statement["supplier"]
    payee = statement["pay_only_to"]
    invoices = _("、").join(
        _("%(number)s（%(date)s 开具）") % {"number": one["number"], "date": one["date"]}
        for one in statement["invoices"]
    )
    clauses = [
        _("%(obligor)s（%(obligor_id)s）确认对%(supplier)s（%(supplier_id)s）负有下列付款义务。")
        % {
            "obligor": obligor["name"],
            "obligor_id": obligor["tax_id"],
            "supplier": supplier["name"],
            "supplier_id": supplier["tax_id"],
        },
        _("发票：%(invoices)s。") % {"invoices": invoices},
        _("金额 %(currency)s %(amount)s，付款日 %(due)s。")
        % {
            "currency": statement["currency"],
            "amount": money(statement["amount_minor"]),
            "due": statement["due_date"],
        },
    ]
    waivers = {
        "goods_accepted": _("货物已验收，数量和质量无异议。"),
        "set_off_waived": _("放弃抵销权：不以任何其他往来款项抵扣这笔付款。"),
        "not_assigned_or_pledged_before": _("此前没有收到这笔应收款转让或质押的通知。"),
        "assignment_notice_acknowledged": _("已知悉并接受债权转让通知。"),
    }
    clauses += [text for key, text in waivers.items() if statement[key]]
    clauses.append(
        _("只向%(holder)s在%(bank)s的账户 %(account)s 付款，付到其他账户不算清偿。")
        % {"holder": payee["holder"], "bank": payee["bank"], "account": payee["account"]}
    )
    return clauses
