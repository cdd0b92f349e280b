"""Forms of warnings and collection."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm, DayField, MoneyField
from scf.portals.risk_desk.collection_words import CHANNELS, OUTCOMES
from scf.portals.risk_desk.forms import MOST_MINOR, ReasonForm


class SnoozeForm(ReasonForm):
    """Quiet until a day."""

    until = DayField(label=_("暂缓到"))


class EscalateForm(ReasonForm):
    """To a colleague."""

    to = forms.ChoiceField(label=_("上报给"))

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Whom it can go to: (user id, name)."""
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(number), name) for number, name in people]


class ContactForm(ActionForm):
    """What came of an attempt to speak to a debtor, with a promise where one was given."""

    channel = forms.ChoiceField(label=_("方式"), choices=list(CHANNELS.items()))
    who = forms.CharField(
        label=_("对方岗位"),
        max_length=80,
        required=False,
        help_text=_("写岗位，不写姓名和电话"),
    )
    outcome = forms.ChoiceField(label=_("结果"), choices=list(OUTCOMES.items()))
    note = forms.CharField(
        label=_("说了什么"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    promised = MoneyField(label=_("承诺金额"), high_minor=MOST_MINOR, required=False)
    by_date = DayField(label=_("承诺日期"), required=False)
    next_step = forms.CharField(label=_("下一步"), max_length=200, required=False)
    next_date = DayField(label=_("下一步日期"), required=False)

    def clean(self) -> dict[str, object]:
        """A promise is a sum and a day, and is the result of the contact."""
        data = super().clean() or self.cleaned_data
        has_sum, has_day = data.get("promised") is not None, data.get("by_date") is not None
        is_promise = data.get("outcome") == "promised"
        if has_sum != has_day:
            self.add_error("by_date" if has_sum else "promised", _("承诺要有金额和日期。"))
        elif is_promise != has_sum:
            self.add_error(
                "promised" if is_promise else "outcome", _("承诺付款须写金额和日期，反之亦然。")
            )
        return data
