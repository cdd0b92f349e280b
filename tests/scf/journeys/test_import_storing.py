"""One chunk of an import: parties, documents, rows."""

from __future__ import annotations

import pytest

from scf.imports.models import RawRecord
from scf.imports.queries import issues_grouped
from scf.network.models import Party, PartyCode, PartyRole
from scf.network.queries import ProgrammeFacts
from scf.trade.models import Document
from tests.scf.imports.chain import (
    import_files,
    import_tables,
    order_row,
    programme_make,
    receipt_row,
    table,
)


@pytest.fixture
def programme(db: None) -> ProgrammeFacts:
    return programme_make()


PARTIES = [
    {"party_code": "6030", "name": "沧澜空调", "role": "obligor"},
    {"party_code": "V10021", "name": "海川电机", "role": "supplier", "uscc": "91370200MA3C000001", "city": "青岛"},
]  # fmt: skip


def test_described_firms_get_their_name_role_and_code(programme: ProgrammeFacts) -> None:
    result = import_tables(programme, parties=PARTIES, orders=[order_row()])
    party = Party.objects.get(tax_id="91370200MA3C000001")
    assert (party.name, party.city) == ("海川电机", "青岛")
    assert PartyCode.objects.get(code="V10021").party == party
    assert PartyRole.objects.filter(party=party).values_list("kind", flat=True).get() == "supplier"
    assert Document.objects.get().seller == party
    assert result.counts["accepted"] == 3


def test_firms_that_only_documents_name_are_there_under_their_code(
    programme: ProgrammeFacts,
) -> None:
    import_tables(programme, orders=[order_row()])
    assert set(PartyCode.objects.values_list("party__name", flat=True)) == {
        "公司 6030",
        "供应商 V10021",
    }


def test_a_known_firm_is_unchanged_and_never_renamed(programme: ProgrammeFacts) -> None:
    import_tables(programme, parties=PARTIES)
    result = import_tables(programme, parties=[PARTIES[0], {**PARTIES[1], "name": "别的名字"}])
    assert result.counts["unchanged"] == 2
    assert Party.objects.get(tax_id="91370200MA3C000001").name == "海川电机"


def test_without_leave_nobody_new_comes_in(programme: ProgrammeFacts) -> None:
    files = {"o.csv": table([order_row()]), "p.csv": table(PARTIES)}
    result = import_files(programme, files, create_parties=0, create_companies=0)
    assert result.counts == {
        "read": 3,
        "accepted": 0,
        "unchanged": 0,
        "quarantined": 1,
        "ignored": 2,
    }
    assert not PartyCode.objects.exists()


def test_a_company_is_not_made_from_a_typing_error(programme: ProgrammeFacts) -> None:
    files = {"o.csv": table([order_row(company_code="6O30")])}
    result = import_files(programme, files, create_companies=0)
    assert result.counts["quarantined"] == 1
    assert [each["code"] for each in issues_grouped(batch_id=result.batch.id)] == ["party_unknown"]


def test_a_long_code_still_has_an_identity_of_its_own(programme: ProgrammeFacts) -> None:
    codes = ["V" * 59 + end for end in "AB"] + ["V" * 61]
    result = import_tables(
        programme,
        orders=[order_row(order_no=str(n), partner_code=code) for n, code in enumerate(codes)],
    )
    assert PartyCode.objects.filter(kind="vendor").values("party").distinct().count() == 2
    assert result.counts["quarantined"] == 1


def test_a_preview_leaves_rows_and_nothing_else(programme: ProgrammeFacts) -> None:
    files = {"o.csv": table([order_row()]), "r.csv": table([receipt_row(quantity="x")])}
    result = import_files(programme, files, is_dry_run=True)
    assert result.counts["accepted"] == 1
    assert RawRecord.objects.count() == 2
    assert not Document.objects.exists()
    assert not PartyCode.objects.exists()


def test_every_row_knows_its_document(programme: ProgrammeFacts) -> None:
    import_tables(programme, orders=[order_row(), order_row(order_line="20")])
    (document,) = Document.objects.values_list("pk", flat=True)
    assert list(RawRecord.objects.values_list("document_id", flat=True)) == [document, document]


def test_who_stands_behind_a_known_firm_is_filled_in_once(programme: ProgrammeFacts) -> None:
    import_tables(programme, parties=PARTIES)
    told = {**PARTIES[1], "legal_representative": "李望川", "phone": "17000001234"}
    import_tables(programme, parties=[told])
    import_tables(programme, parties=[{**told, "phone": "17000009999", "address": "临江路 8 号"}])
    party = Party.objects.get(tax_id="91370200MA3C000001")
    assert party.legal_representative == "李望川"
    assert (party.phone, party.address) == ("17000001234", "临江路 8 号")


def test_a_firms_own_books_make_it_a_company_but_no_obligor(programme: ProgrammeFacts) -> None:
    own = {"source_system": "OWN-P01", "role": "firm"}
    import_tables(
        programme,
        parties=[
            *PARTIES,
            {**own, "party_code": "A", "name": "海川电机", "uscc": "91370200MA3C000001"},
            {**own, "party_code": "B", "name": "北屿线束", "uscc": "91330200MA3C000002"},
        ],
        payments=[
            {
                "source_system": "OWN-P01",
                "company_code": "A",
                "partner_code": "B",
                "payment_no": "T1",
                "payment_date": "2026-02-03",
                "payment_amount": "100.00",
                "kind": "transfer",
            }
        ],
    )
    known, other = (
        Party.objects.get(tax_id="91370200MA3C000001"),
        Party.objects.get(name="北屿线束"),
    )
    payment = Document.objects.get()
    assert (payment.buyer, payment.seller) == (known, other)
    kinds = PartyRole.objects.filter(party=known).values_list("kind", flat=True)
    assert list(kinds) == ["supplier"]
    assert not PartyRole.objects.filter(party=other).exists()
