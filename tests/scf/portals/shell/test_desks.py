"""Roles open desks, and the rail shows where one is."""

import sys
from types import ModuleType
from typing import cast

import pytest

from scf.network.values import Actor, Role, Seat
from scf.portals.shell import desks
from scf.portals.shell.session import PortalRequest


class Request:
    actor = Actor(1, "林舒", Role.SUPPLIER, Seat.MAKER, 1, 1)

    def __init__(self, path: str) -> None:
        self.path = path


@pytest.fixture
def rail(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"home": "/s/", "bills": "/s/bills/", "billing": "/s/bills/new/"}
    module = ModuleType("scf.portals.supplier.urls")
    module.NAV = (  # type: ignore[attr-defined]
        desks.NavItem("home", "首页", "home"),
        desks.NavItem("bills", "应收款", "file-invoice", count=lambda request: 3),
        desks.NavItem("billing", "开票", "plus"),
    )
    monkeypatch.setitem(sys.modules, "scf.portals.supplier.urls", module)
    monkeypatch.setattr(desks, "reverse", lambda name: places[name.split(":")[1]])


@pytest.mark.parametrize(
    ("where", "current"),
    [("/s/", "首页"), ("/s/bills/7/", "应收款"), ("/s/bills/new/", "开票"), ("/messages/", None)],
)
@pytest.mark.usefixtures("rail")
def test_the_longest_address_is_the_current_one(where: str, current: str | None) -> None:
    lines = desks.nav_lines(cast("PortalRequest", Request(where)))
    assert next((line.label for line in lines if line.current), None) == current
    assert [line.count for line in lines] == [0, 3, 0]


def test_a_desk_without_pages_leads_to_the_messages() -> None:
    assert desks.desk_home(Role.DISTRIBUTOR) == "/messages/"


def test_every_desk_has_a_package() -> None:
    assert set(desks.NAMESPACES.values()) == set(desks.PACKAGES)
