"""Shapes of what people type about readiness."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from audit.strictjson import BadDocument
from governance.schemas import DecisionClass, Seat
from traits.evidence import Evidence
from traits.indicators.power import standing_classes
from traits.pulse import LONGEST, SCALE, SHORTEST, STATEMENTS, USUAL
from traits.schemas import game_in
from traits.selfcheck import ANSWERS, QUESTIONS
from traits.states import MEANING, Trait
from traits.whatif import NEW_MEMBER, Change, NewSeat


class AcknowledgementForm(forms.Form):
    """Why a warning is accepted."""

    reason = TextField(
        label=_("Why the alliance accepts this warning"),
        help_text=_("It is printed in the charter with your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class SelfCheckForm(forms.Form):
    """Fifteen questions, three a trait."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text, choices=ANSWERS, widget=forms.RadioSelect(attrs={"class": "short"}),
                error_messages={"required": _("Choose an answer; “not sure” is one.")},
            )  # fmt: skip

    def groups(self) -> list[dict[str, Any]]:
        """The fields by trait, for the page."""
        return [
            {
                "name": trait.label,
                "text": MEANING[trait],
                "fields": [self[each.key] for each in QUESTIONS if each.trait == trait],
            }
            for trait in Trait
        ]


MOST_NEW_SEATS = 3
CELL = {"class": "input"}
"""A field in a table's cell, outside the house's field template."""
MOST_WEIGHT = 10_000
MOST_WORTH = 10**15
SHARE = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


class WhatIfForm(forms.Form):
    """Seats, weights, thresholds and members as they might be; read from the address, so that it can be passed on.

    One group of fields a seat (`weight-…`, `for-…`, `recused-…`), one a class (`threshold-…`), some for new seats, and
    one new member. What is left as it is, changes nothing.
    """

    def __init__(self, data: Mapping[str, Any] | None, evidence: Evidence) -> None:
        super().__init__()
        self.evidence = evidence
        self._members = [("", _("Nobody: neutral")), *((each.id, evidence.name(each.id)) for each in evidence.members)]
        for seat in evidence.governance.seats:
            self._add_seat(seat)
        for each in self._classes():
            self.fields[f"threshold-{each.key}"] = TextField(
                label=each.name, initial=each.threshold, max_length=9, required=False, widget=forms.TextInput(CELL)
            )
        for number in range(1, MOST_NEW_SEATS + 1):
            self._add_new_seat(number)
        self.fields["member-name"] = TextField(label=_("Organisation"), max_length=160, required=False)
        self.fields["member-kind"] = TextField(label=_("Kind"), max_length=60, required=False)
        if data is not None:
            kept = {name: one.initial for name, one in self.fields.items() if one.initial is not None}
            self.is_bound, self.data = True, {**kept, **{name: data[name] for name in data}}

    def _classes(self) -> list[DecisionClass]:
        standing = standing_classes(self.evidence)
        return [each for each in standing if each.body == "committee" and each.method == "vote" and each.threshold]

    def _add_seat(self, seat: Seat) -> None:
        self.fields[f"weight-{seat.id}"] = _weight(seat.label, seat.weight)
        self.fields[f"for-{seat.id}"] = self._counts_for(seat.label, seat.member or "")
        self.fields[f"recused-{seat.id}"] = forms.BooleanField(label=seat.label, required=False)

    def _add_new_seat(self, number: int) -> None:
        label = _new_label(number)
        self.fields[f"new-weight-{number}"] = _weight(label, None)
        self.fields[f"new-for-{number}"] = self._counts_for(label, "")

    def _counts_for(self, label: Any, initial: str) -> forms.ChoiceField:
        choices = [*self._members, (NEW_MEMBER, _("The new member"))]
        return forms.ChoiceField(
            label=label, choices=choices, initial=initial, required=False, widget=forms.Select(CELL)
        )

    def clean(self) -> dict[str, Any]:
        """Every share is one of at most the whole; a new member has name and kind; at least one seat remains."""
        found: dict[str, Any] = super().clean() or {}
        for each in self._classes():
            self._clean_share(f"threshold-{each.key}", found)
        named, kind = found.get("member-name"), found.get("member-kind")
        if bool(named) != bool(kind):
            missing = "member-kind" if named else "member-name"
            self.add_error(missing, _("Say both who joins and of what kind it is."))
        stands_for = [value for name, value in found.items() if "for-" in name]
        if NEW_MEMBER in stands_for and not named:
            self.add_error("member-name", _("A seat counts for the new member: say who joins."))
        weights = [value for name, value in found.items() if name.startswith(("weight-", "new-weight-"))]
        if self.is_bound and not self.errors and self.evidence.governance.seats and not any(weights):
            raise forms.ValidationError(_("Leave at least one seat with a weight."))
        return found

    def _clean_share(self, name: str, found: dict[str, Any]) -> None:
        match = SHARE.fullmatch(found.get(name) or "")
        if found.get(name) and (not match or int(match[1]) > int(match[2])):
            self.add_error(name, _("Write a fraction of at most the whole, such as 2/3."))

    def change(self) -> Change:
        """What was typed, as a change. Of a valid form."""
        given, part = self.cleaned_data, self.evidence.governance
        seats = [seat.id for seat in part.seats]
        new = [(given[f"new-weight-{n}"], given[f"new-for-{n}"], n) for n in range(1, MOST_NEW_SEATS + 1)]
        shares = {each.key: given[f"threshold-{each.key}"] for each in self._classes()}
        return Change(
            weights={seat: given[f"weight-{seat}"] for seat in seats if given[f"weight-{seat}"] is not None},
            counts_for={seat: given[f"for-{seat}"] or None for seat in seats},
            new_seats=tuple(NewSeat(_new_label(n), weight, member or None) for weight, member, n in new if weight),
            thresholds={key: Fraction(share) for key, share in shares.items() if share},
            new_member=(given["member-name"], given["member-kind"]) if given["member-name"] else None,
            recused=frozenset(seat for seat in seats if given[f"recused-{seat}"]),
        )

    def seat_rows(self) -> list[dict[str, Any]]:
        """The bound fields of each seat, for its row of the table."""
        return [
            {
                "label": seat.label,
                "weight": self[f"weight-{seat.id}"],
                "counts_for": self[f"for-{seat.id}"],
                "recused": self[f"recused-{seat.id}"],
            }
            for seat in self.evidence.governance.seats
        ]

    def new_rows(self) -> list[dict[str, Any]]:
        return [
            {"weight": self[f"new-weight-{n}"], "counts_for": self[f"new-for-{n}"]}
            for n in range(1, MOST_NEW_SEATS + 1)
        ]

    def member_fields(self) -> list[Any]:
        return [self["member-name"], self["member-kind"]]

    def share_rows(self) -> list[Any]:
        return [self[f"threshold-{each.key}"] for each in self._classes()]


