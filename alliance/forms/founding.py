"""The four steps of founding, and what an alliance says of itself later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.models import Organisation, Person
from accounts.rules import name_key
from accounts.services.organisations import require_new
from alliance.forms.fields import CurrencyField, LinesField, MoneyField, ReasonsField, RecordField, area
from alliance.forms.membership import RolesField
from alliance.models import Alliance, Member
from alliance.rules import ORDER
from alliance.states import Origin, Participation, Permanence, Profile
from audit.errors import DomainError

OTHER = "other"
LONGEST_TERM = 600


class ProblemForm(forms.Form):
    """Why: a problem or an opportunity, the purpose, the name."""

    origin = forms.ChoiceField(label=_("You start from"), choices=Origin, widget=forms.RadioSelect)
    statement = TextField(
        label=_("What is it?"),
        help_text=_("Two or three sentences: who suffers from it or would gain, and why nobody solves it alone."),
        max_length=4000,
        widget=area(),
    )
    purpose = TextField(
        label=_("What for?"),
        help_text=_("One sentence that begins with a verb, such as “Exchange claims in one open format”."),
        max_length=1000,
        widget=area(2),
    )
    name = TextField(label=_("Name of the alliance"), max_length=160, help_text=_("You can use a working title."))
    reasons = ReasonsField(required=False)


class TermForm(forms.Form):
    """How long, and the facts that set how deep the readiness check goes."""

    permanence = forms.ChoiceField(label=_("How long should it last?"), choices=Permanence, widget=forms.RadioSelect)
    term_months = forms.IntegerField(
        label=_("Term in months"), required=False, min_value=1, max_value=LONGEST_TERM,
        help_text=_("For a fixed term only. Up to 24 months keeps the readiness check short."),
    )  # fmt: skip
    pooled_amount = MoneyField(
        label=_("Money pooled"), required=False, initial=0, help_text=_("What all members together put in one pot.")
    )
    currency = CurrencyField()
    pools_patents = forms.BooleanField(label=_("Patents are pooled"), required=False)
    pools_personal_data = forms.BooleanField(label=_("Personal data are pooled"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_temporary = cleaned.get("permanence") == Permanence.TEMPORARY
        if is_temporary and not cleaned.get("term_months") and "term_months" not in self.errors:
            self.add_error("term_months", _("Say for how many months the alliance is formed."))
        if not is_temporary:
            cleaned["term_months"] = None
        cleaned["pooled_amount"] = cleaned.get("pooled_amount") or 0
        return cleaned


class PartiesForm(forms.Form):
    """Whom the problem touches, and for whom the founder speaks."""

    affected_parties = LinesField(
        label=_("Who is touched by it?"),
        help_text=_("One a line: everyone who pays, provides, supplies, regulates or lives with the result."),
        max_length=8000,
        widget=area(5),
    )
    convener = forms.ChoiceField(label=_("Which organisation convenes?"), widget=forms.RadioSelect)
    organisation = TextField(
        label=_("Name of the other organisation"), required=False, max_length=160,
        help_text=_("Only if you chose another one. You are entered as working for it."),
    )  # fmt: skip
    category = TextField(
        label=_("Its kind"), max_length=80,
        help_text=_("The side it stands on, in one word: payer, provider, supplier, regulator, public …"),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisations = {
            str(organisation.pk): organisation
            for organisation in Organisation.objects.vouching_for(person).order_by("name")
        }
        choices: list[tuple[str, Any]] = [(key, each.name) for key, each in self.organisations.items()]
        self.fields["convener"].choices = [*choices, (OTHER, _("Another one that I work for"))]  # type: ignore[attr-defined]
        self.fields["convener"].initial = choices[0][0] if choices else OTHER

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("convener") == OTHER and "organisation" in cleaned and not self._own(cleaned["organisation"]):
            try:
                require_new(cleaned["organisation"])
            except DomainError as refusal:
                self.add_error("organisation", refusal.sentence)
        return cleaned

    def _own(self, name: str) -> Organisation | None:
        return next((each for each in self.organisations.values() if each.key == name_key(name)), None)

    @property
    def convening(self) -> Organisation | str:
        """The organisation chosen, or the name of one to enter."""
        chosen: str = self.cleaned_data["convener"]
        name: str = self.cleaned_data["organisation"]
        return self.organisations.get(chosen) or name


class FirstMemberForm(forms.Form):
    """One organisation to invite; a form left empty asks for nothing."""

    organisation = TextField(label=_("Organisation"), max_length=160)
    category = TextField(label=_("Its kind"), max_length=80, help_text=_("Payer, provider, regulator …"))
    participation = forms.ChoiceField(
        label=_("Takes part as"), choices=Participation, initial=Participation.VOTING,
        help_text=_("Public participants, such as a ministry, cede no rights and do not vote."),
    )  # fmt: skip
    name = TextField(label=_("Contact"), max_length=120)
    email = forms.EmailField(label=_("Contact’s e-mail"))
    roles = RolesField()
    mandate = TextField(
        label=_("Mandate of the signatory"), required=False, max_length=500,
        help_text=_("By what it may sign: board resolution, power of attorney, office held."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"empty_permitted": True, "use_required_attribute": False, **options})

    @property
    def is_empty(self) -> bool:
        """Was nothing typed in it?"""
        typed = ("organisation", "category", "name", "email", "mandate")
        return not any(str(self.data.get(self.add_prefix(field), "")).strip() for field in typed)

    def has_changed(self) -> bool:
        return not self.is_empty


class AllianceForm(forms.ModelForm):
    """What an alliance says of itself, before its charter."""

    pooled_amount = MoneyField(label=_("Money pooled"), required=False)
    currency = CurrencyField()

    class Meta:
        model = Alliance
        fields = [
            "purpose", "origin", "statement", "permanence", "term_months", "next_problem",
            "pooled_amount", "currency", "pools_patents", "pools_personal_data",
        ]  # fmt: skip
        widgets = {"origin": forms.RadioSelect, "permanence": forms.RadioSelect, "purpose": area(2)}
        help_texts = {
            "term_months": _("For a fixed term only."),
            "next_problem": _("A permanent alliance names the problem that comes after this one."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("origin", "permanence"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the alliance as it is: the command changes it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["pooled_amount"] = cleaned.get("pooled_amount") or 0
        return cleaned


class ProfileForm(forms.Form):
    """A deeper readiness check."""

    profile = forms.ChoiceField(label=_("Profile"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        deeper = ORDER[ORDER.index(alliance.profile) + 1 :]
        self.fields["profile"].choices = [(each, Profile(each).label) for each in deeper]  # type: ignore[attr-defined]


class AffectedPartyForm(forms.Form):
    """One more party that the problem touches."""

    name = TextField(label=_("Who is touched"), max_length=160)


class ExplainPartyForm(forms.Form):
    """Which member it is, or why it is not one."""

    member = RecordField(
        label=_("It is this member"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("It is not a member"),
    )
    reason_absent = TextField(label=_("Why it is not a member"), required=False, max_length=1000, widget=area(3))

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        members = alliance.members.present().select_related("organisation").order_by("organisation__name")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
