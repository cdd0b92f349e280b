"""导出付款文件: only claims whose payee changed, with the whole account number."""

from lxml import etree

from scf.portals.anchor.payment_file import payment_file
from tests.support.desks import Desks


def test_the_csv_names_the_escrow_account_in_full(desks: Desks) -> None:
    desks.papers("INV-0009", days=20)
    desks.paid_out()
    response = desks.client("anchor").get("/anchor/payments/file/?until=2099-01-01")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "6222000000000001" in lines[1]
    assert "1000000.00" in lines[1]
    assert "INV-0001" in lines[1]


def test_the_bank_s_file_debits_the_entity_and_credits_escrow(desks: Desks) -> None:
    desks.paid_out()
    entity = desks.world.party("obligor")
    address = f"/anchor/payments/file/?until=2099-01-01&format=pain&entity={entity}"
    response = desks.client("anchor").get(address)
    root = etree.fromstring(response.content)
    assert root.findtext(".//{*}CtrlSum") == "1000000.00"
    assert "6222000000000001" in response.content.decode()
    assert desks.world.firms["obligor"][2] in response.content.decode()


def test_nothing_is_due_before_its_day(desks: Desks) -> None:
    desks.paid_out()
    response = desks.client("anchor").get("/anchor/payments/file/")
    assert len(response.content.decode("utf-8-sig").splitlines()) == 1


def test_only_the_treasury_reads_account_numbers(desks: Desks) -> None:
    assert payment_file.portal_role == "anchor"  # type: ignore[attr-defined]
    assert desks.client("supplier").get("/anchor/payments/file/").status_code == 403
