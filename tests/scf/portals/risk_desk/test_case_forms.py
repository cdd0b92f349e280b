from scf.portals.risk_desk.case_forms import CloseForm, EvidenceForm, NoteForm

KEY = "0" * 32
FIRMS = [("party:1", "甲"), ("party:2", "乙")]


def close(**changed: object) -> CloseForm:
    form = CloseForm({"key": KEY, "outcome": "confirmed_fraud", "reason": "x", **changed})
    form.offer(FIRMS)
    return form


def test_a_fraud_is_somebody_s() -> None:
    assert set(close().errors) == {"refuse"}
    assert close(refuse=["party:2"]).is_valid()
    assert set(close(refuse=["party:9"]).errors) == {"refuse"}
    assert close(outcome="explained").is_valid()
    assert set(close(outcome="").errors) == {"outcome"}
    assert set(close(outcome="moon", reason="").errors) == {"outcome", "reason"}


def test_a_note_says_something_and_a_paper_has_a_name() -> None:
    assert set(NoteForm({"key": KEY, "text": " "}).errors) == {"text"}
    assert set(EvidenceForm({"key": KEY}).errors) == {"document"}
    assert EvidenceForm({"key": KEY, "document": "仓单"}).is_valid()
