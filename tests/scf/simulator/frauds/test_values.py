"""How many of what, and the rows of labels.csv."""

from datetime import date

import pytest

from scf.simulator.frauds.values import (
    FRAUD_KINDS,
    LABEL_HEADER,
    Case,
    counts_read,
    wanted_any,
)


def test_counts_are_read_from_the_command_line() -> None:
    assert counts_read(text="rings=5,phantom=2", kinds=FRAUD_KINDS) == {"rings": 5, "phantom": 2}
    assert counts_read(text="none", kinds=FRAUD_KINDS) == {}
    assert set(counts_read(text="all", kinds=FRAUD_KINDS)) == set(FRAUD_KINDS)


@pytest.mark.parametrize("text", ["ring=5", "rings", "rings=many"])
def test_a_count_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"ring|invalid"):
        counts_read(text=text, kinds=FRAUD_KINDS)


def test_nothing_is_wanted_of_zeros() -> None:
    assert not wanted_any({"rings": 0}, {})
    assert wanted_any({}, {"dip": 1})


def test_a_row_says_what_the_header_promises() -> None:
    case = Case("R001", "rings", True, ("100001", "100002"), date(2026, 1, 2), date(2026, 2, 3))
    case.documents.append("26370001")
    row = dict(zip(LABEL_HEADER, case.row(), strict=True))
    assert (row["label"], row["party_codes"], row["document_numbers"]) == (
        "fraud",
        "100001 100002",
        "26370001",
    )
    assert (row["first_date"], row["last_date"]) == ("2026-01-02", "2026-02-03")
