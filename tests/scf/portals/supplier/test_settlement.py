"""到账与结算: what came, what is to come, the statement as an export."""

from tests.support.desks import Desks, words


def test_what_came_leads_back_to_its_receivable(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("supplier")
    text = words(client.get("/supplier/settlement/"))
    assert "已到账 935,813.46" in text
    assert "放款" in text
    assert "INV-0001" in text
    assert "尾款约 50,090.03" in text


def test_the_month_s_statement_downloads(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("supplier")
    month = desks.world.today.isoformat()[:7]
    sheet = client.get(f"/supplier/settlement/?month={month}&export=csv")
    assert "935813.46" in sheet.content.decode("utf-8-sig")
    other = client.get("/supplier/settlement/?month=1999-01&export=csv")
    assert "935813.46" not in other.content.decode("utf-8-sig")
    book = client.get(f"/supplier/settlement/?month={month}&export=xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="statement.xlsx"'


def test_before_the_first_sale(desks: Desks) -> None:
    text = words(desks.client("supplier").get("/supplier/settlement/"))
    assert "还没有到账" in text
