"""camt.053 is read whole in every version, or refused by place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.errors import DomainError
from scf.imports.parsers.camt053 import camt053_parse
from scf.settlement.values import EntryInput, RemittanceReference, StatementInput

SAMPLES = Path(__file__).parents[4].parent / "shared" / "data" / "iso20022"
VERSIONS = ["02", "03", "04", "06", "08", "10", "14"]


def balance(code: str, amount: str, sign: str = "CRDT", currency: str = "CNY") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        "<Dt><Dt>2026-03-18</Dt></Dt></Bal>"
    )


def entry(
    amount: str = "937200.00",
    sign: str = "CRDT",
    *,
    status: str = "<Sts>BOOK</Sts>",
    details: str = "",
    reference: str = "T1",
    booked: str = "<BookgDt><Dt>2026-03-18</Dt></BookgDt>",
) -> str:
    return (
        f'<Ntry><Amt Ccy="CNY">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}{booked}'
        f"<AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def document(*entries: str, version: str = "08", closing: str = "937200.00") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>20260318-01</Id>"
        "<Acct><Id><Othr><Id>6222 0000 0926</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
        f"{balance('OPBD', '0')}{balance('CLBD', closing)}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def only(content: bytes) -> StatementInput:
    (statement,) = camt053_parse(content=content)
    return statement


def first(*entries: str) -> EntryInput:
    return only(document(*entries)).entries[0]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_reads_alike(version: str) -> None:
    statement = only(document(entry(), version=version))
    assert statement.format == f"camt.053.001.{version}"
    assert (statement.account_number, statement.currency) == ("622200000926", "CNY")
    assert (statement.opening_minor, statement.closing_minor) == (0, 93_720_000)
    assert statement.difference_minor == 0
    assert statement.to_date == date(2026, 3, 18)
    assert statement.entries[0].bank_reference == "T1"
    assert statement.entries[0].place == "/Document/BkToCstmrStmt/Stmt/Ntry"


def test_payer_text_reference_and_end_to_end_id() -> None:
    details = (
        "<TxDtls><Refs><EndToEndId>HS1B2N1</EndToEndId></Refs><RltdPties>"
        "<Dbtr><Pty><Nm>沧澜制冷</Nm></Pty></Dbtr>"
        "<DbtrAcct><Id><Othr><Id>6217 8802</Id></Othr></Id></DbtrAcct></RltdPties>"
        "<RmtInf><Ustrd>货款</Ustrd><Strd><RfrdDocInf><Nb>INV-001</Nb></RfrdDocInf>"
        '<RfrdDocAmt><RmtdAmt Ccy="CNY">12.50</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls>'
    )
    found = first(entry(details=details))
    assert (found.counterparty_name, found.counterparty_account) == ("沧澜制冷", "62178802")
    assert found.end_to_end_id == "HS1B2N1"
    assert found.remittance == "货款"
    assert found.references == (RemittanceReference("INV-001", 1_250),)


def test_a_debit_is_negative_and_names_its_payee() -> None:
    details = (
        "<TxDtls><RltdPties><Cdtr><Nm>澄岳注塑</Nm></Cdtr>"
        "<CdtrAcct><Id><IBAN>CN4471</IBAN></Id></CdtrAcct></RltdPties></TxDtls>"
    )
    found = first(entry("26.00", "DBIT", details=details))
    assert found.amount_minor == -2_600
    assert (found.counterparty_name, found.counterparty_account) == ("澄岳注塑", "CN4471")


def test_a_batch_whose_details_add_up_becomes_its_transactions() -> None:
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>E{place}</EndToEndId></Refs>"
        f'<Amt Ccy="CNY">{amount}</Amt></TxDtls>'
        for place, amount in enumerate(("935813.46", "1386.54"), 1)
    )
    found = only(document(entry("937200.00", "DBIT", details=details))).entries
    assert [(each.amount_minor, each.end_to_end_id) for each in found] == [
        (-93_581_346, "E1"),
        (-138_654, "E2"),
    ]
    assert [each.bank_reference for each in found] == ["T1#1", "T1#2"]


def test_a_batch_whose_details_do_not_add_up_stays_one_line() -> None:
    details = '<TxDtls><Amt Ccy="CNY">1.00</Amt></TxDtls>' * 2
    (found,) = only(document(entry(details=details))).entries
    assert found.amount_minor == 93_720_000


def test_a_lump_debit_names_our_payment_file() -> None:
    details = "<Btch><PmtInfId>HS1B2</PmtInfId></Btch>"
    assert first(entry(details=details)).batch_reference == "HS1B2"


def test_a_refused_payment_is_information_and_no_money() -> None:
    details = (
        "<TxDtls><Refs><EndToEndId>HS1B2N1</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn>"
        "<AddtlInf>收款账户已销户</AddtlInf></RtrInf></TxDtls>"
    )
    refused = entry("12.00", "DBIT", status="<Sts><Cd>INFO</Cd></Sts>", details=details)
    statement = only(document(refused, closing="0"))
    assert statement.entries == ()
    assert statement.difference_minor == 0
    (result,) = statement.results
    assert (result.end_to_end_id, result.reason_code) == ("HS1B2N1", "AC04")
    assert (result.reason, result.amount_minor) == ("收款账户已销户", 1_200)


def test_pending_entries_are_not_money_yet() -> None:
    assert only(document(entry(status="<Sts>PDNG</Sts>"))).entries == ()


def test_a_missing_balance_is_no_proof() -> None:
    content = document(entry()).replace(b"<Cd>CLBD</Cd>", b"<Cd>CLAV</Cd>")
    assert only(content).closing_minor is None
    assert only(content).difference_minor is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Document", "settlement.file_unreadable"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><Document/>", "settlement.file_entities"),
        (b"<!DOCTYPE Document SYSTEM 'http://bank/x.dtd'><Document/>", "settlement.file_entities"),
        (b"<Document><BkToCstmrStmt/></Document>", "settlement.file_empty"),
        (b"<Document><BkToCstmrAcctRpt/></Document>", "settlement.file_kind"),
        (b"<Document><BkToCstmrDbtCdtNtfctn/></Document>", "settlement.file_kind"),
        (b"<html/>", "settlement.file_kind"),
        (document(entry("12.345")), "settlement.amount_absurd"),
        (document(entry("-5")), "settlement.amount_absurd"),
        (document(entry("1e9")), "settlement.amount_absurd"),
        (document(entry(sign="PLUS")), "settlement.cell_invalid"),
        (
            document(entry(booked="<BookgDt><Dt>0026-03-18</Dt></BookgDt>")),
            "settlement.cell_invalid",
        ),
        (
            document(entry(booked="<BookgDt><Dt>18.03.2026</Dt></BookgDt>")),
            "settlement.cell_invalid",
        ),
        (document(entry().replace('Ccy="CNY"', 'Ccy="USD"')), "settlement.cell_invalid"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        camt053_parse(content=content)
    assert refusal.value.code == code


def test_a_bomb_of_entities_is_refused_before_it_grows() -> None:
    levels = "".join(f'<!ENTITY e{place + 1} "{f"&e{place};" * 10}">' for place in range(9))
    content = f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><Document>&e9;</Document>'.encode()
    with pytest.raises(DomainError, match="file_"):
        camt053_parse(content=content)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="sample data is not beside the repository")
class TestForeignSamples:
    def test_every_valid_sample_gives_its_entries(self) -> None:
        counted = {
            path.name: sum(len(each.entries) for each in camt053_parse(content=path.read_bytes()))
            for path in SAMPLES.glob("*/*camt*53*.xml")
            if "wrong" not in path.name
        }
        assert counted
        assert counted.pop("camt53.only-Dt-with-DtTm.xml") == 0  # a statement without entries
        assert all(counted.values())

    def test_the_wrong_file_and_other_messages_are_refused(self) -> None:
        for path in SAMPLES.glob("*/*.xml"):
            if "camt.052" in path.name or "camt052" in path.name or "camt054" in path.name:
                with pytest.raises(DomainError, match="file_kind"):
                    camt053_parse(content=path.read_bytes())
        (wrong,) = SAMPLES.glob("*/camt053.v2.wrong.xml")
        with pytest.raises(DomainError, match="file_empty"):
            camt053_parse(content=wrong.read_bytes())

    def test_a_swedish_day_adds_up(self) -> None:
        (sample,) = SAMPLES.glob("*/business_sample_camt.053.001.04.xml")
        (statement,) = camt053_parse(content=sample.read_bytes())
        assert [each.amount_minor for each in statement.entries] == [
            10_567_850,
            -20_000_000,
            3_000_000,
        ]
        assert statement.difference_minor == 0
