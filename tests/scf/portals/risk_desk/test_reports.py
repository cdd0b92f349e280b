"""企业报告: every firm with its verdict and today's gate."""

from risk.queries.reports import ReportRow
from scf.network.values import party_ref
from tests.scf.portals.risk_desk.conftest import judged_again, verdict_set
from tests.support.desks import Desks, words


def test_the_list_tells_who_may_not_sell(desks: Desks, judged: ReportRow) -> None:
    text = words(desks.client("risk").get("/risk/reports/"))
    assert "家现在不能出让" in text
    assert "首次评估" in text
    assert "弃权（证据不足）" in text
    assert "待人工判断" in text


def test_the_list_filters_by_verdict(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    none = words(client.get("/risk/reports/?chip=DISTRESS"))
    assert "没有符合条件的行" in none


def test_a_firm_leads_to_its_latest_report(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    answer = client.get(f"/risk/firms/{desks.world.party('supplier')}/")
    assert answer.url == f"/risk/reports/{judged.id}/"  # type: ignore[attr-defined]
    assert client.get(f"/risk/firms/{desks.world.party('A')}/").status_code >= 400


def test_the_list_answers_who_changed(desks: Desks, judged: ReportRow) -> None:
    client, world = desks.client("risk"), desks.world
    assert "没有企业的结论变化" in words(client.get("/risk/reports/"))
    judged_again(desks)
    same = words(client.get("/risk/reports/"))
    assert "和上次相比，没有企业的结论变化" in same
    verdict_set(party_ref(world.party("supplier")), "STEADY")
    text = words(client.get("/risk/reports/?chip=better"))
    assert "和上次相比，0 家变差，1 家变好" in text
    assert "算例" in text
    assert "没有符合条件的行" in words(client.get("/risk/reports/?chip=worse"))
    export = client.get("/risk/reports/?chip=changed&export=csv").content.decode("utf-8-sig")
    assert len(export.strip().splitlines()) == 2
