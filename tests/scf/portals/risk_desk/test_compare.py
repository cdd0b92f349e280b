"""Two dates of one firm."""

from risk.queries.reports import ReportRow
from tests.scf.portals.risk_desk.conftest import judged_again, verdict_set
from tests.support.desks import Desks, words


def test_both_verdicts_and_every_figure(desks: Desks, judged: ReportRow) -> None:
    later = judged_again(desks)
    verdict_set(later.party_ref, "STEADY")
    client = desks.client("risk")
    text = words(client.get(f"/risk/reports/{later.id}/compare/"))
    for said in (
        "从弃权（证据不足）变为稳定",
        "相隔 1 天",
        "A1 交易历史",
        "买方集中度 HHI",
        "两份报告作出时的占用",
        "这一层两个日期之间没有变化",
    ):
        assert said in text, said
    # The earlier of the two is always then, whichever page it was asked from.
    other = words(client.get(f"/risk/reports/{judged.id}/compare/?with={later.id}"))
    assert "从弃权（证据不足）变为稳定" in other


def test_a_firm_with_one_report_has_nothing_to_compare(desks: Desks, judged: ReportRow) -> None:
    text = words(desks.client("risk").get(f"/risk/reports/{judged.id}/compare/"))
    assert "只有这一份报告" in text


def test_only_with_a_report_of_the_same_firm(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    for other in ("0", "x", str(judged.id)):
        answer = client.get(f"/risk/reports/{judged.id}/compare/?with={other}")
        assert answer.status_code == 404


def test_the_report_leads_to_the_comparison(desks: Desks, judged: ReportRow) -> None:
    later = judged_again(desks)
    page = desks.client("risk").get(f"/risk/reports/{later.id}/").content.decode()
    assert f"/risk/reports/{later.id}/compare/?with={judged.id}" in page
