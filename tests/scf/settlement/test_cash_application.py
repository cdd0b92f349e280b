"""Whose money is this: the rules in their order, and what they leave to people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scf.settlement.cash_application import (
    Policy,
    applications_plan,
    number_tokens,
    short_is_small,
)
from scf.settlement.values import (
    Application,
    MatchLine,
    OpenEntry,
    OpenItem,
    Proposal,
    RemittanceReference,
    Rule,
)

OBLIGOR, OTHER, INVESTOR = 11, 12, 21
FACE = 100_000_000


def item(
    ref: str,
    residual: int = FACE,
    *,
    number: str = "",
    party: int = OBLIGOR,
    kind: str = "claim",
    due: int = 16,
    currency: str = "CNY",
) -> OpenItem:
    numbers = (number,) if number else (f"INV26030{ref.split(':')[1]}",)
    return OpenItem(kind, ref, party, numbers, date(2026, 6, due), residual, currency)


def entry(
    entry_id: int = 1,
    amount: int = FACE,
    *,
    text: str = "",
    references: tuple[RemittanceReference, ...] = (),
    payer: int | None = OBLIGOR,
    name: str = "沧澜制冷电器有限公司",
    day: int = 16,
) -> OpenEntry:
    return OpenEntry(
        id=entry_id,
        identity=f"ref:{entry_id}",
        amount_minor=amount,
        booking_date=date(2026, 6, day),
        remittance=text,
        references=references,
        payer_id=payer,
        payer_name=name,
    )


def plan(
    entries: list[OpenEntry], items: list[OpenItem], policy: Policy | None = None
) -> list[Application]:
    return applications_plan(
        entries=entries, items=items, policy=policy or Policy(depositors=frozenset({INVESTOR}))
    )


def decided(one: OpenEntry, items: list[OpenItem], policy: Policy | None = None) -> Proposal | None:
    return plan([one], items, policy)[0].decision


def placed(proposal: Proposal | None) -> list[tuple[str, str, int]]:
    assert proposal is not None
    return [(line.kind, line.ref, line.amount_minor) for line in proposal.lines]


def reasons(proposal: Proposal) -> set[str]:
    return {reason.code for reason in proposal.reasons}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("INV2603-0418等 货款", {"INV26030418"}),
        ("发票号25372000000012345678", {"25372000000012345678"}),
        ("ＩＮＶ－００１", {"INV001"}),
        ("INV-001/INV-002", {"INV001", "INV002", "INV001INV002"}),
        ("NO.4471 货款", {"4471"}),
        ("第 18 期 120 件", set()),
    ],
)
def test_tokens_of_a_remittance_text(text: str, tokens: set[str]) -> None:
    assert number_tokens(text) == tokens


def test_a_part_of_a_number_is_not_that_number() -> None:
    items = [item("claim:1", number="0418")]
    assert decided(entry(text="合同 HT-2026-0418", payer=None), items) is None


def test_a_structured_reference_settles_its_invoice() -> None:
    items = [item("claim:1", number="INV001"), item("claim:2", number="INV002")]
    one = entry(references=(RemittanceReference("INV-001"),), payer=None)
    found = decided(one, items)
    assert found is not None
    assert found.rule is Rule.STRUCTURED
    assert placed(found) == [("claim", "claim:1", FACE)]


def test_structured_amounts_are_followed() -> None:
    items = [item("claim:1", number="INV001"), item("claim:2", number="INV002")]
    references = (RemittanceReference("INV001", 30_000_000), RemittanceReference("INV002"))
    found = decided(entry(amount=130_000_000, references=references), items)
    assert placed(found) == [("claim", "claim:1", 30_000_000), ("claim", "claim:2", FACE)]


def test_an_invoice_number_in_the_text_settles_even_from_an_unknown_account() -> None:
    items = [item("claim:1", number="INV26030418"), item("claim:2", number="INV26030433")]
    found = decided(entry(text="INV2603-0418 等 货款", payer=None), items)
    assert found is not None
    assert found.rule is Rule.NUMBER
    assert placed(found) == [("claim", "claim:1", FACE)]
    assert "amount_exact" in reasons(found)


def test_a_number_paid_by_somebody_else_needs_a_person() -> None:
    application = plan(
        [entry(text="INV2603-0418", payer=OTHER)], [item("claim:1", number="INV26030418")]
    )[0]
    assert application.decision is None
    assert "payer_differs" in reasons(application.suggestions[0])


def test_the_same_number_of_two_suppliers_is_not_unique_but_the_payer_may_tell() -> None:
    items = [
        item("claim:1", number="INV0001", party=OBLIGOR),
        item("claim:2", number="INV0001", party=OTHER),
    ]
    application = plan([entry(text="INV0001", payer=None)], items)[0]
    assert application.decision is None
    assert [each.is_unique for each in application.suggestions] == [False, False]
    assert placed(decided(entry(text="INV0001", payer=OTHER), items)) == [
        ("claim", "claim:2", FACE)
    ]


def test_a_claim_and_its_recourse_share_a_number_and_the_exact_amount_tells() -> None:
    items = [
        item("claim:1", 1_990_997, number="INV0001", party=OTHER, kind="recourse"),
        item("claim:1", 94_143_666, number="INV0001", party=OTHER, kind="repurchase"),
        item("claim:1", number="INV0001"),
    ]
    found = decided(entry(amount=1_990_997, text="INV0001", payer=OTHER), items)
    assert placed(found) == [("recourse", "claim:1", 1_990_997)]
    assert decided(entry(amount=5, text="INV0001", payer=OTHER), items) is None


def test_a_part_payment_by_number_stays_open() -> None:
    found = decided(entry(amount=60_000_000, text="INV0001"), [item("claim:1", number="INV0001")])
    assert placed(found) == [("claim", "claim:1", 60_000_000)]
    assert found is not None
    assert not found.lines[0].closes
    assert "short" in reasons(found)


def test_short_by_small_change_closes_the_item() -> None:
    found = decided(entry(amount=FACE - 500, text="INV0001"), [item("claim:1", number="INV0001")])
    assert found is not None
    assert found.lines[0].closes
    assert "short_small" in reasons(found)


@pytest.mark.parametrize(
    ("paid", "owed", "small"),
    [
        (99_999_000, 100_000_000, True),  # 10.00 of a million
        (99_998_999, 100_000_000, False),  # 10.01
        (499_500, 500_000, True),  # 5.00 is 0.1% of 5,000.00
        (499_499, 500_000, False),
        (100_000_000, 100_000_000, False),  # not short at all
    ],
)
def test_small_change_is_ten_yuan_and_a_thousandth(paid: int, owed: int, small: bool) -> None:
    assert short_is_small(paid_minor=paid, residual_minor=owed) is small


def test_an_overpayment_goes_on_the_payers_account() -> None:
    found = decided(
        entry(amount=FACE + 50_000, text="INV0001"), [item("claim:1", number="INV0001")]
    )
    assert placed(found) == [
        ("claim", "claim:1", FACE),
        ("on_account", f"party:{OBLIGOR}", 50_000),
    ]


def test_several_named_invoices_that_come_short_are_left_to_a_person() -> None:
    items = [item("claim:1", number="INV0001"), item("claim:2", number="INV0002")]
    application = plan([entry(amount=FACE + 5, text="INV0001 INV0002")], items)[0]
    assert application.decision is None
    assert "short_of_several" in reasons(application.suggestions[0])


def test_a_known_account_and_one_exact_residual() -> None:
    items = [item("claim:1"), item("claim:2", 73_520_000), item("claim:3", FACE, party=OTHER)]
    found = decided(entry(text="货款"), items)
    assert found is not None
    assert found.rule is Rule.EXACT
    assert placed(found) == [("claim", "claim:1", FACE)]


def test_two_exact_residuals_are_shown_and_neither_is_taken() -> None:
    application = plan([entry(text="货款")], [item("claim:1"), item("claim:2")])[0]
    assert application.decision is None
    exact = [each for each in application.suggestions if each.rule is Rule.EXACT]
    assert [each.lines[0].ref for each in exact] == ["claim:1", "claim:2"]
    assert not any(each.is_unique for each in exact)


def test_a_unique_combination_settles() -> None:
    items = [item("claim:1", 42_600_000), item("claim:2", 57_400_000), item("claim:3", 9)]
    found = decided(entry(text="六月货款"), items)
    assert found is not None
    assert found.rule is Rule.SUBSET
    assert placed(found) == [("claim", "claim:1", 42_600_000), ("claim", "claim:2", 57_400_000)]


def test_two_combinations_settle_nothing() -> None:
    amounts = [42_600_000, 57_400_000, 31_550_000, 68_450_000]
    items = [item(f"claim:{place}", amount) for place, amount in enumerate(amounts, 1)]
    application = plan([entry()], items)[0]
    assert application.decision is None
    subsets = [each for each in application.suggestions if each.rule is Rule.SUBSET]
    assert len(subsets) == 2


def test_beyond_twenty_five_items_no_combination_is_tried() -> None:
    items = [item(f"claim:{place}", 2**place) for place in range(1, 27)]
    application = plan([entry(amount=2 + 4)], items)[0]
    assert application.decision is None
    assert not [each for each in application.suggestions if each.rule is Rule.SUBSET]


def test_a_combination_needs_a_known_payer_and_one_currency() -> None:
    items = [item("claim:1", 40), item("claim:2", 60)]
    assert decided(entry(amount=100, payer=None), items) is None
    foreign = [item("claim:1", 40), item("claim:2", 60, currency="USD")]
    assert decided(entry(amount=100), foreign) is None


def test_oldest_first_only_where_it_was_signed() -> None:
    items = [item("claim:1", 70, due=20), item("claim:2", 50, due=10)]
    assert decided(entry(amount=90), items) is None
    signed = Policy(oldest_first=frozenset({OBLIGOR}))
    found = decided(entry(amount=90), items, signed)
    assert placed(found) == [("claim", "claim:2", 50), ("claim", "claim:1", 40)]


def test_an_investors_money_is_its_deposit() -> None:
    found = decided(entry(amount=50_000_000, payer=INVESTOR), [item("claim:1")])
    assert placed(found) == [("deposit", f"party:{INVESTOR}", 50_000_000)]


def test_an_investor_that_owes_is_asked_about() -> None:
    items = [item("claim:1", 7, party=INVESTOR)]
    assert decided(entry(amount=50_000_000, payer=INVESTOR), items) is None


def test_a_name_alone_never_settles() -> None:
    policy = Policy(party_names={OBLIGOR: "沧澜制冷电器有限公司"})
    application = plan([entry(text="货款", payer=None)], [item("claim:1")], policy)[0]
    assert application.decision is None
    (suggestion,) = application.suggestions
    assert suggestion.rule is Rule.NAME


def test_money_of_a_payer_that_owes_nothing_waits_with_one_suggestion() -> None:
    application = plan([entry(payer=OTHER, text="")], [item("claim:1")])[0]
    assert application.decision is None
    assert [each.lines[0].kind for each in application.suggestions] == ["on_account"]


def test_a_second_payment_of_the_same_invoice_settles_nothing_twice() -> None:
    items = [item("claim:1", number="INV0001")]
    first, second = plan([entry(1, text="INV0001"), entry(2, text="INV0001")], items)
    assert placed(first.decision) == [("claim", "claim:1", FACE)]
    assert second.decision is None


def test_strong_evidence_takes_its_item_before_weak_evidence() -> None:
    items = [item("claim:1", number="INV0001")]
    by_amount, by_number = plan(
        [entry(1, text="货款", day=1), entry(2, text="INV0001", day=16)], items
    )
    assert by_amount.decision is None
    assert placed(by_number.decision) == [("claim", "claim:1", FACE)]


_amounts = st.integers(1, 6).map(lambda each: each * 1_000)
_entries = st.lists(
    st.tuples(
        _amounts,
        st.sampled_from(["", "INV0001", "INV0002 INV0003"]),
        st.sampled_from([OBLIGOR, OTHER, None]),
    ),
    max_size=5,
)
_items = st.lists(st.tuples(_amounts, st.sampled_from([OBLIGOR, OTHER])), max_size=6)


@given(_entries, _items, st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing_and_nothing_is_settled_twice(
    raw_entries: list[tuple[int, str, int | None]],
    raw_items: list[tuple[int, int]],
    shuffle: object,
) -> None:
    entries = [
        entry(place, amount, text=text, payer=payer)
        for place, (amount, text, payer) in enumerate(raw_entries, 1)
    ]
    items = [
        item(f"claim:{place}", amount, number=f"INV000{place}", party=party)
        for place, (amount, party) in enumerate(raw_items, 1)
    ]
    straight = plan(entries, items)
    mixed_entries, mixed_items = list(entries), list(items)
    shuffle.shuffle(mixed_entries)  # type: ignore[attr-defined]
    shuffle.shuffle(mixed_items)  # type: ignore[attr-defined]
    assert plan(mixed_entries, mixed_items) == straight
    _never_more_than_is_there(entries, items, straight)


def _never_more_than_is_there(
    entries: list[OpenEntry], items: list[OpenItem], applications: list[Application]
) -> None:
    taken: dict[str, int] = {}
    for one, application in zip(entries, applications, strict=True):
        lines: tuple[MatchLine, ...] = application.decision.lines if application.decision else ()
        if lines:
            assert sum(line.amount_minor for line in lines) == one.amount_minor
        for line in lines:
            if line.kind == "claim":
                taken[line.ref] = taken.get(line.ref, 0) + line.amount_minor
    for each in items:
        assert taken.get(each.ref, 0) <= each.residual_minor
