"""The rows beside the picture: every edge opens its rows, every rest can be expanded."""

from django.utils.translation import override

from scf.portals.risk_desk.ego_state import EgoState
from scf.portals.risk_desk.ego_table import EgoTable, rows_addresses, short_name
from scf.portals.risk_desk.ego_view import folded, neighbourhood
from tests.scf.portals.risk_desk.test_ego_view import ME, view


def table(*, opened: bool = False) -> EgoTable:
    found = view()
    what = folded(neighbourhood(found, rings={}), opened=opened)
    return EgoTable(
        what,
        found,
        EgoState(("invoice",)),
        rows_addresses(what, on=found.as_of),
        lambda state: f"/here/?{state.query()}",
    )


def test_every_edge_between_two_firms_opens_its_rows() -> None:
    rows = {row.key: row for row in table().rows()}
    cell = rows["party:10"].cells[0]
    assert cell is not None
    assert cell.rows == "/risk/graph/rows/?seller=10&buyer=1&layer=invoice&on=2026-03-18"
    rest = rows[f"rest:{ME}:supplier:all"]
    assert rest.cells[0] is not None
    assert (rest.cells[0].rows, rest.cells[0].text) == ("", "69.73")
    assert rest.expand == "/here/?layer=invoice&open=party:1"
    assert rest.expand_sign == "+20"


def test_rows_follow_the_firm_they_belong_to() -> None:
    keys = [row.key for row in table().rows()]
    assert keys.index("party:40") == keys.index("party:21") + 1
    assert keys.index("party:30") > keys.index(f"rest:{ME}:supplier:all")


def test_how_much_of_a_partner_s_trade_hangs_here() -> None:
    rows = {row.key: row for row in table().rows()}
    assert (rows["party:10"].hangs, rows["party:30"].hangs) == ("50.0%", "100.0%")


def test_tips_name_firms_sums_and_what_disagrees() -> None:
    with override("zh-hans"):
        tips = table().tips
    assert tips["party:10"] == "企业 party:10 · 供方 · 供应商 · 发票 10"
    assert tips[f"{ME}>party:30>invoice"].endswith("1 张单据 · 三流不一致")


def test_a_firm_s_name_without_its_legal_form() -> None:
    assert short_name("北屿线束科技有限公司") == "北屿线束科技"
    assert short_name("沧澜股份有限公司") == "沧澜"
    assert short_name("有限公司") == "有限公司"
