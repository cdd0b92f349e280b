"""总览: does the book prove itself?"""

from tests.support.desks import Desks, words


def test_the_book_proves_itself(desks: Desks) -> None:
    desks.paid_out()
    page = desks.client("auditor").get("/auditor/")
    assert "托管户余额" in words(page)
    assert b"btn-pri" not in page.content
    assert desks.client("auditor").post("/auditor/").status_code == 405
