"""文件导入 at the operations desk."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.desks import Desks, words


def test_an_upload_becomes_a_batch_of_this_programme(desks: Desks) -> None:
    client = desks.client("ops")
    upload = SimpleUploadedFile("orders.csv", b"order_no,line\n1,2\n")
    answer = client.post("/operations/imports/", {"uploads": [upload], "date_order": ""})
    assert answer.status_code == 302
    assert "orders.csv" in words(client.get(answer.url))  # type: ignore[attr-defined]
    other = Desks.make(code="rival")
    assert other.client("ops").get(answer.url).status_code == 404  # type: ignore[attr-defined]
