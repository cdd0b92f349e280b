from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import DomainError
from risk.queries import chain
from risk.queries.chain import EdgeRow, edge_rows, ego_get
from risk.queries.reports import run_latest
from tests.risk.cases import ANCHOR, FAILING, NEW, SLOW, STEADY
from tests.risk.facts_made import AS_OF
from tests.risk.runs_made import PROGRAMME, run_done

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.HUOSHUI_CHAIN_DIR = tmp_path
    chain._OPEN.clear()
    return tmp_path


def test_a_firm_s_neighbourhood_is_served_from_the_last_run() -> None:
    run_id = run_done()
    found = ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR, layers=("cash", "invoice"))
    assert (found.run_id, found.as_of, found.party_name) == (run_id, AS_OF, "沧澜制冷")
    assert found.layers == ("invoice", "cash")
    assert {n.ref for n in found.nodes} == {ANCHOR, STEADY, SLOW, FAILING, NEW}
    assert {n.side for n in found.nodes} == {"centre", "supplier"}
    latest = run_latest(programme_ref=PROGRAMME)
    assert latest is not None
    assert found.snapshot_hash == latest.snapshot_hash
    assert ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR, on=AS_OF).run_id == run_id


def test_every_edge_opens_its_rows_page_by_page() -> None:
    run_done()
    found = ego_get(programme_ref=PROGRAMME, party_ref=SLOW)
    edge = found.edges[0]
    seen: list[EdgeRow] = []
    offset = 0
    while True:
        page = edge_rows(
            programme_ref=PROGRAMME,
            supplier_ref=edge.source,
            buyer_ref=edge.target,
            offset=offset,
            limit=20,
        )
        seen += page.rows
        offset += len(page.rows)
        if not page.rows:
            break
    assert len(seen) == page.rows_total > 20
    assert sum(row.amount_minor for row in seen) == edge.amount_minor == page.amount_minor
    assert len({row.document for row in seen}) == edge.documents
    days = [row.on_date for row in seen if row.on_date is not None]
    assert days == sorted(days, reverse=True)
    assert all(row.row_id is not None for row in seen)


def test_the_file_is_made_once_and_again_when_it_is_gone_or_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_done()
    before = ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR)
    (file,) = folder.iterdir()
    data = file.read_bytes()
    for harm in (lambda: file.unlink(), lambda: file.write_bytes(data[:-70])):
        harm()
        chain._OPEN.clear()
        assert ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR) == before
        assert file.read_bytes() == data
    monkeypatch.setattr(chain, "view_arrays", lambda *args, **kwargs: pytest.fail("made again"))
    chain._OPEN.clear()
    assert ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR) == before


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(DomainError, match=r"risk\.run_missing"):
        ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR)
    run_done()
    with pytest.raises(DomainError, match=r"risk\.run_missing"):
        ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR, on=AS_OF - timedelta(days=1))
    with pytest.raises(DomainError, match=r"risk\.run_missing"):
        ego_get(programme_ref="programme:2", party_ref=ANCHOR)
    with pytest.raises(DomainError, match=r"risk\.party_unknown"):
        ego_get(programme_ref=PROGRAMME, party_ref="party:404")
    for layers in ((), ("gold",), ("invoice", "gold")):
        with pytest.raises(DomainError, match=r"risk\.layer_unknown"):
            ego_get(programme_ref=PROGRAMME, party_ref=ANCHOR, layers=layers)
    with pytest.raises(DomainError, match=r"risk\.edge_unknown"):
        edge_rows(programme_ref=PROGRAMME, supplier_ref=ANCHOR, buyer_ref=SLOW)
