"""The content hash covers what a document says and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scf.trade.drafts import DocumentDraft, LineDraft

LINE = LineDraft(line_no="10", raw_record_id=1, qty_micro=5_000_000, net_minor=100)
DRAFT = DocumentDraft(
    kind="order", direction="purchase", source_system="ERP", company_code="6030", number="45",
    seller_id=1, buyer_id=2, document_date=date(2026, 1, 8), currency="CNY", lines=(LINE,),
)  # fmt: skip


def digest(draft: DocumentDraft) -> str:
    return draft.content_hash((line.line_no, line.content_hash()) for line in draft.lines)


def test_where_it_was_read_does_not_count() -> None:
    elsewhere = replace(DRAFT, raw_record_id=9, lines=(replace(LINE, raw_record_id=9),))
    assert digest(elsewhere) == digest(DRAFT)


def test_every_other_field_counts() -> None:
    assert digest(replace(DRAFT, currency="USD")) != digest(DRAFT)
    assert digest(replace(DRAFT, seller_id=3)) != digest(DRAFT)
    assert digest(replace(DRAFT, lines=(replace(LINE, net_minor=101),))) != digest(DRAFT)
    assert digest(replace(DRAFT, attributes={"advance": 1})) != digest(DRAFT)


def test_the_order_of_lines_does_not_count() -> None:
    other = replace(LINE, line_no="20")
    assert digest(replace(DRAFT, lines=(LINE, other))) == digest(
        replace(DRAFT, lines=(other, LINE))
    )


def test_the_key_tells_years_and_partners_apart() -> None:
    assert replace(DRAFT, fiscal_year=2025).key != replace(DRAFT, fiscal_year=2026).key
    assert replace(DRAFT, partner_key="V1").key != DRAFT.key
