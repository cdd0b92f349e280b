"""关系图谱: who hangs on a firm, as a page, as a part of one, as data, and kept under a name."""

import json

from risk.queries.reports import ReportRow
from scf.portals.risk_desk.ego_state import EgoState
from scf.portals.risk_desk.graph import hanging_words
from tests.scf.portals.risk_desk.test_ego import card_of
from tests.support.desks import Desks, hidden, words


def test_who_hangs_on_a_firm(desks: Desks, judged: ReportRow) -> None:
    client, world = desks.client("risk"), desks.world
    text = words(client.get(f"/risk/graph/{world.party('obligor')}/"))
    assert "最大的 1 家对手中，1 家过半的生意押在" in text
    assert "100.0%" in text
    assert "还没有保存的视图" in text
    assert client.get("/risk/graph/999999/").status_code == 409


def test_a_part_of_the_page_is_answered_alone(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    address = f"/risk/graph/{desks.world.party('supplier')}/?layer=invoice&anchor=out"
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "ego"})
    assert part.content.lstrip().startswith(b"<section")
    assert "这一层没有往来" in words(part)


def test_the_data_is_in_whole_numbers(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    address = f"/risk/graph/{desks.world.party('supplier')}/data/?layer=invoice"
    found = json.loads(client.get(address).content)
    (edge,) = found["edges"]
    assert isinstance(edge["amount_minor"], int)
    assert found["snapshot_hash"] == judged.snapshot_hash
    assert client.get("/risk/graph/999999/data/").status_code == 404


def test_firms_are_found_by_name(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    assert judged.party_name in words(client.get("/risk/graph/?q=" + judged.party_name[:3]))
    assert "没有符合条件的行" in words(client.get("/risk/graph/?q=nobody"))


def test_a_view_is_kept_and_thrown_away(desks: Desks, judged: ReportRow) -> None:
    client, world = desks.client("risk"), desks.world
    address = f"/risk/graph/{world.party('supplier')}/?layer=cash&anchor=out"
    key = hidden(client.get(address), "key")
    saved = client.post(address, {"act": "save", "name": "资金圈", "key": key}, follow=True)
    assert "视图已保存" in words(saved)
    page = client.get("/risk/graph/").content.decode()
    assert f"/risk/graph/{world.party('supplier')}/?layer=cash&amp;anchor=out" in page
    assert "资金圈" not in words(desks.client("risk2").get("/risk/graph/"))
    nameless = client.post(address, {"act": "save", "name": " ", "key": key})
    assert nameless.status_code == 422
    wrong = client.post(address, {"act": "drop", "view": "999999"})
    assert "没有这个视图" in words(wrong)
    number = saved.content.decode().split('<option value="')[1].split('"')[0]
    gone = client.post(address, {"act": "drop", "view": number}, follow=True)
    assert "视图已删除" in words(gone)
    assert "资金圈" not in words(client.get("/risk/graph/"))


def test_the_answer_in_words(desks: Desks, judged: ReportRow) -> None:
    nobody = card_of(desks, "supplier", EgoState(("cash",)))
    assert "没有往来" in hanging_words(nobody)
