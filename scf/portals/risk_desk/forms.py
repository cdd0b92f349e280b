"""Forms of the risk desk that act."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm, DayField, MoneyField
from scf.portals.risk_desk.words import GRANTS, SCOPES

MOST_MINOR = 100_000_000_000_000


class RunForm(ActionForm):
    """Assess the chain now."""


class ViewForm(ActionForm):
    """Keep a view under a name."""

    name = forms.CharField(label=_("名字"), max_length=60)


class ReasonForm(ActionForm):
    """Do it, and say why."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class OverrideForm(ReasonForm):
    """Let a firm pass against its verdict."""

    grant = forms.ChoiceField(label=_("放行范围"), choices=list(GRANTS.items()))
    until = DayField(label=_("有效至"))


class LimitForm(ReasonForm):
    """The new figures of a limit."""

    base = MoneyField(label=_("基准额度"), low_minor=0, high_minor=MOST_MINOR)
    floating = MoneyField(
        label=_("浮动额度"), low_minor=-MOST_MINOR, high_minor=MOST_MINOR, initial=0
    )


class NewLimitForm(LimitForm):
    """A limit that is not there yet: what it is about, and its figures."""

    scope = forms.ChoiceField(label=_("对象"), choices=list(SCOPES.items()))
    seller = forms.ChoiceField(label=_("企业"), required=False)
    obligor = forms.ChoiceField(label=_("付款人"), required=False)
    group = forms.ChoiceField(label=_("付款集团"), required=False)

    def offer(
        self,
        *,
        sellers: Sequence[tuple[str, str]],
        obligors: Sequence[tuple[str, str]],
        groups: Sequence[str],
    ) -> None:
        """What can be chosen: (reference, name) of firms, and names of groups."""
        none = [("", "—")]
        fields = {
            "seller": none + list(sellers),
            "obligor": none + list(obligors),
            "group": none + [(name, name) for name in groups],
        }
        for name, choices in fields.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, object]:
        """Every scope needs its own choices."""
        data = super().clean() or self.cleaned_data
        needed = {"party": ("seller",), "pair": ("seller", "obligor"), "group": ("group",)}
        for name in needed.get(data.get("scope", ""), ()):
            if not data.get(name):
                self.add_error(name, _("请选择，没有提交任何东西。"))
        return data
