"""Value streams, their measure, what outlives the alliance, and worksheets."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.models import Person
from alliance.forms.fields import CurrencyField, DateField, MoneyField, RecordField, RecordsField, area
from alliance.models import Alliance, Member, Role, Topic
from alliance.querysets import MemberQuerySet
from alliance.sealing import Figures, Range
from alliance.states import Form, StreamEffect


def stewards_of(alliance: Alliance) -> QuerySet[Person]:
    """Who may keep a benefit alive: who acts for a member, or organises."""
    people = Person.objects.filter(roles__in=Role.objects.of_stewards().filter(alliance=alliance))
    return people.distinct().order_by("name")


class StreamForm(forms.Form):
    """A benefit: who gains, who keeps it, how long it lasts."""

    title = TextField(label=_("Benefit"), max_length=160, help_text=_("What is there that was not there before?"))
    description = TextField(label=_("What it brings"), required=False, max_length=4000, widget=area(3))
    effect = forms.ChoiceField(
        label=_("Effect"), choices=StreamEffect, widget=forms.RadioSelect, initial=StreamEffect.REMOVES_COST
    )
    beneficiaries = RecordsField(
        label=_("Who gains"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    steward = RecordField(
        label=_("Steward"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody yet"),
        help_text=_("Keeps it alive and enters its readings; accepts by an act of their own."),
    )  # fmt: skip
    is_permanent = forms.BooleanField(label=_("Lasts for good"), required=False)
    horizon_on = DateField(
        label=_("Lasts until"), required=False, help_text=_("Leave it empty for one that lasts for good.")
    )
    review_months = forms.IntegerField(
        label=_("Months between reviews"), required=False, min_value=1, max_value=600,
        help_text=_("For one that lasts for good: 36 at most."),
    )  # fmt: skip
    upkeep_funded_until = DateField(label=_("Upkeep funded until"), required=False)

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        members = alliance.members.present().select_related("organisation").order_by("organisation__name")
        self.fields["beneficiaries"].queryset = members  # type: ignore[attr-defined]
        self.fields["steward"].queryset = stewards_of(alliance)  # type: ignore[attr-defined]
        self.fields["steward"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["beneficiaries"] = list(cleaned.get("beneficiaries", []))
        if cleaned.get("is_permanent") and cleaned.get("horizon_on"):
            self.add_error("horizon_on", _("It lasts for good, or until a day: leave one of the two."))
        return cleaned


class NewStreamForm(StreamForm):
    """With the choice of the main one."""

    is_primary = forms.BooleanField(
        label=_("It is the main benefit"), required=False, help_text=_("Its measure blocks the charter.")
    )


class StewardForm(forms.Form):
    """Who keeps it from now on."""

    steward = RecordField(
        label=_("Steward"), queryset=Person.objects.none(), empty_label=None,
        help_text=_("Keeps it alive and enters its readings; accepts by an act of their own."),
    )  # fmt: skip

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["steward"].queryset = stewards_of(alliance)  # type: ignore[attr-defined]
        self.fields["steward"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class BaselineForm(forms.Form):
    """What is measured, and where it stands before the alliance."""

    metric = TextField(label=_("What is measured"), max_length=200)
    unit = TextField(label=_("Unit"), max_length=40)
    baseline = forms.DecimalField(label=_("Baseline"), max_digits=20, decimal_places=6)
    baseline_on = DateField(label=_("Measured on"))
    source = TextField(label=_("Source"), max_length=300, help_text=_("Where someone else can look it up."))


class VerifyForm(forms.Form):
    """For which member one vouches."""

    member = RecordField(label=_("You vouch for"), queryset=Member.objects.none(), empty_label=None)

    def __init__(self, *args: Any, members: MemberQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        named = members.select_related("organisation").order_by("organisation__name")
        self.fields["member"].queryset = named  # type: ignore[attr-defined]


class ReadingForm(forms.Form):
    """What the metric stood at on a day."""

    value = forms.DecimalField(label=_("Value"), max_digits=20, decimal_places=6)
    read_on = DateField(label=_("Read on"))
    source = TextField(label=_("Source"), max_length=300)


class TargetForm(forms.Form):
    """What the metric is to stand at on a day to come."""

    value = forms.DecimalField(label=_("Value"), max_digits=20, decimal_places=6)
    due_on = DateField(label=_("Due on"))


class LinkForm(forms.Form):
    """Which member's interest the stream meets."""

    member = RecordField(label=_("Member"), queryset=Member.objects.none())
    topic = RecordField(label=_("Its interest"), queryset=Topic.objects.none())

    def __init__(self, *args: Any, alliance: Alliance, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        found = alliance.members.present().filter(pk__in=[member.pk for member in members])
        self.fields["member"].queryset = found.select_related("organisation").order_by("organisation__name")  # type: ignore[attr-defined]
        self.fields["topic"].queryset = alliance.topics.order_by("created_at", "pk")  # type: ignore[attr-defined]


class DurableFormForm(forms.Form):
    """In what a benefit lives on, and who would keep it."""

    form = forms.ChoiceField(label=_("Form"), choices=Form, widget=forms.RadioSelect)
    description = TextField(label=_("What it is"), max_length=2000, widget=area(3))
    successor = TextField(
        label=_("Who would keep it"), max_length=160,
        help_text=_("An organisation outside the steward’s group. One of its people accepts in writing, here."),
    )  # fmt: skip


class AcceptanceForm(forms.Form):
    """The successor's own words."""

    acceptance = TextField(label=_("What your organisation accepts to keep"), max_length=4000, widget=area(4))


class LegacyForm(forms.Form):
    """What becomes of one of the six parts."""

    text = TextField(label=_("What becomes of it"), max_length=4000, widget=area(4))
    owner = TextField(
        label=_("Who sees to it"), required=False, max_length=160, help_text=_("An organisation, by its name.")
    )


class StatementForm(forms.Form):
    """The Essential profile's worksheet: one sentence, no figures."""

    statement = TextField(
        label=_("We are better off than without the alliance, because …"), max_length=4000, widget=area(3)
    )


class WorksheetForm(forms.Form):
    """Low, base and high case of benefit, cost, and what there would be without the alliance."""

    currency = CurrencyField()
    basis = TextField(
        label=_("On what these figures rest"), max_length=4000, widget=area(3),
        help_text=_("Sources and assumptions, so that somebody else in your organisation could do it again."),
    )  # fmt: skip

    PARTS = (
        ("benefit", _("Benefit"), _("What the alliance brings you, over its term")),
        ("cost", _("Cost"), _("What you pay in, in money and in work")),
        ("fall_back", _("Without the alliance"), _("What you could reach on your own")),
    )
    alone = MoneyField(
        label=_("What it would cost you to reach the same alone"), required=False,
        help_text=_("Base case; leave it empty if you do not know. The check does not ask for it. Summed and rounded "
                    "it tells once a calendar quarter at most what the alliance saves: from five groups on, none above "
                    "a quarter of the sum."),
    )  # fmt: skip
    CASES = (("low", _("Low case")), ("base", _("Base case")), ("high", _("High case")))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for part, _title, _hint in self.PARTS:
            for case, word in self.CASES:
                self.fields[f"{part}_{case}"] = MoneyField(label=word)

    def groups(self) -> list[dict[str, Any]]:
        """The three amounts of each part, for the page."""
        return [
            {"title": title, "hint": hint, "fields": [self[f"{part}_{case}"] for case, _word in self.CASES]}
            for part, title, hint in self.PARTS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for part, _title, _hint in self.PARTS:
            low, base, high = (cleaned.get(f"{part}_{case}") for case, _word in self.CASES)
            if None not in (low, base, high) and not low <= base <= high:  # type: ignore[operator]
                self.add_error(f"{part}_base", _("Enter the low case first: low ≤ base ≤ high."))
        return cleaned

    def figures(self) -> Figures:
        """What is sealed."""
        given = self.cleaned_data
        ranges = {
            part: Range(*(given[f"{part}_{case}"] for case, _word in self.CASES)) for part, _title, _hint in self.PARTS
        }
        return Figures(currency=given["currency"], basis=given["basis"], alone=given["alone"], **ranges)


class ActualForm(forms.Form):
    """What has come of a worksheet by a day: one amount each."""

    measured_on = DateField(label=_("As of"))
    currency = CurrencyField()
    benefit = MoneyField(label=_("Benefit so far"))
    cost = MoneyField(label=_("Cost so far"))
    fall_back = MoneyField(label=_("What there would have been without the alliance"))
    basis = TextField(label=_("On what these figures rest"), max_length=4000, widget=area(3))

    def figures(self) -> Figures:
        """What is sealed."""
        given = self.cleaned_data
        ranges = {part: Range(given[part], given[part], given[part]) for part in ("benefit", "cost", "fall_back")}
        return Figures(currency=given["currency"], basis=given["basis"], alone=None, **ranges)
