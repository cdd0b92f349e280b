"""Forms of a case: a note, a document, an outcome."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from scf.portals.forms import ActionForm
from scf.portals.risk_desk.forms import ReasonForm
from scf.portals.risk_desk.item_words import CASE_OUTCOMES


class NoteForm(ActionForm):
    """What was learned."""

    text = forms.CharField(
        label=_("记录"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class EvidenceForm(ActionForm):
    """A document that the files do not hold."""

    document = forms.CharField(label=_("单据或材料"), max_length=120)
    note = forms.CharField(label=_("说明了什么"), max_length=300, required=False)


class CloseForm(ReasonForm):
    """How the case ends; a confirmed fraud names the firms that may sell no more."""

    # Nothing is chosen for the person: neither an outcome nor a firm.
    outcome = forms.ChoiceField(
        label=_("结论"), choices=[("", _("请选择")), *CASE_OUTCOMES.items()]
    )
    refuse = forms.MultipleChoiceField(
        label=_("确认欺诈时停止出让的企业"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, firms: Sequence[tuple[str, str]]) -> None:
        """The firms of the case: (reference, name)."""
        field = self.fields["refuse"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(firms)

    def clean(self) -> dict[str, object]:
        """A confirmed fraud is somebody's."""
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == "confirmed_fraud" and not data.get("refuse"):
            self.add_error("refuse", _("请点明企业，没有提交任何东西。"))
        return data
