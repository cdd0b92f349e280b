"""One firm's report: verdict, reasons, pictures with tables, and its bytes."""

import hashlib

from risk.queries.reports import ReportRow
from tests.support.desks import Desks, words


def test_the_report_argues_its_verdict(desks: Desks, judged: ReportRow) -> None:
    text = words(desks.client("risk").get(f"/risk/reports/{judged.id}/"))
    for said in (
        "弃权（证据不足）",
        "A1 交易历史",
        "≥ 183 天",
        "最小翻转",
        "三流核对率",
        "链上关系",
        "买方集中度 HHI",
        "四流走势",
        "真实性断点",
        "敞口与额度",
        "1,000,000.00",
    ):
        assert said in text, said


def test_layers_and_the_anchor_can_be_taken_out(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    whole = words(client.get(f"/risk/reports/{judged.id}/?layer=invoice"))
    assert "算例制冷" in whole
    alone = words(client.get(f"/risk/reports/{judged.id}/?layer=invoice&anchor=out"))
    assert "这一层没有往来" in alone
    assert client.get(f"/risk/reports/{judged.id}/?layer=nonsense").status_code == 200


def test_the_file_is_what_was_hashed(desks: Desks, judged: ReportRow) -> None:
    answer = desks.client("risk").get(f"/risk/reports/{judged.id}/file/")
    assert hashlib.sha256(answer.content).hexdigest() == judged.payload_hash


def test_a_replay_compares_the_bytes(desks: Desks, judged: ReportRow) -> None:
    client = desks.client("risk")
    answer = client.post(f"/risk/reports/{judged.id}/", {"act": "replay"}, follow=True)
    assert "重放：逐字节一致" in words(answer)


def test_another_programme_sees_nothing(desks: Desks, judged: ReportRow) -> None:
    other = Desks.make(code="rival")
    assert other.client("risk").get(f"/risk/reports/{judged.id}/").status_code == 404
    assert other.client("risk").get(f"/risk/reports/{judged.id}/file/").status_code == 404
