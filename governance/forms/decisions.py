"""Shapes of a draft, a ballot and a recusal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import RecordField, area
from alliance.models import Alliance, Topic
from alliance.states import BEFORE_CHARTER
from governance import effects
from governance.forms.inputs import input_of
from governance.models import Decision, DecisionClass

TEXTS = ("title", "summary", "motion", "consequence", "alternatives")


class DraftForm(forms.Form):
    """A question, and what its effect needs to know. Before the charter no class is chosen: the founding rules hold."""

    title = TextField(label=_("Question"), max_length=160, help_text=_("As it stands in every list."))
    summary = TextField(
        label=_("In three lines"), max_length=600, required=False, widget=area(3),
        help_text=_("What a busy person needs to know before voting."),
    )  # fmt: skip
    motion = TextField(
        label=_("Motion"), max_length=20_000, widget=area(7), help_text=_("The very words that are decided.")
    )
    consequence = TextField(label=_("What changes if yes"), max_length=1000, required=False, widget=area(2))
    alternatives = TextField(
        label=_("Other options weighed"), max_length=2000, required=False, widget=area(3),
        help_text=_("One a line. They are shown beside the motion, and not voted on."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        effect: str,
        draft: Decision | None = None,
        under: str = "",
        **options: Any,
    ) -> None:
        """`under` is the key of the class that is chosen beforehand, where there is one."""
        self.effect = effect
        super().__init__(*args, **options)
        self.initial = (
            _initial(draft, effect) if draft else {"decision_class": _classes(alliance).filter(key=under).first()}
        )
        if alliance.state not in BEFORE_CHARTER:
            self.fields["decision_class"] = _class_field(alliance, effect)
        self.fields.update(input_of(effect).fields(alliance))
        adopted = alliance.decisions.adopted().order_by("-number")
        if adopted.exists():
            self.fields["reopens"] = _reopens_field(adopted)
        topics = alliance.topics.order_by("created_at", "pk")
        if topics.exists():
            self.fields |= {"topic": _topic_field(topics), "opposes_topic": _opposes_field()}

    def command(self) -> dict[str, Any]:
        """What the services take."""
        given = self.cleaned_data
        chosen = {name: given.get(name) for name in ("decision_class", "reopens", "topic")}
        chosen["opposes_topic"] = given.get("opposes_topic", False)
        return {**{name: given[name] for name in TEXTS}, **chosen, "effect_data": input_of(self.effect).read(given)}


def _class_field(alliance: Alliance, effect: str) -> forms.Field:
    """The classes; for an amendment its own alone, which is chosen then."""
    amends = effects.find(effect).amends
    classes = _classes(alliance).filter(key=effects.AMENDMENT) if amends else _classes(alliance)
    return RecordField(
        label=_("Class"), queryset=classes, **{"empty_label": None} if amends else {},
        help_text=_("The rule by which it is decided. “Classes”, beside the lists of decisions, says each in words."),
    )  # fmt: skip


def _classes(alliance: Alliance) -> QuerySet[DecisionClass]:
    found = DecisionClass.objects.filter(alliance=alliance, retired_at__isnull=True, is_founding=False)
    return found.order_by("created_at", "pk")


def _reopens_field(adopted: QuerySet[Decision]) -> forms.Field:
    return RecordField(
        label=_("Takes up again"), queryset=adopted, required=False, empty_label=_("No earlier decision"),
        help_text=_("Where this asks anew what was adopted before."),
    )  # fmt: skip


def _topic_field(topics: QuerySet[Topic]) -> forms.Field:
    return RecordField(
        label=_("Topic that it concerns"), queryset=topics, required=False, empty_label=_("None of these"),
        help_text=_("Members have said where they stand on it. A yes is taken as furthering it."),
    )  # fmt: skip


def _opposes_field() -> forms.Field:
    return forms.BooleanField(label=_("A yes works against this topic"), required=False)


def _initial(draft: Decision, effect: str) -> dict[str, Any]:
    chosen = {"decision_class": draft.decision_class_id, "reopens": draft.reopens_id, "topic": draft.topic_id}
    given = {name: getattr(draft, name) for name in (*TEXTS, "opposes_topic")}
    return {**given, **chosen, **input_of(effect).initial(draft.effect_data)}


class BallotForm(forms.Form):
    """Shape only: the service knows which answers the method has, and what each needs."""

    choice = TextField(max_length=8, required=False)
    declared = forms.BooleanField(required=False)
    reason = TextField(max_length=4000, required=False)
    proposed_change = TextField(max_length=4000, required=False)
    replaces = forms.IntegerField(min_value=1, required=False)


class RecusalForm(forms.Form):
    reason = TextField(
        label=_("What is the conflict?"), max_length=2000, widget=area(4),
        help_text=_("Everyone who sees this decision reads it."),
    )  # fmt: skip


class FilterForm(forms.Form):
    """Finding a decision."""

    q = TextField(label=_("Words"), max_length=80, required=False)
