"""The rows behind an edge, on a page and under the picture."""

from django.urls import reverse

from risk.queries.reports import ReportRow
from scf.portals.risk_desk.edge import documents_href
from tests.support.desks import Desks, words


def address(desks: Desks, layer: str = "invoice") -> str:
    seller, buyer = desks.world.party("supplier"), desks.world.party("obligor")
    return f"/risk/graph/rows/?seller={seller}&buyer={buyer}&layer={layer}"


def test_rows_with_their_documents(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    answer = client.get(address(desks))
    text = words(answer)
    assert "1 张单据" in text
    assert "INV-" in text
    export = client.get(address(desks) + "&export=csv").content.decode("utf-8-sig")
    assert len(export.strip().splitlines()) >= 2


def test_rows_under_the_picture(desks: Desks, judged: ReportRow) -> None:
    part = desks.client("risk").get(
        address(desks, "goods"), headers={"HX-Request": "true", "HX-Target": "ego-rows"}
    )
    assert part.content.lstrip().startswith(b'<div class="ego-rows">')
    assert "全部 →" in words(part)


def test_what_is_no_edge_is_refused(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    assert client.get(address(desks, "cash")).status_code == 404
    assert client.get("/risk/graph/rows/?seller=x&buyer=1").status_code == 404


def test_rows_lead_to_documents_side_by_side() -> None:
    assert documents_href(None) == ""
    assert documents_href(7) == reverse("risk:documents", args=[7])
