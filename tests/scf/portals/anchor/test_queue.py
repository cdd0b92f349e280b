"""确权: the queue, and many prepared at once."""

from tests.support.desks import Desks, words


def test_the_queue_says_how_long_each_has_waited(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    text = words(desks.client("anchor").get("/anchor/confirm/"))
    assert "1 笔等确权，共 1,000,000.00" in text
    assert claim.number in text
    assert "已等 0 天" in text


def test_what_is_ticked_goes_to_the_signer(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    client = desks.client("anchor")
    assert client.post("/anchor/confirm/", {"claim": [claim.id]}).status_code == 302
    text = words(client.get("/anchor/confirm/"))
    assert "1 笔已由经办核对，等签署" in text


def test_a_line_that_cannot_be_prepared_is_named(desks: Desks) -> None:
    claim = desks.at_the_obligor()
    client = desks.client("anchor")
    response = client.post("/anchor/confirm/", {"claim": [claim.id, 999_999]})
    assert response.status_code == 422
    assert "1 笔没有提交，其余照办" in words(response)


def test_an_empty_queue_says_when_that_changes(desks: Desks) -> None:
    assert "没有等待确权的应收款" in words(desks.client("anchor").get("/anchor/confirm/"))
