"""What an address says of a neighbourhood: layers, the anchor in or out, what is expanded. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from scf.portals.risk_desk.words import LAYERS

FIRST_LAYERS = ("goods", "invoice")
MOST_OPENED = 40


@dataclass(frozen=True, slots=True)
class EgoState:
    """How a neighbourhood is looked at. ``opened`` names what was expanded, in that order; a
    name that stands there twice was expanded twice."""

    layers: tuple[str, ...] = FIRST_LAYERS
    without_anchor: bool = False
    opened: tuple[str, ...] = ()

    def query(self) -> str:
        """The part of an address that says the same; empty where nothing is out of the usual."""
        params = QueryDict(mutable=True)
        if self.layers != FIRST_LAYERS:
            params.setlist("layer", list(self.layers))
        if self.without_anchor:
            params["anchor"] = "out"
        if self.opened:
            params.setlist("open", list(self.opened))
        return params.urlencode(safe=":")

    def turned(self, layer: str) -> EgoState:
        """With a layer more or less; the last one stays."""
        chosen = set(self.layers) ^ {layer}
        kept = tuple(one for one in LAYERS if one in chosen)
        return replace(self, layers=kept or self.layers)

    def anchor_turned(self) -> EgoState:
        """With the anchor taken out, or put back."""
        return replace(self, without_anchor=not self.without_anchor)

    def expanded(self, name: str) -> EgoState:
        """With 20 more of what is named."""
        return replace(self, opened=(*self.opened, name)[:MOST_OPENED])

    def folded(self) -> EgoState:
        """As it was before anything was expanded."""
        return replace(self, opened=())


def state_read(params: QueryDict) -> EgoState:
    """Read the state; what does not make sense is left out, never an error."""
    asked = set(params.getlist("layer"))
    opened = tuple(one[:80] for one in params.getlist("open") if one)[:MOST_OPENED]
    return EgoState(
        layers=tuple(one for one in LAYERS if one in asked) or FIRST_LAYERS,
        without_anchor=params.get("anchor") == "out",
        opened=opened,
    )


def day_read(text: str) -> date | None:
    """A day out of an address; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
