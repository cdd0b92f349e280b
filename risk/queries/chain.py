"""One firm's neighbourhood and the rows behind an edge, from the mapped chain of a run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from ledger.errors import DomainError
from risk.chain.graph import Layer
from risk.facts import MISSING, FlowKind, day_date
from risk.mapped.chain import FORMAT, ChainView, view_arrays, view_of
from risk.mapped.ego import CAP, EgoEdge, EgoNode, LayerTotals, ego_view
from risk.mapped.files import arrays_open, arrays_prune, arrays_write
from risk.models import RiskRun, StoredPolicy, StoredSnapshot
from risk.policy import policy_load
from risk.reconciling import REASONS
from risk.snapshot import YEAR_DAYS, snapshot_load

SUFFIX: Final = ".chain"
FILES_KEPT: Final = 24
VIEWS_KEPT: Final = 4  # open at once in one process
ROWS_MOST: Final = 200
# Ranks the picture and gives its totals, whatever order they are asked for in.
LAYER_ORDER: Final = (Layer.INVOICE, Layer.GOODS, Layer.CASH)
_OPEN: OrderedDict[Path, ChainView] = OrderedDict()


@dataclass(frozen=True, slots=True)
class EgoView:
    """A firm's neighbourhood as of a day; see `risk.mapped.ego` for nodes, edges and totals.

    `window_days` up to `as_of`; `run_id` is the run whose snapshot is shown.
    """

    party_ref: str
    party_name: str
    party_role: str
    as_of: date
    run_id: int
    snapshot_hash: str
    window_days: int
    layers: tuple[str, ...]
    without_anchor: bool
    nodes: tuple[EgoNode, ...]
    edges: tuple[EgoEdge, ...]
    totals: tuple[LayerTotals, ...]
    is_capped: bool
    edges_left: int


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One row behind an edge. `amount_minor` is negative where it takes from the edge (a
    return, a credit note). `row_id` is the business's own id, None where unknown; `reason`
    is "" or why the invoice line does not agree (see `risk.reconciling.REASONS`)."""

    kind: str
    document: str
    on_date: date | None
    amount_minor: int
    row_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class EdgeRows:
    """What an edge is made of, the newest first; `offset` and `rows_total` for paging."""

    supplier_ref: str
    supplier_name: str
    buyer_ref: str
    buyer_name: str
    layer: str
    as_of: date
    amount_minor: int
    documents: int
    disputed: bool
    rows_total: int
    offset: int
    rows: tuple[EdgeRow, ...]


def ego_get(
    *,
    programme_ref: str,
    party_ref: str,
    on: date | None = None,
    layers: Sequence[str] = ("invoice",),
    expanded: Sequence[str] = (),
    without_anchor: bool = False,
    cap: int = CAP,
) -> EgoView:
    """A firm's suppliers and buyers, the largest 20 a side by name and the others as "+N".

    `layers`: "goods", "invoice", "cash", at least one. `expanded`: references of firms on the
    page whose partners are shown too; a firm named twice shows 40. At most `cap` nodes.
    Taken from the last finished run on or before `on`. Raises `risk.run_missing`,
    `risk.party_unknown`, `risk.layer_unknown`.
    """
    chosen = _layers(layers)
    run, view = _view(programme_ref, on)
    centre = _position(view, party_ref)
    places = [view.position(ref) for ref in expanded]
    drawn = ego_view(
        view,
        centre=centre,
        layers=chosen,
        expanded=[place for place in places if place is not None],
        without_anchor=without_anchor,
        cap=cap,
    )
    return EgoView(
        party_ref=party_ref,
        party_name=view.name(centre),
        party_role=view.role(centre),
        as_of=view.as_of,
        run_id=run.pk,
        snapshot_hash=view.digest,
        window_days=YEAR_DAYS,
        layers=tuple(str(layer) for layer in chosen),
        without_anchor=without_anchor,
        nodes=drawn.nodes,
        edges=drawn.edges,
        totals=drawn.totals,
        is_capped=drawn.is_capped,
        edges_left=drawn.edges_left,
    )


