"""The canonical tables: columns, their Chinese names, what must be there. As docs/import-format.md."""

from __future__ import annotations

_COMMON = {
    "source_system": ("来源系统",),
    "direction": ("方向",),
    "company_code": ("公司代码",),
    "partner_code": ("往来单位编码", "供应商编码", "客户编码", "supplier_code", "customer_code"),
    "currency": ("币种", "货币"),
    "item_code": ("物料编码", "物料号"),
    "item_name": ("品名", "物料描述"),
    "quantity": ("数量",),
    "unit": ("单位", "计量单位"),
    "order_no": ("订单号", "采购订单"),
    "order_line": ("订单行", "订单行号", "行项目"),
    "net_amount": ("不含税金额", "净额"),
    "tax_rate": ("税率",),
    "fiscal_year": ("会计年度",),
    "delivery_note": ("送货单号",),
    "release_no": ("放货单号",),
}


def _pick(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: _COMMON[name] for name in names}


COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "parties": {
        "party_code": ("单位编码",),
        "name": ("单位名称", "名称"),
        "role": ("类型", "角色"),
        **_pick("source_system"),
        "uscc": ("统一社会信用代码",),
        "country": ("国家",),
        "region": ("省份",),
        "city": ("城市",),
        "industry": ("行业",),
        "registered_date": ("成立日期",),
        "bank_name": ("开户行",),
        "bank_code": ("行号",),
        "bank_account": ("账号",),
        "account_name": ("户名",),
        "email": ("邮箱",),
        "phone": ("电话",),
        "legal_representative": ("法定代表人", "实际控制人", "owner"),
        "address": ("地址", "注册地址"),
    },
    "orders": {
        **_pick("company_code", "order_no", "order_line"),
        "order_date": ("订单日期",),
        **_pick("partner_code", "quantity"),
        "unit_price": ("单价", "不含税单价"),
        **_pick("source_system", "direction", "currency", "item_code", "item_name", "unit"),
        "price_unit": ("价格单位",),
        **_pick("net_amount", "tax_rate"),
        "delivery_date": ("交货日期",),
        "payment_days": ("账期",),
        "over_delivery_pct": ("超交比例",),
        "receipt_required": ("需要收货",),
        "line_type": ("行类型",),
        "line_state": ("行状态",),
    },
    "despatches": {
        **_pick("company_code"),
        "despatch_no": ("发货单号",),
        "despatch_line": ("发货行",),
        "despatch_date": ("发货日期",),
        **_pick("partner_code", "quantity", "source_system", "direction"),
        **_pick("item_code", "item_name", "unit", "order_no", "order_line"),
        "carrier_code": ("承运商",),
        "waybill_no": ("运单号",),
        "vehicle_no": ("车牌号",),
        "origin": ("始发地",),
        "destination": ("目的地",),
        "delivered_date": ("签收日期",),
        **_pick("release_no"),
    },
    "receipts": {
        **_pick("company_code"),
        "receipt_no": ("收货单号",),
        "receipt_line": ("收货行",),
        "receipt_date": ("收货日期",),
        **_pick("partner_code", "order_no", "order_line", "quantity", "fiscal_year"),
        "movement": ("移动类型",),
        "original_receipt_no": ("原收货单号",),
        "original_receipt_line": ("原收货行",),
        **_pick("delivery_note", "release_no", "net_amount", "currency"),
        **_pick("source_system", "direction", "item_code", "item_name", "unit"),
    },
    "invoices": {
        **_pick("company_code"),
        "invoice_no": ("发票号码", "发票号"),
        "invoice_line": ("发票行",),
        "invoice_date": ("开票日期", "发票日期"),
        **_pick("partner_code", "net_amount"),
        "tax_amount": ("税额",),
        "type": ("单据类型", "发票类型"),
        "original_invoice_no": ("原发票号码",),
        "original_invoice_line": ("原发票行",),
        "document_no": ("会计凭证号", "凭证号"),
        **_pick("fiscal_year"),
        "due_date": ("到期日",),
        **_pick("order_no", "order_line"),
        "receipt_no": ("收货单号",),
        "receipt_line": ("收货行",),
        **_pick("delivery_note", "quantity", "unit"),
        "unit_price": ("单价",),
        "price_unit": ("价格单位",),
        **_pick("tax_rate"),
        "gross_amount": ("价税合计", "含税金额"),
        **_pick("currency"),
        "state": ("状态",),
        "self_billed": ("自开票",),
        "advance": ("预付",),
        **_pick("source_system", "direction", "item_code", "item_name"),
    },
    "payments": {
        **_pick("company_code"),
        "payment_no": ("付款单号",),
        "payment_line": ("付款行",),
        "payment_date": ("付款日期",),
        **_pick("partner_code"),
        "payment_amount": ("付款金额",),
        "kind": ("类别",),
        "invoice_no": ("发票号码", "发票号"),
        **_pick("order_no"),
        "due_date": ("到期日",),
        **_pick("currency"),
        "method": ("付款方式",),
        "bank_account": ("账号",),
        **_pick("source_system", "direction"),
    },
}

REQUIRED: dict[str, frozenset[str]] = {
    "parties": frozenset("party_code name role".split()),
    "orders": frozenset(
        "company_code order_no order_line order_date partner_code quantity unit_price".split()
    ),
    "despatches": frozenset(
        "company_code despatch_no despatch_line despatch_date partner_code quantity".split()
    ),
    "receipts": frozenset(
        "company_code receipt_no receipt_line receipt_date partner_code order_no order_line"
        " quantity".split()
    ),
    "invoices": frozenset(
        "company_code invoice_no invoice_line invoice_date partner_code net_amount"
        " tax_amount".split()
    ),
    "payments": frozenset(
        "company_code payment_no payment_date partner_code payment_amount".split()
    ),
}

# Columns that hold dates: together they decide how a file writes them.
DATES: dict[str, tuple[str, ...]] = {
    "parties": ("registered_date",),
    "orders": ("order_date", "delivery_date"),
    "despatches": ("despatch_date", "delivered_date"),
    "receipts": ("receipt_date",),
    "invoices": ("invoice_date", "due_date"),
    "payments": ("payment_date", "due_date"),
}
