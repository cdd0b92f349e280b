"""今日 and 营业日: the checklist, who waits for whom, and closing the day."""

from datetime import date

from scf.network.queries import business_days_list
from scf.portals.operations.day import calendar_weeks
from tests.support.desks import Desks, hidden, words


def test_the_headline_counts_what_is_open(desks: Desks) -> None:
    text = words(desks.client("ops").get("/operations/"))
    assert "日终前还有 1 项要看" in text
    assert "还没有今天的对账单" in text
    assert "托管户余额" in text


def test_money_in_the_book_is_told_apart(desks: Desks) -> None:
    desks.paid_out()
    text = words(desks.client("ops").get("/operations/"))
    assert "= 欠各方 + 未分配 + 在途 + 费用" in text
    assert "可以日终" in text


def test_closing_asks_for_the_day_s_end_once(desks: Desks) -> None:
    client = desks.client("ops")
    page = client.get("/operations/day/")
    done = client.post("/operations/day/", {"key": hidden(page, "key")}, follow=True)
    assert "日终已开始" in words(done)
    days = business_days_list(programme_id=desks.world.programme_id, limit=1)
    assert days[0].closing_date == desks.world.today
    assert "正在日终" in words(client.get("/operations/day/progress/"))


def test_a_day_without_work_sends_the_page_on(desks: Desks) -> None:
    answer = desks.client("ops").get("/operations/day/progress/")
    assert answer["HX-Redirect"] == "/operations/day/"


def test_the_calendar_marks_holidays_and_make_up_days() -> None:
    cells = [cell for week in calendar_weeks(date(2026, 2, 9)) for cell in week]
    by_date = {cell["date"]: cell for cell in cells}
    assert by_date[date(2026, 2, 14)]["make_up"]
    assert by_date[date(2026, 2, 17)]["holiday"]
    assert by_date[date(2026, 2, 9)]["today"]
