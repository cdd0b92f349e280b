"""对账单: asked for by month, listed by version, downloaded with its fingerprint."""

import csv
import io
from datetime import date

import pytest

from scf.portals.statements import month_of, months_until
from tests.support.desks import Desks, words

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 17)


@pytest.fixture
def desks(db: None) -> Desks:
    return Desks.make()


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-02", date(2026, 2, 1)),
        ("2026-13", date(2026, 12, 1)),
        ("", date(2026, 3, 1)),
        ("9999-99", date(2026, 3, 1)),
        ("x-1", date(2026, 3, 1)),
    ],
)
def test_a_month_is_read_or_is_this_one(text: str, month: date) -> None:
    assert month_of(text, on=TODAY) == month


def test_a_year_of_months_is_offered() -> None:
    months = months_until(TODAY)
    assert (months[0], months[3], len(months)) == ("2026-03", "2025-12", 12)


def test_issued_listed_and_downloaded(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("supplier")
    month = desks.world.today.isoformat()[:7]
    client.post("/supplier/settlement/statements/", {"month": month})
    page = client.get("/supplier/settlement/")
    assert f"S-{month[2:4]}{month[5:]}" in words(page)
    link = page.content.decode().split('href="/supplier/settlement/statements/', 1)[1]
    number = link.split("/", 1)[0]
    file = client.get(f"/supplier/settlement/statements/{number}/?as=csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:-1]] == ["0.00", "935813.46", "-935813.46", "0.00"]
    assert rows[-1][0] == "SHA-256"
    assert desks.client("A").get(f"/investor/cash/statements/{number}/").status_code == 404


def test_a_reader_downloads_and_does_not_issue(desks: Desks) -> None:
    client = desks.client("A")
    client.post("/investor/cash/statements/", {"month": "2026-03"})
    text = words(client.get("/investor/cash/"))
    assert "对账单" in text
