"""Scores of alarms against labels."""

from pathlib import Path

from scf.benchmarks.detect_score import Alarm, Label, Score, chain_score, labels_read, wilson

KINDS = ("rings", "phantom")


def label(case: str, kind: str, *parties: str, fraud: bool = True) -> Label:
    return Label(case, kind, fraud, frozenset(parties))


def alarm(kind: str, *parties: str) -> Alarm:
    return Alarm(kind, frozenset(parties))


RING = label("R1", "rings", "a", "b", "c", "d")
LABELS = [RING, label("F1", "phantom", "e"), label("B1", "buy_back", "f", "g", "h", fraud=False)]


def scored(*alarms: Alarm) -> dict[str, Score]:
    return chain_score(labels=LABELS, alarms=alarms, kinds=KINDS)


def test_a_ring_is_found_by_half_of_its_firms_or_more() -> None:
    assert scored(alarm("rings", "a", "b", "c", "d"))["rings"].found == 1
    assert scored(alarm("rings", "a", "b", "x"))["rings"].found == 0
    both = scored(alarm("rings", "a", "b", "c"), alarm("rings", "a", "b", "c", "d"))["rings"]
    assert (both.found, both.right, both.recall(), both.precision()) == (1, 2, 1.0, 1.0)


def test_the_same_suspicion_counts_once() -> None:
    assert scored(alarm("phantom", "e"), alarm("phantom", "e"))["phantom"].alarms == 1


def test_false_alarms_name_what_set_them_off() -> None:
    rings = scored(
        alarm("rings", "f", "g", "h"), alarm("rings", "x", "y", "z"), alarm("rings", "e")
    )["rings"]
    assert rings.false_by_cause == {"buy_back": 1, "ordinary": 1}
    assert (rings.elsewhere, rings.precision(), rings.recall()) == (1, 0.0, 0.0)


def test_scores_of_chains_add_up_and_nothing_to_divide_is_unknown() -> None:
    total = Score()
    assert (total.recall(), total.precision()) == (None, None)
    total.add(scored(alarm("phantom", "e"))["phantom"])
    total.add(scored(alarm("phantom", "q"))["phantom"])
    assert total.data() == {
        "cases": 2,
        "found": 1,
        "recall": 0.5,
        "recall_between": [0.095, 0.905],
        "missed": ["F1"],
        "alarms": 2,
        "right": 1,
        "other_fraud": 0,
        "precision": 0.5,
        "precision_between": [0.095, 0.905],
        "false_alarms": {"ordinary": 1},
    }


def test_labels_come_from_their_file_with_references(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(
        "case_id,kind,label,party_codes\r\nR1,rings,fraud,100 200 999\r\nB1,dip,honest,300\r\n",
        encoding="utf-8-sig",
    )
    codes = {"100": "party:1", "200": "party:2", "300": "party:3"}
    assert labels_read(path=path, codes=codes) == [
        Label("R1", "rings", True, frozenset({"party:1", "party:2"})),
        Label("B1", "dip", False, frozenset({"party:3"})),
    ]


def test_a_share_is_told_with_how_sure_it_is() -> None:
    assert wilson(right=0, of=0) is None
    assert wilson(right=18, of=18) == [0.824, 1.0]  # as tabulated
    assert wilson(right=0, of=18) == [0.0, 0.176]
