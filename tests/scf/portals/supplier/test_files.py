"""文件导入 at the supplier's desk: a supplier speaks about itself only."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.desks import Desks, words


def test_an_upload_becomes_a_batch_of_this_firm_only(desks: Desks) -> None:
    client = desks.client("supplier")
    upload = SimpleUploadedFile("despatches.csv", b"despatch_no,order_no\n1,2\n")
    response = client.post("/supplier/imports/", {"uploads": [upload], "date_order": ""})
    assert response.status_code == 302
    assert "despatches.csv" in words(client.get(response.url))  # type: ignore[attr-defined]
    other = Desks.make(code="rival")
    assert other.client("supplier").get(response.url).status_code == 404  # type: ignore[attr-defined]