def _weight(label: Any, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=initial, min_value=0, max_value=MOST_WEIGHT, required=False, widget=forms.NumberInput(CELL)
    )


def _new_label(number: int) -> str:
    return str(_("New seat %(number)s") % {"number": number})


class AskForm(forms.Form):
    """Who is asked for which step; the page's buttons fill it in."""

    indicator = forms.CharField(max_length=2)
    step = forms.CharField(max_length=150)
    person = forms.UUIDField()


class CompareForm(forms.Form):
    """Two assessments by identifier; in the address, so that a comparison can be sent to somebody."""

    before = forms.UUIDField(required=False)
    after = forms.UUIDField(required=False)


class SplitForm(forms.Form):
    """What groups of members are worth, or cost, on their own: one a line. Read, and not kept."""

    costs = forms.TypedChoiceField(
        label=_("The figures are"), coerce=bool, required=False, widget=forms.RadioSelect, initial="",
        choices=[
            ("", _("Worth: what a group gains together")),
            ("1", _("Costs: what a group pays together")),
        ],
    )  # fmt: skip
    lines = TextField(
        label=_("What each group is worth or costs"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One group a line, its names with commas between, then “=” and the figure: “Aria, Lumen = 120”. Groups "
            "left out are worth 0."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["costs"].in_optional_part = True  # type: ignore[attr-defined]  # one of the two is always chosen

    def clean_lines(self) -> str:
        """Each line names a group and a figure."""
        text: str = self.cleaned_data["lines"]
        self._worth: dict[str, Any] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                self._add(number, *self._line(number, line))
        if not self._worth:
            raise forms.ValidationError(_("Give at least one group and what it is worth."))
        return text

    def _add(self, number: int, group: str, worth: Any) -> None:
        if group in self._worth:
            raise forms.ValidationError(
                _("Line %(number)s: this group has its figure already. Leave one of the two.") % {"number": number}
            )
        self._worth[group] = worth

    def _line(self, number: int, line: str) -> tuple[str, Any]:
        names, equals, figure = line.rpartition("=")
        try:
            worth = Decimal(figure.strip().replace(" ", ""))
        except InvalidOperation:
            worth = Decimal("NaN")
        group = ",".join(sorted(name.strip() for name in names.split(",") if name.strip()))
        if not equals or not group or not worth.is_finite() or abs(worth) >= MOST_WORTH:
            raise forms.ValidationError(
                _("Line %(number)s: write the names, then “=” and a figure, such as “Aria, Lumen = 120”.")
                % {"number": number}
            )
        return group, worth

    def clean(self) -> dict[str, Any]:
        """The lines make a game of at most twenty players."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors:
            players = list(dict.fromkeys(name for group in self._worth for name in group.split(",")))
            document = {"players": players, "worth": self._worth, "costs": bool(found.get("costs"))}
            try:
                self.game = game_in(document)
            except BadDocument as bad:
                self.add_error("lines", bad.sentence)
        return found


class OpenPulseForm(forms.Form):
    """How long members may answer."""

    days = forms.IntegerField(
        label=_("Days to answer"),
        help_text=_("From 3 to 60. The round closes by itself, and results appear then."),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=USUAL,
    )


class PulseForm(forms.Form):
    """Nine statements, and whether the answer names its member."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, statement in STATEMENTS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=statement, choices=SCALE, coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Choose one; “neither” is an answer.")},
            )  # fmt: skip
        self.fields["is_named"] = forms.BooleanField(
            label=_("Our name may stand beside what we think"),
            help_text=_("It is used only when fewer than five answer: then the named answers alone are shown."),
            required=False,
        )

    def scores(self) -> dict[str, int]:
        """Statement → 1 to 5. Of a valid form."""
        return {key: self.cleaned_data[key] for key in STATEMENTS}
