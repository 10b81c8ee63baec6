"""Shapes of what people type about the charter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.models import Alliance
from alliance.states import Area
from charter.states import SigningRule, Template
from governance.forms.inputs import EffectInput, register


class TemplateForm(forms.Form):
    """Which template the charter starts from."""

    template = forms.ChoiceField(label=_("Start from"), choices=Template.choices, widget=forms.RadioSelect)


class SectionForm(forms.Form):
    """One section's text."""

    text = TextField(
        label=_("Text"),
        help_text=_("Markdown. Fields in double braces are filled from the record; they are listed below."),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=20_000,
    )


class SigningTermsForm(forms.Form):
    """Who signs, and in how many days."""

    signing_rule = forms.ChoiceField(label=_("Who signs"), choices=SigningRule.choices, widget=forms.RadioSelect)
    notice_days = forms.IntegerField(label=_("Days to sign"), help_text=_("14 at least."), min_value=14, max_value=365)


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class SignatureForm(forms.Form):
    """What is signed: the hash that was shown."""

    hash = TextField(widget=forms.HiddenInput, min_length=64, max_length=64)


def _template_fields(alliance: Alliance) -> dict[str, forms.Field]:
    return {"template": forms.ChoiceField(label=_("Template"), choices=Template.choices, widget=forms.RadioSelect)}


def _amendment_fields(alliance: Alliance) -> dict[str, forms.Field]:
    return {
        "areas": forms.MultipleChoiceField(
            label=_("What it changes"), choices=Area.choices, widget=forms.CheckboxSelectMultiple,
            help_text=_("Only these parts of the record are open for it, for 30 days from when it takes effect."),
        )
    }  # fmt: skip


def register_inputs() -> None:
    """Have what these effects need filled in, on the page where a decision is written."""
    given = EffectInput(
        fields=_template_fields,
        read=lambda cleaned: {"template": cleaned["template"]},
        initial=lambda data: {"template": data.get("template", "")},
    )
    register("choose_template", given)
    register(
        "amend",
        EffectInput(
            fields=_amendment_fields,
            read=lambda cleaned: {"areas": list(cleaned["areas"])},
            initial=lambda data: {"areas": data.get("areas", [])},
        ),
    )
