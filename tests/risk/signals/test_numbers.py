import pytest

from risk.signals.numbers import number_keys, number_slipped


def alike(one: str, other: str) -> bool:
    a, b = number_keys(one), number_keys(other)
    return bool(set(a.own) & set(b.own) or set(a.bases) & set(b.own) or set(b.bases) & set(a.own))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("INV-2603-0418", "INV-2603-418"),
        ("INV-2603-0418", "inv/2603/0418"),
        ("INV-2603-0418", "INV26030418"),
        ("INV-2603-0418", "INV-26O3-O4l8"),
        ("INV-2603-0418", "INV-2603-0418-1"),
        ("INV-2603-0418", "INV-2603-0418A"),
        ("INV-2603-0418", "INV-2603-0418（补）"),
        ("INV-2603-0418", "ＩＮＶ－2603－0418"),
    ],
)  # fmt: skip
def test_forms_of_one_number(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("INV-2603-0418", "INV-2603-0419"),
        ("INV-2603-0418-1", "INV-2603-0418-2"),
        ("INV-2603-0418", "CRN-2603-0418"),
        ("A", "B"),
        ("", ""),
    ],
)
def test_other_numbers(one: str, other: str) -> None:
    assert not alike(one, other)


def test_a_slip_is_one_character_or_two_neighbours_swapped() -> None:
    assert number_slipped("26030418", "62030418")
    assert number_slipped("26030418", "2603418")
    assert number_slipped("26030418", "26530418")
    assert not number_slipped("26030418", "26030418")
    assert not number_slipped("26030418", "62034018")
    assert not number_slipped("26030418", "260304")


def test_numbers_in_sequence_are_no_slip() -> None:
    assert not number_slipped("INV-0418", "INV-0419")
    assert not number_slipped("INV-0418", "INV-0481")
