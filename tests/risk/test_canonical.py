import pytest

from ledger.errors import InvariantViolated
from risk.canonical import DESK, ROOT, canonical_bytes, code_version, sha256_hex


def test_equal_values_have_equal_bytes() -> None:
    assert canonical_bytes({"b": [1, 2], "a": "活水"}) == canonical_bytes(
        {"a": "活水", "b": (1, 2)}
    )
    assert canonical_bytes({"a": "活"}) == '{"a":"活"}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": 0.5}, [{"a": (1, 2.5)}]])
def test_a_float_is_never_written(value: object) -> None:
    with pytest.raises(InvariantViolated):
        canonical_bytes(value)


def test_hashes_are_hexadecimal() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert len(code_version()) == 16
    assert code_version() == code_version()


def test_only_what_shapes_a_report_makes_it_another_version() -> None:
    assert {path.name for path in ROOT.glob("*.py")} >= DESK
    assert not DESK & {"report.py", "analysis.py", "verdict.py", "snapshot.py", "policy.py"}