def edge_rows(
    *,
    programme_ref: str,
    supplier_ref: str,
    buyer_ref: str,
    layer: str = "invoice",
    on: date | None = None,
    offset: int = 0,
    limit: int = 50,
) -> EdgeRows:
    """The rows behind an edge, the newest first, at most 200 at a time.

    Raises `risk.run_missing`, `risk.party_unknown`, `risk.layer_unknown`, `risk.edge_unknown`.
    """
    name = _layers([layer])[0]
    _, view = _view(programme_ref, on)
    own = view.layers[name]
    supplier, buyer = _position(view, supplier_ref), _position(view, buyer_ref)
    edge = own.edge(supplier, buyer)
    if edge is None:
        raise DomainError("risk.edge_unknown", supplier=supplier_ref, buyer=buyer_ref)
    first, last = int(own.row_start[edge]), int(own.row_start[edge + 1])
    begin = last - max(offset, 0)
    stop = max(begin - min(max(limit, 1), ROWS_MOST), first)
    return EdgeRows(
        supplier_ref=supplier_ref,
        supplier_name=view.name(supplier),
        buyer_ref=buyer_ref,
        buyer_name=view.name(buyer),
        layer=str(name),
        as_of=view.as_of,
        amount_minor=int(own.amount_minor[edge]),
        documents=int(own.documents[edge]),
        disputed=bool(own.disputed[edge]),
        rows_total=last - first,
        offset=max(offset, 0),
        rows=tuple(_row(view, name, row) for row in range(begin - 1, stop - 1, -1)),
    )


def chain_view_open(*, snapshot_id: int, policy_id: int) -> ChainView:
    """The mapped chain of a stored snapshot under a policy, made now when there is no sound
    file of it (a second or two). Raises `risk.snapshot_unknown`."""
    snapshot = StoredSnapshot.objects.filter(pk=snapshot_id)
    policy = StoredPolicy.objects.filter(pk=policy_id)
    keys = (*snapshot.values_list("digest"), *policy.values_list("digest"))
    if len(keys) != 2:
        raise DomainError("risk.snapshot_unknown", snapshot=snapshot_id)
    folder = Path(settings.HUOSHUI_CHAIN_DIR)
    path = folder / f"{keys[0][0][:32]}-{keys[1][0][:16]}-{FORMAT}{SUFFIX}"
    known = _OPEN.get(path)
    if known is not None:
        _OPEN.move_to_end(path)
        return known
    view = _sound(path, keys[0][0])
    if view is None:
        data = bytes(snapshot.values_list("data", flat=True)[0])
        rules = policy_load(policy.values_list("data", flat=True)[0])
        arrays_write(path, view_arrays(snapshot_load(data), policy=rules))
        arrays_prune(folder, suffix=SUFFIX, keep=FILES_KEPT)
        view = _sound(path, keys[0][0])
    if view is None:
        raise OSError(f"{path} cannot be read back")
    _OPEN[path] = view
    while len(_OPEN) > VIEWS_KEPT:
        _OPEN.popitem(last=False)
    return view


def _sound(path: Path, digest: str) -> ChainView | None:
    """The stored view when the file is whole and of this snapshot."""
    arrays: dict[str, Any] | None = arrays_open(path)
    if arrays is None:
        return None
    try:
        view = view_of(arrays)
    except KeyError:
        return None
    return view if view.digest == digest else None


def _view(programme_ref: str, on: date | None) -> tuple[RiskRun, ChainView]:
    runs = RiskRun.objects.filter(programme_ref=programme_ref, state="done")
    if on is not None:
        runs = runs.filter(snapshot__as_of_date__lte=on)
    run = runs.order_by("-snapshot__as_of_date", "-pk").only("snapshot_id", "policy_id").first()
    if run is None:
        raise DomainError("risk.run_missing")
    return run, chain_view_open(snapshot_id=run.snapshot_id, policy_id=run.policy_id)


def _layers(names: Sequence[str]) -> tuple[Layer, ...]:
    chosen = tuple(layer for layer in LAYER_ORDER if layer in names)
    if not chosen or len(chosen) != len(set(names)):
        raise DomainError("risk.layer_unknown", layers=", ".join(names))
    return chosen


def _position(view: ChainView, party_ref: str) -> int:
    place = view.position(party_ref)
    if place is None:
        raise DomainError("risk.party_unknown", party=party_ref)
    return place


def _row(view: ChainView, name: Layer, row: int) -> EdgeRow:
    layer = view.layers[name]
    kind = FlowKind(int(layer.row_kind[row]))
    row_id, reason = int(layer.row_id[row]), int(layer.row_reason[row])
    return EdgeRow(
        kind=kind.name.lower(),
        document=view.document(int(layer.row_document[row])),
        on_date=day_date(int(layer.row_day[row])),
        amount_minor=int(layer.row_amount_minor[row]),
        row_id=None if row_id == MISSING else row_id,
        reason=REASONS[reason] if reason else "",
    )
