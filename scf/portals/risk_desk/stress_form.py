"""The scenario form of the stress lab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from risk.stress.scenario import DRAWS_MOST, SEED_MOST, Scenario
from scf.portals.forms import ActionForm
from scf.portals.risk_desk.stress_words import KINDS

PPM_A_PERCENT = 10_000
USUAL = Scenario()
# The form's percentages and the scenario's fields behind them.
SHARES = {
    "fall": "fall_ppm",
    "recovery": "recovery_ppm",
    "correlation": "correlation_ppm",
    "contagion": "contagion_ppm",
}


def _percent(label: Any, name: str, *, most: int = 100, help_text: Any = "") -> forms.IntegerField:
    usual = getattr(USUAL, SHARES[name]) // PPM_A_PERCENT
    return forms.IntegerField(
        label=label, min_value=0, max_value=most, initial=usual, help_text=help_text
    )


class StressForm(ActionForm):
    """What breaks, and under which assumptions; each field says when it counts."""

    kind = forms.ChoiceField(label=_("情景"), choices=list(KINDS.items()))
    sector = forms.ChoiceField(label=_("行业"), required=False, help_text=_("行业下滑时用"))
    fall = _percent(_("下滑幅度"), "fall", help_text=_("行业下滑时用"))
    obligor = forms.ChoiceField(
        label=_("付款主体"), required=False, help_text=_("付款主体违约时用；同集团一并违约")
    )
    stop_days = forms.IntegerField(
        label=_("中断天数"),
        min_value=1,
        max_value=365,
        initial=USUAL.stop_days,
        help_text=_("物流中断时用"),
    )
    recovery = _percent(_("违约后收回"), "recovery", help_text=_("占债权面额"))
    recovery_days = forms.IntegerField(
        label=_("收回所需天数"), min_value=0, max_value=3650, initial=USUAL.recovery_days
    )
    correlation = _percent(_("违约相关性"), "correlation", most=99)
    contagion = _percent(_("产出损失转为违约的比例"), "contagion")
    draws = forms.IntegerField(
        label=_("模拟次数"), min_value=100, max_value=DRAWS_MOST, initial=USUAL.draws
    )
    seed = forms.IntegerField(
        label=_("随机种子"),
        min_value=0,
        max_value=SEED_MOST,
        initial=USUAL.seed,
        help_text=_("同一种子、同一快照，结果逐字节相同"),
    )

    def offer(self, *, sectors: Sequence[str], obligors: Sequence[tuple[str, str]]) -> None:
        """The sectors that occur in the chain, and obligors as (reference, name)."""
        none = [("", "—")]
        choices = {
            "sector": none + [(one, one) for one in sectors],
            "obligor": none + list(obligors),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean(self) -> dict[str, Any]:
        """A sector's or an obligor's scenario needs its name."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for kind, needed in (("sector", "sector"), ("obligor", "obligor")):
            if data.get("kind") == kind and not data.get(needed):
                self.add_error(needed, ValidationError(_("这个情景须选这一项。"), code="required"))
        return data

    def scenario(self) -> Scenario:
        """The checked form as a scenario; what does not belong to its kind is left out."""
        data = self.cleaned_data
        kind = data["kind"]
        return Scenario(
            kind=kind,
            sector=data["sector"] if kind == "sector" else "",
            party_ref=data["obligor"] if kind == "obligor" else "",
            stop_days=data["stop_days"],
            recovery_days=data["recovery_days"],
            draws=data["draws"],
            seed=data["seed"],
            **{field: data[name] * PPM_A_PERCENT for name, field in SHARES.items()},
        )


def initial_of(scenario: Scenario) -> dict[str, Any]:
    """The form as a run was asked, to change one thing and run again."""
    shares = {name: getattr(scenario, field) // PPM_A_PERCENT for name, field in SHARES.items()}
    return shares | {
        "kind": scenario.kind,
        "sector": scenario.sector,
        "obligor": scenario.party_ref,
        "stop_days": scenario.stop_days,
        "recovery_days": scenario.recovery_days,
        "draws": scenario.draws,
        "seed": scenario.seed,
    }
