"""压力测试: the form, the answer with its chart and tables, and runs without an answer."""

import json
from typing import Any

import pytest
from django.test import Client

from risk.queries.stress import stress_list
from scf.journeys.stressing import stress_carry
from scf.network.values import party_ref
from scf.portals.figures import money
from scf.simulator.worked.receivable import FACE
from tests.support.desks import Desks, hidden, words

FORM = {
    "kind": "base", "fall": "30", "stop_days": "30", "recovery": "40", "recovery_days": "180",
    "correlation": "15", "contagion": "50", "draws": "500", "seed": "7",
}  # fmt: skip


def asked(desks: Desks, client: Client, **changes: str) -> int:
    form = {**FORM, "key": hidden(client.get("/risk/stress/"), "key"), **changes}
    answer = client.post("/risk/stress/", form)
    assert answer.status_code == 302, words(answer)
    return stress_list(programme_ref=desks.world.programme.book)[0].id


def answered(desks: Desks, client: Client, **changes: str) -> int:
    stress_id = asked(desks, client, **changes)
    stress_carry(stress_id=stress_id, at=desks.world.at)
    return stress_id


@pytest.mark.django_db(transaction=True)
def test_an_obligors_failure_from_the_form_to_the_dates(desks: Desks) -> None:
    series = desks.paid_out()
    client = desks.client("risk")
    assert "还没有做过压力测试" in words(client.get("/risk/stress/"))
    stress_id = answered(desks, client, kind="obligor", obligor=party_ref(series.obligor_id))
    page = client.get(f"/risk/stress/{stress_id}/")
    text = words(page)
    lost = f"损失不超过 {money(series.principal_minor - FACE * 400_000 // 1_000_000)}"
    assert f"一百次里有九十九次，{lost}" in text
    assert series.number in text
    assert series.payment_date.isoformat() in text
    assert "100.0%" in text  # of investors get less than their principal
    assert "逐字节相同" in text
    assert 'id="loss-data"' in page.content.decode()
    # The list shows the last answer as well.
    assert lost in words(client.get("/risk/stress/"))


@pytest.mark.django_db(transaction=True)
def test_the_result_is_exported_as_its_bytes_and_as_tables(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("risk")
    stress_id = answered(desks, client, kind="late_30")
    told: dict[str, Any] = json.loads(client.get(f"/risk/stress/{stress_id}/file/").content)
    assert told["scenario"]["seed"] == 7
    assert len(told["gaps"]) == 1
    for prefix, word in (("g.", "当日缺口"), ("k.", "付款集团"), ("p.", "缓冲"), ("r.", "种子")):
        answer = client.get(f"/risk/stress/{stress_id}/?{prefix}export=csv")
        assert word in b"".join(answer).decode("utf-8-sig")


@pytest.mark.django_db(transaction=True)
def test_a_run_shows_how_far_it_is_and_then_sends_the_page_on(desks: Desks) -> None:
    desks.paid_out()
    client = desks.client("risk")
    stress_id = asked(desks, client)
    assert "压力测试排队中" in words(client.get(f"/risk/stress/{stress_id}/"))
    assert "压力测试排队中" in words(client.get(f"/risk/stress/{stress_id}/progress/"))
    assert client.get(f"/risk/stress/{stress_id}/file/").status_code == 404
    stress_carry(stress_id=stress_id, at=desks.world.at)
    done = client.get(f"/risk/stress/{stress_id}/progress/")
    assert done["HX-Redirect"] == f"/risk/stress/{stress_id}/"


@pytest.mark.django_db(transaction=True)
def test_an_empty_pool_is_said_in_words(desks: Desks) -> None:
    client = desks.client("risk")
    stress_id = answered(desks, client)
    text = words(client.get(f"/risk/stress/{stress_id}/"))
    assert "没有未兑付的产品" in text


@pytest.mark.django_db
def test_a_question_that_lacks_its_name_is_not_asked(desks: Desks) -> None:
    client = desks.client("risk")
    key = hidden(client.get("/risk/stress/"), "key")
    for changes in ({"kind": "sector"}, {"kind": "obligor"}, {"draws": "5"}, {"fall": "101"}):
        answer = client.post("/risk/stress/", {**FORM, "key": key, **changes})
        assert answer.status_code == 422
    assert stress_list(programme_ref=desks.world.programme.book) == ()
