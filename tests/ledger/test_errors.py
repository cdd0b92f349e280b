from ledger.errors import DomainError


def test_a_refusal_carries_its_code_and_what_a_sentence_needs() -> None:
    error = DomainError("room.word", account="hold", amount=5)
    assert (error.code, error.facts) == ("room.word", {"account": "hold", "amount": 5})
    assert str(error) == "room.word (account=hold, amount=5)"
    assert str(DomainError("room.word")) == "room.word"
