"""文件导入: upload, progress, result, issues, commit; the same for every desk."""

from django.core.files.uploadedfile import SimpleUploadedFile

from scf.imports.queries import batch_get
from scf.journeys.importing import import_run
from tests.scf.imports.chain import order_row, table
from tests.support.desks import Desks, words


def uploaded(desks: Desks, content: bytes, name: str = "orders.csv") -> int:
    client = desks.client("anchor")
    response = client.post(
        "/anchor/imports/", {"uploads": [SimpleUploadedFile(name, content)], "date_order": ""}
    )
    assert response.status_code == 302, words(response)
    return int(response.url.rstrip("/").rsplit("/", 1)[1])  # type: ignore[attr-defined]


ROWS = [
    order_row(company_code="1000"),
    order_row(company_code="1000", order_no="4500001202", quantity="viele"),
    order_row(company_code="1000", order_no="4500001203", order_date="2026-02-30"),
]


def test_a_waiting_batch_shows_progress_and_then_its_result(db: None) -> None:
    desks = Desks.make()
    batch_id = uploaded(desks, table(ROWS))
    client = desks.client("anchor")
    assert "可以离开此页" in words(client.get(f"/anchor/imports/{batch_id}/"))
    part = client.get(f"/anchor/imports/{batch_id}/progress/")
    assert "HX-Redirect" not in part
    import_run(batch_id=batch_id, at=desks.world.at)
    part = client.get(f"/anchor/imports/{batch_id}/progress/")
    assert part["HX-Redirect"] == f"/anchor/imports/{batch_id}/"


def test_the_equation_and_the_repairs_are_in_view(db: None) -> None:
    desks = Desks.make()
    batch_id = uploaded(desks, table(ROWS))
    import_run(batch_id=batch_id, at=desks.world.at)
    batch = batch_get(batch_id=batch_id)
    text = words(desks.client("anchor").get(f"/anchor/imports/{batch_id}/"))
    assert f"读到 {batch.read} 行" in text
    assert f"隔离 {batch.quarantined} 待处理，不会入库" in text
    assert "按修法分组" in text
    assert "不是数字" in text
    assert "viele" in words(
        desks.client("anchor").get(f"/anchor/imports/{batch_id}/?code=quantity_invalid")
    )


def test_rows_with_problems_download_with_what_to_do(db: None) -> None:
    desks = Desks.make()
    batch_id = uploaded(desks, table([*ROWS, order_row(order_no="=1+1", quantity="x")]))
    import_run(batch_id=batch_id, at=desks.world.at)
    client = desks.client("anchor")
    page = client.get(f"/anchor/imports/{batch_id}/").content.decode()
    start = page.index(f"/anchor/imports/{batch_id}/issues/")
    address = page[start : page.index('"', start)]
    sheet = b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "问题,怎么改" in sheet.splitlines()[0]
    assert "viele" in sheet
    assert "'=1+1" in sheet  # no spreadsheet runs it
    assert client.get(f"/anchor/imports/{batch_id}/issues/999999.csv").status_code == 404


def test_a_previewed_batch_is_committed_and_taken_back_by_operations_only(db: None) -> None:
    desks = Desks.make()
    batch_id = uploaded(desks, table(ROWS[:1]))
    import_run(batch_id=batch_id, at=desks.world.at)
    client = desks.client("anchor")
    client.post(f"/anchor/imports/{batch_id}/act/", {"act": "commit"})
    import_run(batch_id=batch_id, at=desks.world.at)
    assert batch_get(batch_id=batch_id).state == "committed"
    assert b'value="undo"' not in client.get(f"/anchor/imports/{batch_id}/").content
    response = client.post(f"/anchor/imports/{batch_id}/act/", {"act": "undo"})
    assert response.status_code == 403


def test_a_file_that_cannot_be_read_says_why(db: None) -> None:
    desks = Desks.make()
    batch_id = uploaded(desks, b"\x00\x01\x02 nothing known", "odd.bin")
    import_run(batch_id=batch_id, at=desks.world.at)
    text = words(desks.client("anchor").get(f"/anchor/imports/{batch_id}/"))
    assert "没有导入" in text


def test_no_file_is_an_error_beside_the_field(db: None) -> None:
    desks = Desks.make()
    response = desks.client("anchor").post("/anchor/imports/", {"date_order": ""})
    assert response.status_code == 422
