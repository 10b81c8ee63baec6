"""Rounds on the ladder, reserved powers, the way out, counsel's word."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import DateField, area
from alliance.models import Member
from alliance.rules import MAX_STEP, TOP
from alliance.states import LADDER, Domain


class RoundForm(forms.Form):
    """For each voting member and domain the level to reach, or none: a grid of choices."""

    def __init__(
        self, *args: Any, members: list[Member], standing: Mapping[tuple[UUID, str], int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.members = members
        for member in members:
            for domain in Domain:
                self._add(member, domain, standing.get((member.pk, domain), 0))

    def _add(self, member: Member, domain: Domain, level: int) -> None:
        reach = range(level + 1, min(level + MAX_STEP, TOP) + 1)
        words = {"member": member, "domain": domain.label, "level": level}
        refusal = _("%(member)s, %(domain)s: it stands at %(level)s; one round raises by %(step)s at most.")
        self.fields[f"{member.pk}_{domain}"] = forms.ChoiceField(
            label=_("%(member)s: %(domain)s") % words,
            choices=[
                ("", _("%(level)s stays") % words),
                *((str(to), f"{to} {LADDER[to]}") for to in reach),
            ],
            required=False,
            error_messages={"invalid_choice": refusal % {**words, "step": MAX_STEP}},
            widget=forms.Select(attrs={"class": "input", "aria-label": _("%(member)s: %(domain)s") % words}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """The fields as the grid shows them."""
        return [
            {"member": member, "fields": [(domain.label, self[f"{member.pk}_{domain}"]) for domain in Domain]}
            for member in self.members
        ]

    def domains(self) -> list[Any]:
        return [domain.label for domain in Domain]

    def levels(self) -> dict[tuple[Member, str], int]:
        """What is to be reached: (member, domain) → level."""
        given = self.cleaned_data
        return {
            (member, domain.value): int(given[f"{member.pk}_{domain}"])
            for member in self.members
            for domain in Domain
            if given.get(f"{member.pk}_{domain}")
        }


class AsOfForm(forms.Form):
    """The day at whose end one wants to see the ladder; none for now."""

    at = DateField(
        label=_("As it stood on"),
        error_messages={"invalid": _("Write a day such as 2026-05-31, or choose one.")},
    )  # fmt: skip


class ReservedPowerForm(forms.Form):
    """What a member keeps for itself."""

    domain = forms.ChoiceField(label=_("Domain"), choices=[("", _("None of these")), *Domain.choices], required=False)
    text = TextField(label=_("What it keeps"), max_length=1000, widget=area(3))
    sole_veto = forms.BooleanField(
        label=_("It may block alone"), required=False,
        help_text=_("A sole veto in a core domain undoes the shared control there."),
    )  # fmt: skip


class ExitTermsForm(forms.Form):
    """At what notice and cost a member may leave."""

    exit_notice_days = forms.IntegerField(label=_("Notice to leave, in days"), min_value=0, max_value=3650)
    exit_cost = TextField(
        label=_("What leaving costs"), max_length=1000, widget=area(3),
        help_text=_("Write “nothing” if it costs nothing."),
    )  # fmt: skip
    entire_agreement = forms.BooleanField(label=_("No side agreement counts"), required=False)


class ReviewForm(forms.Form):
    """Counsel's dated word."""

    cleared = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[
            ("yes", _("Cleared\nNothing forbidden is agreed here")),
            ("no", _("Not cleared\nSay in the opinion what must change")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = TextField(label=_("Opinion"), max_length=8000, widget=area(6))
