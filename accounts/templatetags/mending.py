"""What is to be mended in a form, in sentences: one for the field, and one that names the field, for the summary."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    IntegerField,
    ModelChoiceField,
    MultipleChoiceField,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ENDS = ("?", "!", ".", ":")
BOUNDS = {"min_value": validators.MinValueValidator.message, "max_value": validators.MaxValueValidator.message}
CHOICES = [
    kind.default_error_messages["invalid_choice"] for kind in (ChoiceField, MultipleChoiceField, ModelChoiceField)
]
LENGTH = {"max_length": validators.MaxLengthValidator.message, "min_length": validators.MinLengthValidator.message}
PLACES = {code: validators.DecimalValidator.messages[code] for code in ("max_decimal_places", "max_whole_digits")}


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
    text = _reworded(field.field, error, text)
    named = label if label.endswith(ENDS) else _("%(label)s:") % {"label": label}
    return Told(text, f"{named} {text}")


def _is_missing(error: ValidationError, text: str) -> bool:
    """Left empty, and the form says nothing of its own about that."""
    return error.code == "required" and text == str(Field.default_error_messages["required"])


def _reworded(field: Field, error: ValidationError, text: str) -> str:
    """Django's own words of a bound, a length or a choice as ours; what a form says of its own stays."""
    code, about = error.code or "", error.params or {}
    if code in BOUNDS and error.message is BOUNDS[code]:
        return _bounded(field, about["limit_value"], is_least=code == "min_value")
    if code in LENGTH and error.message is LENGTH[code]:
        short = _("Shorten this to %(limit_value)s characters; it has %(show_value)s.")
        return (short if code == "max_length" else _("Write at least %(limit_value)s characters.")) % about
    if code in PLACES and error.message is PLACES[code]:
        return _finer(about["max"], after_point=code == "max_decimal_places")
    if code == "invalid" and (own := _kind(field, error)):
        return own
    if code == "invalid_choice" and any(error.message is own for own in CHOICES):
        return _("Choose from the list.")
    return text


def _finer(most: int, *, after_point: bool) -> str:
    """How many digits there may be."""
    after = ngettext("Write at most %(n)s digit after the point.", "Write at most %(n)s digits after the point.", most)
    before = ngettext(
        "Write at most %(n)s digit before the point.", "Write at most %(n)s digits before the point.", most
    )
    return (after if after_point else before) % {"n": most}


def _kind(field: Field, error: ValidationError) -> str:
    """What is to be written where something else was; empty where the form says that itself."""
    kinds: dict[type[Field], str] = {
        DateField: _("Write a day, such as 2026-11-23."),
        IntegerField: _("Write a whole number, such as 12."),
        DecimalField: _("Write a number, such as 12.5."),
    }
    asked = [words for kind, words in kinds.items() if isinstance(field, kind)]
    is_own = any(error.message is kind.default_error_messages["invalid"] for kind in kinds)
    return asked[-1] if asked and is_own else ""


def _bounded(field: Field, limit: object, *, is_least: bool) -> str:
    least, most = getattr(field, "min_value", None), getattr(field, "max_value", None)
    if least is not None and most is not None:
        return _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return (_("Write %(limit)s or more.") if is_least else _("Write %(limit)s or less.")) % {"limit": limit}


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
