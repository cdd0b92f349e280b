"""The rows of a neighbourhood, and the words of its picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.rates import PPM
from risk.queries.chain import EgoView
from scf.network.values import ref_id
from scf.portals.figures import count, money, money_compact, percent
from scf.portals.risk_desk.ego_picture import CENTRE, Edge, Neighbourhood, Node
from scf.portals.risk_desk.ego_state import EgoState
from scf.portals.risk_desk.words import FIRM_ROLES, LAYERS, SIDE_WORDS

BETWEEN_SHOWN = 40
STEP = 20
ENDINGS = ("有限责任公司", "股份有限公司", "有限公司")


@dataclass(frozen=True, slots=True)
class EgoCell:
    """A sum of one layer, the address of its rows, and the name of the edge in the picture."""

    text: str
    rows: str
    edge: str
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class EgoRow:
    """A neighbour in the table; ``cells`` are by layer, None where nothing flowed."""

    key: str
    name: str
    href: str
    sub: str
    depth: int
    cells: Sequence[EgoCell | None]
    hangs: str
    hangs_ppm: int
    expand: str
    expand_word: str
    expand_sign: str
    centre: str


@dataclass(frozen=True, slots=True)
class EgoPair:
    """Trade between two firms of the picture, neither of which is the other's parent."""

    names: str
    cells: Sequence[EgoCell | None]


class EgoTable:
    """The rows of a neighbourhood, and the words of its picture."""

    def __init__(
        self,
        what: Neighbourhood,
        view: EgoView,
        state: EgoState,
        rows_at: Mapping[str, str],
        to: Callable[[EgoState], str],
    ) -> None:
        self.what, self.view, self.state, self.rows_at, self.to = what, view, state, rows_at, to
        self.nodes = {one.key: one for one in what.nodes}
        self.known = {one.key: one for one in view.nodes}
        self.edges = {(one.source, one.target, one.layer): one for one in what.edges}
        self.labels = {one.key: self._label(one) for one in what.nodes}
        self.hint = _("点一家企业看它的往来；双击或按回车再展开 20 家；点一条线看单据")
        self.tips = {one.key: self._tip(one) for one in what.nodes} | {
            one.key: self._edge_tip(one) for one in what.edges
        }

    def rows(self) -> list[EgoRow]:
        """Suppliers, then buyers, each followed by what was expanded of it."""
        children: dict[str, list[Node]] = defaultdict(list)
        for node in self.what.nodes:
            if node.side != CENTRE:
                children[node.parent].append(node)

        def below(key: str) -> list[Node]:
            own = sorted(children[key], key=lambda one: (one.side == "buyer", not one.ref))
            return [node for one in own for node in (one, *below(one.key))]

        return [self._row(node) for node in below(self.what.nodes[0].key)]

    def pairs(self) -> list[EgoPair]:
        """Trade among those shown that is not with their parent, the largest first."""
        found: dict[tuple[str, str], int] = {}
        for edge in self.what.edges:
            a, b = self.nodes[edge.source], self.nodes[edge.target]
            if edge.documents and a.parent != b.key and b.parent != a.key:
                ends = (edge.source, edge.target)
                found[ends] = max(found.get(ends, 0), edge.amount_minor)
        ranked = sorted(found, key=lambda ends: (-found[ends], ends))
        return [
            EgoPair(
                " → ".join(self.nodes[end].name for end in ends),
                [self._cell(ends, layer) for layer in self.state.layers],
            )
            for ends in ranked[:BETWEEN_SHOWN]
        ]

    def _row(self, node: Node) -> EgoRow:
        ends = (node.key, node.parent) if node.side == "supplier" else (node.parent, node.key)
        number = ref_id(node.ref) if node.ref else 0
        token = node.ref or node.parent
        left = node.count if not node.ref else node.more
        hangs = self._hangs(node)
        step = {"n": count(min(left, STEP))}
        return EgoRow(
            key=node.key,
            name=node.name or self.labels[node.key],
            href=reverse("risk:firm", args=[number]) if node.ref else "",
            sub=self._sub(node),
            depth=min(node.hop, 4),
            cells=[self._cell(ends, layer) for layer in self.state.layers],
            hangs=f"{percent(hangs, 1)}%" if hangs else "",
            hangs_ppm=hangs,
            expand=self.to(self.state.expanded(token)) if left else "",
            expand_word=ngettext("再展开 %(n)s 家", "再展开 %(n)s 家", min(left, STEP)) % step,
            expand_sign=f"+{step['n']}",
            centre=reverse("risk:graph", args=[number]) if node.ref else "",
        )

    def _cell(self, ends: tuple[str, str], layer: str) -> EgoCell | None:
        edge = self.edges.get((*ends, layer))
        if edge is None:
            return None
        address = self.rows_at.get(edge.key, "")
        return EgoCell(money(edge.amount_minor), address, edge.key, edge.is_disputed)

    def _hangs(self, node: Node) -> int:
        """The share of a partner's own trade that is with its parent, in ppm."""
        own = self.known.get(node.key)
        if own is None or not node.ref:
            return 0
        whole = own.sold_minor if node.side == "supplier" else own.bought_minor
        return min(PPM, own.total_minor * PPM // whole) if whole else 0

    def _label(self, node: Node) -> str:
        if node.ref:
            return short_name(node.name)
        others = {"n": count(node.count)}
        if node.side == "supplier":
            return ngettext("+%(n)s 家供方", "+%(n)s 家供方", node.count) % others
        return ngettext("+%(n)s 家买方", "+%(n)s 家买方", node.count) % others

    def _sub(self, node: Node) -> str:
        words = [str(SIDE_WORDS[node.side])]
        if node.ref:
            words.append(str(FIRM_ROLES.get(node.role, node.role)))
        if node.hop > 1:
            parent = self.nodes.get(node.parent)
            words.append(_("属于 %(firm)s") % {"firm": short_name(parent.name) if parent else ""})
        return " · ".join(words)

    def _tip(self, node: Node) -> str:
        if node.side == CENTRE:
            return node.name
        sums = "，".join(
            f"{LAYERS[layer]} {money_compact(minor)}" for layer, minor in node.totals.items()
        )
        name = node.name or self.labels[node.key]
        return " · ".join(part for part in (name, self._sub(node), sums) if part)

    def _edge_tip(self, edge: Edge) -> str:
        a, b = (self.labels[end] for end in (edge.source, edge.target))
        words = f"{a} → {b} · {LAYERS[edge.layer]} {money_compact(edge.amount_minor)}"
        if edge.documents:
            rows = ngettext("%(n)s 张单据", "%(n)s 张单据", edge.documents)
            words += " · " + rows % {"n": count(edge.documents)}
        return words + (" · " + _("三流不一致") if edge.is_disputed else "")


def rows_addresses(what: Neighbourhood, *, on: date) -> dict[str, str]:
    """By edge the address of the rows behind it."""
    page = reverse("risk:edge")
    return {
        one.key: f"{page}?seller={ref_id(one.source)}&buyer={ref_id(one.target)}"
        f"&layer={one.layer}&on={on.isoformat()}"
        for one in what.edges
        if one.documents
    }


def short_name(name: str) -> str:
    """A firm's name without its legal form."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name
