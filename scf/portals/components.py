"""What the component templates draw: frozen values, built by views, no HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scf.portals.dates import clock, day, moment
from scf.portals.figures import count, money, money_signed, units

Text = str | Promise
LOOK = gettext_lazy("查看")
PIECES = gettext_lazy("笔")
WILL_POST = gettext_lazy("确认后会过的账")
ALL_OR_NOTHING = gettext_lazy("一张凭证，全过或全不过")
Tone = Literal["", "amber", "red", "green"]


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a figure comes from: formula, file and place, neighbouring cells, batch, hash."""

    formula: Text = ""
    source: Text = ""
    batch: Text = ""
    digest: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # each begins with its row number
    hit: tuple[int, int] = (-1, -1)  # row and column (0 is the first cell after the number)
    href: str = ""
    link: Text = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the strip: at most four (five on a product page) side by side."""

    label: Text
    value: Text
    note: Text = ""
    unit: Text = ""
    tone: Tone = ""
    lineage: Lineage | None = None


def figure_money(
    label: Text, minor: int, *, note: Text = "", tone: Tone = "", lineage: Lineage | None = None
) -> Figure:
    """A sum in fen as a figure."""
    return Figure(label, money(minor), note=note, tone=tone, lineage=lineage)


def figure_count(
    label: Text, value: int, *, unit: Text = PIECES, note: Text = "", tone: Tone = ""
) -> Figure:
    """A number of things as a figure."""
    return Figure(label, count(value), note=note, unit=unit, tone=tone)


@dataclass(frozen=True, slots=True)
class Need:
    """A line of 待我处理: what, the sum or deadline, one button."""

    title: Text
    detail: Text = ""
    href: str = ""
    action: Text = LOOK
    icon: str = "clock-hour-4"
    tone: Tone = "amber"


StepState = Literal["done", "now", "future", "late", "bad"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a timeline. A late step names its owner in ``detail``; steps are never removed."""

    title: Text
    state: StepState
    when: date | datetime | str | None = None
    detail: Text = ""
    href: str = ""
    link: Text = ""

    def when_text(self) -> str:
        """03-18, 预计 03-18, 应于 03-17, or the words the view gave."""
        if self.when is None or isinstance(self.when, str):
            return self.when or ""
        text = moment(self.when) if isinstance(self.when, datetime) else day(self.when)[5:]
        if self.state == "future":
            return _("预计 %(when)s") % {"when": text}
        if self.state == "late":
            return _("应于 %(when)s") % {"when": text}
        return text


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of a price receipt; ``kind`` total is the answer, plain follows it."""

    label: Text
    amount: Text
    note: Text = ""
    kind: Literal["line", "total", "plain"] = "line"


def receipt_line(
    label: Text,
    minor: int,
    *,
    note: Text = "",
    kind: Literal["line", "total", "plain"] = "line",
    signed: bool = False,
) -> ReceiptLine:
    """A sum in fen as a line of the receipt."""
    amount = money_signed(minor) if signed else money(minor)
    return ReceiptLine(label, amount, note=note, kind=kind)


@dataclass(frozen=True, slots=True)
class PreviewLeg:
    """A line of the journal that will be posted."""

    debit: Text
    credit: Text
    amount: Text
    debit_note: Text = ""
    credit_note: Text = ""


@dataclass(frozen=True, slots=True)
class BalanceChange:
    """A balance now and after; ``previewed`` is set when it differs from what was seen before."""

    label: Text
    before: Text
    after: Text
    previewed: Text = ""


def leg_money(
    debit: Text, credit: Text, minor: int, *, debit_note: Text = "", credit_note: Text = ""
) -> PreviewLeg:
    """A leg in fen."""
    return PreviewLeg(debit, credit, money(minor), debit_note=debit_note, credit_note=credit_note)


def leg_units(
    debit: Text, credit: Text, number: int, *, debit_note: Text = "", credit_note: Text = ""
) -> PreviewLeg:
    """A leg in units."""
    return PreviewLeg(debit, credit, units(number), debit_note=debit_note, credit_note=credit_note)


def balance_change(label: Text, before: int, after: int) -> BalanceChange:
    """A balance in fen, now and after."""
    return BalanceChange(label, money(before), money(after))


@dataclass(frozen=True, slots=True)
class Consequences:
    """What agreeing will do: the journal, the balances, what can still be undone."""

    legs: tuple[PreviewLeg, ...] = ()
    changes: tuple[BalanceChange, ...] = ()
    undo: Text = ""
    title: Text = WILL_POST
    note: Text = ALL_OR_NOTHING


@dataclass(frozen=True, slots=True)
class Eye:
    """A cell of the four-eyes strip; ``here`` tints the seat of the reader."""

    label: Text
    who: Text
    here: bool = False
    tone: Tone = ""


def four_eyes(
    *,
    maker: str,
    made_at: datetime | None,
    reader: str,
    checker: Text,
    rule: Text,
    reader_is_maker: bool,
) -> tuple[Eye, Eye, Eye]:
    """经办 / 复核 / 规则 for a maker, who may check, and the rule; marks the reader's own seat."""
    you = _("（您）")
    made = _("经办 %(at)s") % {"at": clock(made_at)} if made_at else _("经办")
    first = Eye(made, f"{maker}{you}" if reader_is_maker else maker, here=reader_is_maker)
    second = (
        Eye(_("复核 · 须另一人"), checker)
        if reader_is_maker
        else Eye(_("复核"), f"{reader}{you}", here=True)
    )
    return first, second, Eye(_("规则"), rule)


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal or error: what happened, what is unchanged, what to do, code and reference."""

    title: Text
    code: str = ""
    detail: Text = ""
    href: str = ""
    link: Text = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A running task. ``total`` None shows the count and no bar; ``url`` is polled until done."""

    label: Text
    done: int
    total: int | None
    url: str = ""
    rate: int | None = None  # rows a second

    @property
    def left_seconds(self) -> int | None:
        """Whole seconds left at this rate; None when it cannot be known."""
        if not self.rate or self.total is None:
            return None
        return -(-(self.total - self.done) // self.rate)


@dataclass(frozen=True, slots=True)
class WizardStep:
    """A step of a wizard: done, on, or to come."""

    label: Text
    note: Text = ""
    state: Literal["done", "on", "todo"] = "todo"


def wizard_steps(
    labels: Sequence[Text], *, at: int, notes: Sequence[Text] = ()
) -> list[WizardStep]:
    """Steps with the one at index ``at`` on, those before it done."""
    states: list[Literal["done", "on", "todo"]] = [
        "done" if index < at else "on" if index == at else "todo" for index in range(len(labels))
    ]
    padded = [*notes, *[""] * (len(labels) - len(notes))]
    return [WizardStep(*step) for step in zip(labels, padded, states, strict=True)]


@dataclass(frozen=True, slots=True)
class Empty:
    """Why it is empty, when that changes, one link."""

    title: Text
    text: Text = ""
    href: str = ""
    link: Text = ""
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class CountTerm:
    """A term of the import equation 读到 = 可入库 + 未变 + 隔离 + 忽略."""

    label: Text
    value: int
    note: Text = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a checklist (day's close, proofs): passed, waiting for a person, or blocking."""

    title: Text
    state: Literal["ok", "wait", "block"]
    detail: Text = ""
    value: Text = ""
    href: str = ""
    link: Text = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of reasons with its threshold: y passed, n warns, x broken."""

    label: Text
    value: Text
    threshold: Text = ""
    state: Literal["y", "n", "x"] = "y"
    href: str = ""


@dataclass(frozen=True, slots=True)
class TAccount:
    """A T-account: (text, amount, tinted) on either side, and the balance."""

    title: Text
    asset: Text
    code: str
    debits: tuple[tuple[Text, Text, bool], ...] = ()
    credits: tuple[tuple[Text, Text, bool], ...] = ()
    balance: Text = ""
    balance_on_debit: bool = False

    def pairs(self) -> list[tuple[tuple[Text, Text, bool] | None, tuple[Text, Text, bool] | None]]:
        """Debit and credit lines side by side, the shorter side padded."""
        height = max(len(self.debits), len(self.credits), 1)
        left = [*self.debits, *[None] * (height - len(self.debits))]
        right = [*self.credits, *[None] * (height - len(self.credits))]
        return list(zip(left, right, strict=True))
