"""The desks: which portal a role opens, and the lines of its rail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from scf.network.values import Role
from scf.portals.shell.session import PortalRequest

NAMESPACES: Mapping[Role, str] = {
    Role.SUPPLIER: "supplier",
    Role.ANCHOR: "anchor",
    Role.INVESTOR: "investor",
    Role.RISK: "risk",
    Role.OPERATIONS: "operations",
    Role.AUDITOR: "auditor",
}
PACKAGES: Mapping[str, str] = {name: name for name in NAMESPACES.values()} | {"risk": "risk_desk"}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the rail. ``count`` gives the red number; ``calm`` makes it grey."""

    view: str  # url name within the portal's namespace
    label: str | Promise
    icon: str
    count: Callable[[PortalRequest], int] | None = None
    calm: bool = False


@dataclass(frozen=True, slots=True)
class NavLine:
    """A drawn line of the rail."""

    href: str
    label: str | Promise
    icon: str
    count: int
    calm: bool
    current: bool


def nav_lines(request: PortalRequest) -> list[NavLine]:
    """The rail of the actor's desk: the line whose address is the longest start of the path is on."""
    namespace = NAMESPACES.get(request.actor.role)
    if namespace is None:
        return []
    items: tuple[NavItem, ...] = import_module(f"scf.portals.{PACKAGES[namespace]}.urls").NAV
    addresses = [reverse(f"{namespace}:{item.view}") for item in items]
    starts = [one for one in addresses[1:] if request.path.startswith(one)]
    if request.path == (addresses[0] if addresses else None):
        starts.append(request.path)
    current = max(starts, key=len, default="")
    return [
        NavLine(
            href=address,
            label=item.label,
            icon=item.icon,
            count=item.count(request) if item.count is not None else 0,
            calm=item.calm,
            current=address == current,
        )
        for item, address in zip(items, addresses, strict=True)
    ]


def desk_home(role: Role) -> str:
    """The address of a role's first screen; the messages page for a desk without pages."""
    try:
        return reverse(f"{NAMESPACES[role]}:home")
    except (KeyError, NoReverseMatch):
        return reverse("messages")
