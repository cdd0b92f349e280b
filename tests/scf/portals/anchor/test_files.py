"""文件导入 at the treasury: its own books."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.desks import Desks, words


def test_the_anchor_sees_its_batches_and_a_supplier_does_not(desks: Desks) -> None:
    client = desks.client("anchor")
    upload = SimpleUploadedFile("orders.csv", b"order_no,line_no\n1,2\n")
    response = client.post("/anchor/imports/", {"uploads": [upload], "date_order": ""})
    batch = response.url.rstrip("/").rsplit("/", 1)[1]  # type: ignore[attr-defined]
    assert "orders.csv" in words(client.get("/anchor/imports/"))
    assert desks.client("supplier").get(f"/supplier/imports/{batch}/").status_code == 404
