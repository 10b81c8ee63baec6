"""Inviting, and how members stand to one another."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import CurrencyField, DateField, MoneyField, RecordField, area
from alliance.models import Alliance, Member, Role
from alliance.selectors.standing import Standing
from alliance.states import OF_A_MEMBER, ContributionKind, Participation, RelationKind, RoleKind

FOR_A_MEMBER = [
    (RoleKind.REPRESENTATIVE, _("Representative\nSpeaks for the organisation: interests, positions, worksheet")),
    (RoleKind.SIGNATORY, _("Signatory\nBinds it: contributions, shared control, the charter")),
]
FOR_THE_ALLIANCE = [
    (RoleKind.COUNSEL, _("Counsel\nReviews competition law")),
    (RoleKind.AUDITOR, _("Auditor\nReads and verifies everything, decides nothing")),
    (RoleKind.CUSTODIAN, _("Custodian\nKeeps sealed worksheets; works for no member")),
    (RoleKind.OBSERVER, _("Observer\nReads what is open; also a successor’s person")),
    (RoleKind.ORGANISER, _("Organiser\nOne more of the convener’s people")),
]


class RolesField(forms.MultipleChoiceField):
    """Representative, signatory, or both."""

    def __init__(self, **options: Any) -> None:
        options = {
            "label": _("The contact’s roles"),
            "choices": FOR_A_MEMBER,
            "initial": [RoleKind.REPRESENTATIVE],
            "widget": forms.CheckboxSelectMultiple,
            **options,
        }
        super().__init__(**options)


class InviteMemberForm(forms.Form):
    """An organisation, and the person by whom it comes in."""

    organisation = TextField(label=_("Organisation"), max_length=160)
    category = TextField(
        label=_("Its kind"), max_length=80,
        help_text=_("The side it stands on, in one word: payer, provider, supplier, regulator, public …"),
    )  # fmt: skip
    participation = forms.ChoiceField(
        label=_("Takes part as"), choices=Participation, initial=Participation.VOTING, widget=forms.RadioSelect
    )
    name = TextField(label=_("Contact"), max_length=120)
    email = forms.EmailField(label=_("Contact’s e-mail"), help_text=_("Only this address can accept the invitation."))
    roles = RolesField()
    mandate = TextField(
        label=_("Mandate of the signatory"), required=False, max_length=500,
        help_text=_("By what it may sign: board resolution, power of attorney, office held."),
    )  # fmt: skip
    statutory_limit = TextField(
        label=_("What the law does not let it cede"), required=False, max_length=1000, widget=area(2),
        help_text=_("For a public participant."),
    )  # fmt: skip
    public_benefit = TextField(
        label=_("Its benefit, in other units than money"), required=False, max_length=1000, widget=area(2),
        help_text=_("For a public participant."),
    )  # fmt: skip


class ControlForm(forms.Form):
    """Under whose control a member stands."""

    group = TextField(
        label=_("The group that controls it"), max_length=160, required=False,
        help_text=_("Who holds more than half of it; nothing where nobody does. Members of one group count as one."),
    )  # fmt: skip


class PublicPartForm(forms.Form):
    """What a public participant cannot cede, and what it gains."""

    statutory_limit = TextField(
        label=_("What does the law not let it cede?"), max_length=1000, widget=area(3),
        help_text=_("With the law that says so. The charter names it."),
    )  # fmt: skip
    public_benefit = TextField(
        label=_("What does it gain, in other units than money?"), max_length=1000, widget=area(3),
        help_text=_("Tonnes, hours, patients, cases: what it would count."),
    )  # fmt: skip


class InvitePersonForm(forms.Form):
    """One more person: for a member, or with a role of the alliance."""

    name = TextField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Only this address can accept the invitation."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
    )
    member = RecordField(
        label=_("Acts for"), queryset=Member.objects.none(), required=False, empty_label=_("No member"),
        help_text=_("A representative and a signatory act for one member; its own people invite them."),
    )  # fmt: skip
    organisation = TextField(
        label=_("Works for"), required=False, max_length=160, help_text=_("For a role of the alliance.")
    )
    mandate = TextField(
        label=_("Mandate of the signatory"), required=False, max_length=500,
        help_text=_("By what it may sign: board resolution, power of attorney, office held."),
    )  # fmt: skip

    def __init__(self, *args: Any, alliance: Alliance, standing: Standing, **options: Any) -> None:
        super().__init__(*args, **options)
        roles, members = [(_("For one member"), FOR_A_MEMBER)], Q(pk__in=[each.pk for each in standing.members()])
        if standing.is_organiser:
            roles.append((_("For the alliance"), FOR_THE_ALLIANCE))
            members |= Q(~Exists(Role.objects.current().of_kind(*OF_A_MEMBER).filter(member=OuterRef("pk"))))
        else:
            del self.fields["organisation"]
            self.fields["member"].required, self.fields["member"].empty_label = True, None  # type: ignore[attr-defined]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        found = alliance.members.present().filter(members).select_related("organisation")
        self.fields["member"].queryset = found.order_by("organisation__name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = set(cleaned.get("roles", []))
        if cleaned.get("member") and chosen - OF_A_MEMBER:
            self.add_error("roles", _("For a member, choose representative, signatory, or both."))
        return cleaned


class RelationForm(forms.Form):
    """How one member stands to another."""

    first = RecordField(label=_("This member"), queryset=Member.objects.none())
    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind)
    second = RecordField(label=_("That member"), queryset=Member.objects.none())

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        members = alliance.members.present().select_related("organisation").order_by("organisation__name")
        for name in ("first", "second"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]


class ContributionForm(forms.Form):
    """What a member promises to bring in."""

    kind = forms.ChoiceField(label=_("Of what kind"), choices=ContributionKind, widget=forms.RadioSelect)
    description = TextField(label=_("What"), max_length=2000, widget=area(3))
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("For money."))
    currency = CurrencyField(required=False)
    due_on = DateField(label=_("Due on"), required=False)


class KeptForm(forms.Form):
    """On which day it came in."""

    kept_on = DateField(label=_("Came in on"))
