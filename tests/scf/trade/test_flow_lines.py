from datetime import date, timedelta

import pytest

from scf.network.queries import ProgrammeFacts
from scf.simulator.worked.papers import papers_deliver
from scf.simulator.worked.receivable import TENOR, TUESDAY
from scf.simulator.worked.world import World, world_make
from scf.trade.flow_lines import FlowLine, flow_lines
from scf.trade.models import Document


@pytest.fixture
def world(transactional_db: None) -> World:
    made = world_make(code="flows", start=TUESDAY)
    papers_deliver(
        world=made,
        number="INV-0418",
        gross_minor=100_000_000,
        due_date=made.today + timedelta(days=TENOR),
    )
    return made


def lines(world: World, *, until: date, currency: str = "CNY") -> dict[str, list[FlowLine]]:
    programme: ProgrammeFacts = world.programme
    return flow_lines(programme_id=programme.id, currency=currency, until=until)


def test_every_field_is_the_column_of_its_name(world: World) -> None:
    (invoice,) = lines(world, until=world.today)["invoice"]
    document = Document.objects.get(kind="invoice")
    version = document.current
    assert version is not None
    line = version.lines.get()
    holders = {"document": document, "version": version, "line": line}
    for name in FlowLine._fields:
        holder = next(
            holders[part]
            for part in ("line", "version", "document")
            if name in ("id", "document_id") or hasattr(holders[part], name)
        )
        expected = {"id": line.pk, "document_id": document.pk}.get(
            name, getattr(holder, name, None)
        )
        assert getattr(invoice, name) == expected, name
    assert (invoice.number, invoice.order_number) == ("INV-0418", "PO-INV-0418")


def test_nothing_later_reversed_or_of_another_currency(world: World) -> None:
    assert sorted(lines(world, until=world.today)) == ["invoice", "order", "receipt"]
    assert sorted(lines(world, until=world.today - timedelta(days=3))) == ["order", "receipt"]
    assert lines(world, until=world.today, currency="USD") == {}
    version = Document.objects.get(kind="receipt").current
    assert version is not None
    version.state = "reversed"
    version.save(update_fields=["state"])
    assert sorted(lines(world, until=world.today)) == ["invoice", "order"]


def test_another_programme_s_documents_stay_there(world: World) -> None:
    assert flow_lines(programme_id=404, currency="CNY", until=world.today) == {}
