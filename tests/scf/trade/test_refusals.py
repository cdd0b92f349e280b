"""Every refusal of the room is a sentence that takes its facts."""

from scf.trade.refusals import REFUSALS


def test_sentences_take_their_facts() -> None:
    text = str(REFUSALS["trade.unit_unknown"]) % {"unit": "BOX", "other": "PCS"}
    assert "BOX" in text
    assert all(code.startswith("trade.") for code in REFUSALS)
