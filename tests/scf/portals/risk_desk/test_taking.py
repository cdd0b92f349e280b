"""领取: one owner, from a row or from the item's own page."""

from typing import Any

from risk.queries.ownership import owner_get
from risk.queries.reports import ReportRow
from tests.support.desks import Desks, words


def press(desks: Desks, key: str, act: str, row: ReportRow, **more: str) -> Any:
    form = {"item": f"{act} decision:{row.party_ref}", **more}
    return desks.client(key).post("/risk/take/", form, follow=True)


def owner(desks: Desks, row: ReportRow) -> str:
    book = desks.world.programme.book
    found = owner_get(programme_ref=book, kind="decision", ref_id=row.party_ref)
    return found.owner_ref if found else ""


def test_taken_from_the_queue_and_back_to_it(desks: Desks, judged: ReportRow) -> None:
    page = desks.client("risk").get("/risk/")
    assert f'value="take decision:{judged.party_ref}"' in page.content.decode()
    done = press(desks, "risk", "take", judged, back="/risk/?c=unowned")
    assert done.redirect_chain[-1][0] == "/risk/?c=unowned"
    assert "已领取" in words(done)
    assert owner(desks, judged) == desks.world.actors["risk"].ref
    assert "放回" in words(desks.client("risk").get("/risk/"))
    assert "已放回" in words(press(desks, "risk", "release", judged))
    assert owner(desks, judged) == ""


def test_the_second_is_told_who_was_first(desks: Desks, judged: ReportRow) -> None:
    press(desks, "risk", "take", judged)
    late = press(desks, "risk2", "take", judged)
    assert late.status_code == 409
    assert f"{desks.world.actors['risk'].name}已先领取" in words(late)


def test_handed_on_with_its_history(desks: Desks, judged: ReportRow) -> None:
    press(desks, "risk", "take", judged)
    colleague = desks.world.actors["risk2"]
    done = press(desks, "risk", "hand", judged, to=str(colleague.user_id))
    assert "已转交" in words(done)
    assert owner(desks, judged) == colleague.ref
    page = words(desks.client("risk2").get(f"/risk/take/?item=decision:{judged.party_ref}"))
    assert "这一项由您负责" in page
    assert colleague.name in page
    # A maker sees whose it is, and has no way to take it away.
    shown = words(desks.client("risk").get(f"/risk/take/?item=decision:{judged.party_ref}"))
    assert "只有本人或复核席能转交" in shown
    refused = press(desks, "risk", "hand", judged, to=str(desks.world.actors["risk"].user_id))
    assert refused.status_code == 409


def test_no_way_out_of_the_desk(desks: Desks, judged: ReportRow) -> None:
    for back in ("https://example.com/risk/", "//example.com", "/ops/"):
        done = press(desks, "risk", "take", judged, back=back)
        assert done.redirect_chain[-1][0] == "/risk/"
    assert desks.client("risk").get("/risk/take/?item=moon:1").status_code == 302
    lost = desks.client("risk").post("/risk/take/", {"item": "take moon:1"}, follow=True)
    assert "没有这一项待办" in words(lost)
    assert press(desks, "risk", "eat", judged).status_code == 409
    assert "没有这个案件" in words(
        desks.client("risk").post("/risk/take/", {"item": "take case:999999"})
    )
