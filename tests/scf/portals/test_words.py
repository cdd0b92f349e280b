"""Every state of every axis has a word and a class."""

import importlib
import pkgutil

import pytest

import scf
from ledger.chart import CHART
from risk.verdict import VerdictWord
from scf.imports.plan import Outcome, Severity
from scf.network.transitions import Axis
from scf.network.values import KybState, Role, Seat
from scf.portals import words
from scf.portals.axes import AXES, Word
from scf.trade.values import DocumentKind, MatchState

# Two rooms call an axis "match": documents, and money with open items.
NAMES = {("match", "submitted"): "cash_match"}
# BOOKS.md, with the states that PAGES.md adds for what is shown.
BOOKS = {
    "claim": "draft submitted withdrawn matched rejected confirmed refused expired registered revoked"
    " assigned released settled repurchased written_off closed_at_loss",
    "offering": "draft listed cancelled funded issued redeemed impaired closed_at_loss",
    "payment": "scheduled due grace overdue defaulted paid partial",
    "payout": "prepared approved cancelled sent confirmed rejected unknown returned",
    "prepayment": "ordered prepaid cancelled acknowledged refund_due packaged withdrawn sold active"
    " closed expired anchor_default refunded written_off closed_at_loss",
    "draw": "requested redeemed released lapsed refund_due shipped received part_received returned"
    " restored refunded anchor_default written_off closed_at_loss shipped_unreleased",
    "match": "ready matched tolerance awaiting_invoice awaiting_receipt over_quantity price_block no_order"
    " duplicate reversed",
    "verdict": "EXPANSION STEADY OVERTRADING DISTRESS ABSTAIN",
    "import": "reading checking dry_run committed undone failed",
    "flag": "disputed upheld dismissed misdirected turned_over frozen unfrozen diluted",
}


@pytest.mark.parametrize(("axis", "states"), BOOKS.items())
def test_the_states_of_the_books_have_words(axis: str, states: str) -> None:
    assert set(states.split()) - set(AXES[axis]) == set()


def test_the_states_of_every_table_in_code_have_words() -> None:
    missing = [
        f"{axis.name}.{state}"
        for axis in axes_in_code()
        for state in axis.table
        if state not in AXES.get(NAMES.get((axis.name, axis.start), axis.name), {})
    ]
    assert missing == [], "add a word and a class in scf/portals/words.py"


def test_the_states_of_values_in_code_have_words() -> None:
    for states, axis in ((MatchState, "match"), (KybState, "kyb"), (VerdictWord, "verdict"), (Severity, "severity"), (Outcome, "outcome")):  # fmt: skip
        assert {str(state) for state in states} - set(AXES[axis]) == set()
    assert {str(role) for role in Role} == set(words.ROLES)
    assert {str(seat) for seat in Seat} == set(words.SEATS)
    assert {str(kind) for kind in DocumentKind} == set(words.DOCUMENT_KINDS)


def test_every_account_of_the_chart_has_a_name() -> None:
    assert {entry.code for entry in CHART} - set(words.ACCOUNTS) == set()


def axes_in_code() -> list[Axis]:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(scf.__path__, "scf.")
        if module.name.rpartition(".")[2] in {"lifecycle", "transitions", "values"}
    ]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Axis)]


def test_red_is_broken_and_amber_waits() -> None:
    assert words.status_get("payment", "overdue").tone == "r"
    assert words.status_get("payout", "unknown").tone == "a"
    assert {word.tone for states in AXES.values() for word in states.values()} == set("nwbgar")


def test_a_state_nobody_named_shows_itself() -> None:
    assert words.status_get("claim", "dreaming") == Word("dreaming", "n")
    assert words.account_word("nostro") == "nostro"
