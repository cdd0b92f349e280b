"""A row ends once, with its reasons."""

from __future__ import annotations

from scf.imports.plan import Issue, Outcome, Plan, PlannedFile, Row, Severity


def row() -> Row:
    return Row(0, "", 2, ("a",))


def test_an_error_quarantines_and_a_warning_does_not() -> None:
    one = row()
    one.report(Issue("odd", Severity.WARNING))
    assert one.is_open
    one.report(Issue("wrong"))
    assert one.outcome is Outcome.QUARANTINED


def test_the_same_problem_is_said_once() -> None:
    one = row()
    one.report(Issue("wrong", column="a"))
    one.report(Issue("wrong", column="a"))
    one.report(Issue("wrong", column="b"))
    assert [issue.column for issue in one.issues or ()] == ["a", "b"]


def test_what_is_quarantined_is_not_ignored() -> None:
    one = row()
    one.report(Issue("wrong"))
    one.ignore("blank_row")
    assert one.outcome is Outcome.QUARANTINED
    other = row()
    other.ignore("blank_row", number=3)
    assert other.outcome is Outcome.IGNORED
    assert other.issues is not None
    assert (other.issues[0].severity, other.issues[0].facts) == (Severity.NOTE, {"number": 3})


def test_a_plan_counts_all_rows() -> None:
    assert (
        Plan("canonical", [PlannedFile(0, "a", rows=[row(), row()]), PlannedFile(1, "b")]).row_count
        == 2
    )
