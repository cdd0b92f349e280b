"""企业报告: every firm with its verdict and today's gate."""

from risk.queries.reports import ReportRow
from tests.support.desks import Desks, words


def test_the_list_tells_who_may_not_sell(desks: Desks, judged: ReportRow) -> None:
    text = words(desks.client("risk").get("/risk/reports/"))
    assert "家不能出让" in text
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
