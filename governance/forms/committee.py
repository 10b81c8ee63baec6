"""Shapes of the committee: terms, seats, nominations, statements, reports."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.models import Person
from alliance.forms.fields import DateField, RecordField, area
from alliance.models import Alliance
from governance.models import Holding, Seat


class MemberField(RecordField):
    """One of the alliance's members, or none."""

    def __init__(self, alliance: Alliance, **options: Any) -> None:
        members = alliance.members.present().with_names().order_by("invited_at", "pk")
        super().__init__(queryset=members, required=False, **options)


class TermsForm(forms.Form):
    """What holds for the committee as a whole."""

    term_months = forms.IntegerField(
        label=_("Length of a term, in months"), min_value=1, max_value=120, required=False,
        help_text=_("At most 36 for a strict readiness check."),
    )  # fmt: skip
    term_limit = forms.IntegerField(label=_("Terms in a row, at most"), min_value=1, max_value=10, required=False)
    forbids_instruction = forms.BooleanField(
        label=_("Nobody may tell a holder how to vote"), required=False, initial=True
    )
    forbids_proxies = forms.BooleanField(label=_("Nobody votes for another"), required=False, initial=True)
    appeal_route = TextField(
        label=_("Where a decision can be appealed"), max_length=1000, required=False, widget=area(2)
    )
    records_held_by = TextField(
        label=_("Who keeps the records, outside any one member"), max_length=1000, required=False, widget=area(2)
    )


class SeatForm(forms.Form):
    label = TextField(label=_("Seat"), max_length=120, help_text=_("How it is called in lists and outcomes."))
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=10_000, initial=1)

    def __init__(self, *args: Any, alliance: Alliance, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"] = MemberField(
            alliance,
            label=_("Counts for"),
            empty_label=_("Nobody: a neutral seat"),
            help_text=_("Its weight counts for this member’s group and kind. The seat itself belongs to a person."),
        )


class NominationForm(forms.Form):
    """Who is to hold a seat, and for how long."""

    name = TextField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Best an address that is not the employer’s: the seat is personal.")
    )
    organisation = TextField(
        label=_("Works for"), max_length=160, required=False, help_text=_("Only for somebody who has no account yet.")
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"))
    irrevocable_until = DateField(
        label=_("Cannot be recalled before"), required=False, help_text=_("A free holder cannot be recalled mid-term.")
    )
    removable_by_employer = forms.BooleanField(
        label=_("The employer may recall the holder"), required=False,
        help_text=_("Then the readiness check fails: a seat with strings attached is not free."),
    )  # fmt: skip

    def __init__(self, *args: Any, seat: Seat, today: date, months: int, **options: Any) -> None:
        end = _months_later(today, months)
        super().__init__(*args, **options)
        self.initial = {"starts_on": today, "ends_on": end, "irrevocable_until": end, "appointed_by": seat.member_id}
        self.fields["appointed_by"] = MemberField(seat.alliance, label=_("Appointed by"))
        self.order_fields(["name", "email", "organisation", "appointed_by"])


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


class AttestationForm(forms.Form):
    """The text that was shown, by its hash."""

    hash = TextField(max_length=64, widget=forms.HiddenInput)


class DisclosureForm(forms.Form):
    text = TextField(
        label=_("Interests that could sway you"), max_length=8000, required=False, widget=area(6),
        help_text=_("Shares, contracts, offices, family. Members of this alliance can read it."),
    )  # fmt: skip
    nothing_to_disclose = forms.BooleanField(label=_("I have nothing to disclose"), required=False)


class AdditionForm(forms.Form):
    text = TextField(
        label=_("What else could sway them?"), max_length=4000, widget=area(5),
        help_text=_("What you know, and how. It stands under your name; the holder is told, everyone here reads it."),
    )  # fmt: skip


class SeatField(RecordField):
    """A seat, named with its holder."""

    def __init__(self, *, holders: Mapping[UUID, Person], **options: Any) -> None:
        self.holders = holders
        super().__init__(**options)

    def label_from_instance(self, seat: Any) -> str:
        holder = self.holders.get(seat.pk)
        return f"{seat.label} – {holder}" if holder else str(seat.label)


class ReportForm(forms.Form):
    """In confidence."""

    text = TextField(
        label=_("What happened, and when?"), max_length=8000, widget=area(6), help_text=_("Only the auditor reads it.")
    )

    def __init__(self, *args: Any, alliance: Alliance, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        held = Holding.objects.current().accepted().filter(alliance=alliance).select_related("person")
        holders = {each.seat_id: each.person for each in held.order_by("appointed_at", "pk")}
        own = next((seat for seat, holder in holders.items() if holder == person), None)
        seats = Seat.objects.standing().filter(alliance=alliance).order_by("label", "pk")
        self.fields["seat"] = SeatField(
            label=_("Which seat was to be influenced?"), queryset=seats, initial=own, holders=holders
        )
        self.order_fields(["seat", "text"])


class SettleForm(forms.Form):
    was_instructed = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("no", _("The holder was not told how to vote")), ("yes", _("The holder was told how to vote"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
