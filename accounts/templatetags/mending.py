"""What is to be mended in a form, in sentences: one for the field, and one that names the field, for the summary."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, ChoiceField, Field
from django.utils.translation import gettext as _

ENDS = ("?", "!", ".", ":")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to mend: `here` stands at the field, `there` in the summary."""

    here: str
    there: str


def told(field: BoundField) -> list[Told]:
    """Everything to mend in a field."""
    return [_told(field, each, text) for each, text in _errors(field)]


def _errors(field: BoundField) -> Iterator[tuple[ValidationError, str]]:
    for each in field.errors.as_data():
        for text in each.messages:
            yield each, text


def _told(field: BoundField, error: ValidationError, text: str) -> Told:
    label = str(field.label)
    if _is_missing(error, text):
        return _missing(field.field, label)
    named = label if label.endswith(ENDS) else _("%(label)s:") % {"label": label}
    return Told(text, f"{named} {text}")


def _is_missing(error: ValidationError, text: str) -> bool:
    """Left empty, and the form says nothing of its own about that."""
    return error.code == "required" and text == str(Field.default_error_messages["required"])


def _missing(field: Field, label: str) -> Told:
    about = {"label": label}
    if isinstance(field.widget, CheckboxInput):
        return Told(_("Tick this to go on."), _("Tick “%(label)s”.") % about)
    if label.endswith("?"):
        return Told(_("Give an answer."), _("Answer “%(label)s”") % about)
    if isinstance(field.widget, CheckboxSelectMultiple):
        return Told(_("Choose at least one."), _("Choose at least one under “%(label)s”.") % about)
    if isinstance(field, ChoiceField):
        return Told(_("Choose one."), _("Choose one under “%(label)s”.") % about)
    return Told(_("Fill this in."), _("Fill in “%(label)s”.") % about)
