"""The rules of test_house.py catch what they are there for, and let the allowed forms pass."""

import ast
from pathlib import Path

import pytest

from tests.support.source import Module
from tests.test_house import INLINE, clock_reads, is_money_float, writes


class Sample(Module):
    """A module whose text is given instead of read."""

    def __init__(self, text: str) -> None:
        super().__init__(Path("scf/sample.py"))
        self.__dict__["text"] = text


@pytest.mark.parametrize(
    "text",
    [
        "quote.save()",
        "quote.save(update_fields=['state'])",
        "Quote.objects.create(a=1)",
        "Quote.objects.bulk_create(rows)",
        "Quote.objects.filter(id=1).update(state='x')",
        "Quote.objects.all().delete()",
        "cursor.execute('  UPDATE trade_document SET a = 1')",
        "cursor.execute('INSERT INTO trade_document VALUES (1)')",
    ],
)
def test_a_write_is_seen(text: str) -> None:
    assert list(writes(Sample(text)))


@pytest.mark.parametrize(
    "text",
    ["digest.update(b'x')", "workbook.save(buffer)", "cursor.execute('SELECT 1')", "update(a=1)"],
)
def test_what_only_looks_like_a_write_passes(text: str) -> None:
    assert not list(writes(Sample(text)))


@pytest.mark.parametrize(
    "text",
    [
        "timezone.now()",
        "datetime.now(tz=UTC)",
        "date.today()",
        "time.time()",
        "DateTimeField(auto_now_add=True)",
        "DateTimeField(default=timezone.now)",
        "query('SELECT now()')",
    ],
)
def test_a_clock_is_seen(text: str) -> None:
    assert list(clock_reads(Sample(text)))


@pytest.mark.parametrize("text", ["time.monotonic()", "known(at)", "query('SELECT 1')"])
def test_what_reads_no_clock_passes(text: str) -> None:
    assert not list(clock_reads(Sample(text)))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("fee_minor: float = 0", True),
        ("share = fee_minor / total", True),
        ("share = row.net_minor / 2", True),
        ("x = float(price_micro)", True),
        ("def pay(*, amount_minor: float): ...", True),
        ("fee_minor = models.FloatField()", True),
        ("share = fee_minor // total", False),
        ("seconds: float = 0", False),
    ],
)
def test_money_in_a_float_is_seen(text: str, *, seen: bool) -> None:
    assert any(is_money_float(node) for node in ast.walk(ast.parse(text))) is seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<script>alert(1)</script>", True),
        ('<p style="color:red">', True),
        ('<a onclick="go()">', True),
        ('<script src="/static/app.js" defer></script>', False),
        ('<p class="style">', False),
    ],
)
def test_inline_script_and_style_are_seen(text: str, *, seen: bool) -> None:
    assert bool(INLINE.search(text)) is seen
