"""Axes are tables of words with one of six classes."""

from scf.portals.axes import AXES


def test_every_state_has_a_word_and_one_of_the_six_classes() -> None:
    for axis, states in AXES.items():
        for state, word in states.items():
            assert str(word.text), f"{axis}.{state}"
            assert word.tone in set("nwbgar"), f"{axis}.{state}"


def test_no_two_states_of_an_axis_say_the_same() -> None:
    for axis, states in AXES.items():
        if axis in ("work", "severity"):
            continue  # two rooms name the same severity and the same work differently
        words = [str(word.text) for word in states.values()]
        assert len(words) == len(set(words)), axis
