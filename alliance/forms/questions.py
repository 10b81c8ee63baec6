"""The six questions, on one short page for a phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.forms.fields import MoneyField, area
from alliance.models import Topic
from alliance.sealing import OwnWords
from alliance.services.questions import ALSO, MOST, NEVER, Bringing, Wish
from alliance.states import ContributionKind

WEIGHTS = [("90", _("A great deal")), ("60", _("Quite a lot")), ("30", _("A little"))]
"""Saliences in hundredths, in plain words; exact ones can be entered in the member's row later."""
CHOOSE = ("", _("Choose"))
NOTHING_YET = ("", _("Nothing yet"))
ASKED = {
    MOST: (_("What do you want most out of it?"), _("Choose a topic, or name one of your own.")),
    ALSO: (_("What else would help you?"), _("Leave it empty if there is nothing else.")),
    NEVER: (_("What must not happen?"), _("What you fear or would oppose. Leave it empty if there is nothing.")),
}
PARTS = ("topic", "name", "measure", "weight", "confidential")


class QuestionsForm(forms.Form):
    """Three answers about topics, one about what the member brings, two in its own words."""

    brings_kind = forms.ChoiceField(
        label=_("Of what kind"), choices=[NOTHING_YET, *ContributionKind.choices], required=False, initial="",
    )  # fmt: skip
    brings = TextField(label=_("What"), required=False, max_length=2000, widget=area(2))
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("For money."))
    without_it = TextField(label=_("In your own words"), required=False, max_length=2000, widget=area(2))
    better_off = TextField(
        label=_("We are better off than without the alliance, because …"), required=False, max_length=2000,
        widget=area(2),
    )  # fmt: skip

    def __init__(self, *args: Any, topics: Iterable[Topic], **options: Any) -> None:
        super().__init__(*args, **options)
        self.topics = {str(topic.pk): topic for topic in topics}
        for question in ASKED:
            self._ask(question)
        for field in self.fields.values():
            field.in_optional_part = True  # type: ignore[attr-defined]  # the question's title says it, once

    def _ask(self, question: str) -> None:
        """Fields of one question about a topic; without any topic yet, only a new one can be named."""
        known = [(key, topic.name) for key, topic in self.topics.items()]
        fields: dict[str, forms.Field] = {
            "topic": forms.ChoiceField(label=_("Topic"), required=False, choices=[CHOOSE, *known]),
            "name": TextField(label=_("Your own topic"), required=False, max_length=160),
            "measure": TextField(
                label=_("How would one see that it is reached?"), required=False, max_length=1000,
                help_text=_("Something that can be counted or checked. For a topic of your own."),
            ),
            "weight": forms.ChoiceField(
                label=_("How much does it matter to you?"), choices=[CHOOSE, *WEIGHTS], required=question == MOST
            ),
            "confidential": forms.BooleanField(
                label=_("Confidential: only we and the custodian read where we stand"), required=False
            ),
        }  # fmt: skip
        if not self.topics:
            del fields["topic"], fields["confidential"]
        self.fields.update({f"{question}_{part}": field for part, field in fields.items()})

    def groups(self) -> list[dict[str, Any]]:
        """The six questions with their fields, for the page; `own` are those of a topic that is named there."""
        own = _("Sealed: only those who act for you read it. It is put into your worksheet for you to edit.")
        binding = _("A promise, seen by all. It binds once your signatory has signed it.")
        return [
            *(self._group(question, title, text) for question, (title, text) in ASKED.items()),
            self._part(_("What could you bring?"), binding, "brings_kind", "brings", "amount"),
            self._part(_("What would you do without the alliance?"), own, "without_it"),
            self._part(_("Why are you better off with it?"), own, "better_off"),
        ]

    def _group(self, question: str, title: Any, text: Any) -> dict[str, Any]:
        names = [name for part in ("weight", "confidential") if (name := f"{question}_{part}") in self.fields]
        own = [self[f"{question}_name"], self[f"{question}_measure"]]
        return {
            **self._part(title, text, *names),
            "lead": [self[f"{question}_topic"]] if self.topics else own,
            "own": own if self.topics else [],
            "is_open": any(field.value() or field.errors for field in own),
            "is_needed": question == MOST,
        }

    def _part(self, title: Any, text: Any, *names: str) -> dict[str, Any]:
        return {"title": title, "text": text, "fields": [self[name] for name in names]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for question in ASKED:
            self._check(question, cleaned)
        if cleaned.get("brings") and not cleaned.get("brings_kind"):
            self.add_error("brings_kind", _("Say of what kind it is."))
        return cleaned

    def _check(self, question: str, cleaned: dict[str, Any]) -> None:
        """A topic or a new name, not both; and how much it matters."""
        topic, name, weight = (cleaned.get(f"{question}_{part}") for part in ("topic", "name", "weight"))
        place = f"{question}_topic" if self.topics else f"{question}_name"
        if place in self.errors:
            return
        if topic and name:
            self.add_error(f"{question}_name", _("Choose a topic above or name one here, not both."))
        elif name and not cleaned.get(f"{question}_measure"):
            self.add_error(f"{question}_measure", _("Say how one would see it."))
        elif not topic and not name and (question == MOST or weight):
            self.add_error(place, _("Choose a topic, or name one."))
        elif (topic or name) and not weight and f"{question}_weight" not in self.errors:
            self.add_error(f"{question}_weight", _("Say how much it matters."))

    def answers(self) -> dict[str, Any]:
        """What `answer_questions` takes."""
        given = self.cleaned_data
        kind = given["brings_kind"]
        return {
            "wants_most": self._wish(MOST),
            "wants_also": self._wish(ALSO),
            "must_not_happen": self._wish(NEVER),
            "brings": Bringing(ContributionKind(kind), given["brings"], given["amount"]) if kind else None,
            "words": OwnWords(given["without_it"], given["better_off"]),
        }

    def _wish(self, question: str) -> Wish | None:
        given = {part: self.cleaned_data.get(f"{question}_{part}") for part in PARTS}
        topic = self.topics.get(given["topic"] or "")
        if topic is None and not given["name"]:
            return None
        return Wish(
            salience=int(given["weight"] or 0),
            topic=topic,
            name=given["name"] or "",
            measure=given["measure"] or "",
            is_confidential=bool(given["confidential"]),
        )
