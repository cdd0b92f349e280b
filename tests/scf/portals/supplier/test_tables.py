"""Empty lists say why, and what to do."""

from scf.portals.supplier.tables import empty_text


def test_without_documents_the_reason_is_the_import() -> None:
    empty = empty_text([])
    assert "还没有可出让的应收款" in str(empty.title)
    assert empty.href == "/supplier/imports/"
