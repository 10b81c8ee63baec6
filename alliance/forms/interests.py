"""Topics, and a member's row of positions."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import area
from alliance.models import Position, Topic
from alliance.selectors.interests import is_outworded
from alliance.services.interests import Stated

STANCES = [
    ("2", _("+2 strongly for")),
    ("1", _("+1 for")),
    ("0", _("0 indifferent")),
    ("-1", _("−1 against")),
    ("-2", _("−2 strongly against")),
]
NOT_SAID = ("", _("Not said yet"))


class TopicForm(forms.Form):
    """A question on which interests are stated."""

    name = TextField(
        label=_("Topic"), max_length=160, help_text=_("Short, as it stands at the head of a column: “Claims format”.")
    )
    measure = TextField(
        label=_("How would one see that it is reached?"), max_length=1000, widget=area(3),
        help_text=_("Something that can be counted or checked. Without it the topic cannot become shared ground."),
    )  # fmt: skip


class PositionsForm(forms.Form):
    """One member's whole row: for each topic position, weight and own words."""

    def __init__(self, *args: Any, topics: Iterable[Topic], stated: Mapping[UUID, Position], **options: Any) -> None:
        super().__init__(*args, **options)
        self.topics = list(topics)
        self.reworded = {topic.pk for topic in self.topics if is_outworded(stated.get(topic.pk), topic)}
        for topic in self.topics:
            self._add(topic, stated.get(topic.pk))

    def _add(self, topic: Topic, known: Position | None) -> None:
        """Fields of one topic; what is stated can be changed, not taken back."""
        self.fields[f"stance_{topic.pk}"] = forms.ChoiceField(
            label=_("Position"), choices=STANCES if known else [NOT_SAID, *STANCES], required=known is not None,
            initial=str(known.stance) if known else "",
        )  # fmt: skip
        self.fields[f"salience_{topic.pk}"] = forms.DecimalField(
            label=_("How much it matters, 0 to 1"), min_value=0, max_value=1, decimal_places=2,
            required=known is not None, initial=Decimal(known.salience) / 100 if known else None,
            widget=forms.NumberInput(attrs={"step": "0.05"}),
        )  # fmt: skip
        self.fields[f"statement_{topic.pk}"] = TextField(
            label=_("In your own words"), required=False, max_length=1000, initial=known.statement if known else "",
            widget=area(2),
        )  # fmt: skip
        self.fields[f"is_confidential_{topic.pk}"] = forms.BooleanField(
            label=_("Confidential: only we and the custodian read it"), required=False,
            initial=known.is_confidential if known else False,
        )  # fmt: skip

    def groups(self) -> list[dict[str, Any]]:
        """The fields by topic, for the page."""
        return [
            {
                "topic": topic,
                "is_reworded": topic.pk in self.reworded,
                "numbers": [self[f"stance_{topic.pk}"], self[f"salience_{topic.pk}"]],
                "words": self[f"statement_{topic.pk}"],
                "is_confidential": self[f"is_confidential_{topic.pk}"],
            }
            for topic in self.topics
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for topic in self.topics:
            stance, salience = cleaned.get(f"stance_{topic.pk}"), cleaned.get(f"salience_{topic.pk}")
            if stance and salience is None and f"salience_{topic.pk}" not in self.errors:
                self.add_error(f"salience_{topic.pk}", _("Say how much “%(topic)s” matters.") % {"topic": topic})
            if salience is not None and not stance and f"stance_{topic.pk}" not in self.errors:
                self.add_error(f"stance_{topic.pk}", _("Say where you stand on “%(topic)s”.") % {"topic": topic})
        return cleaned

    def positions(self) -> list[Stated]:
        """What is said; topics not said are left out."""
        given = self.cleaned_data
        return [
            Stated(
                topic,
                int(given[f"stance_{topic.pk}"]),
                int(given[f"salience_{topic.pk}"] * 100),
                given[f"statement_{topic.pk}"],
                given[f"is_confidential_{topic.pk}"],
            )
            for topic in self.topics
            if given[f"stance_{topic.pk}"]
        ]
