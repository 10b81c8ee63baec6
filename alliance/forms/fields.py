"""Fields that several forms share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.rules import visible
from alliance.rules import CURRENCIES
from alliance.states import Reason

MINOR = 100
LARGEST = Decimal(10) ** 15


class MoneyField(forms.DecimalField):
    """An amount as people write it; its value is an integer in minor units."""

    def __init__(self, **options: Any) -> None:
        said = {"invalid": _("Write an amount such as 50000 or 50000.00, without marks between the thousands.")}
        said["max_decimal_places"] = _("Write an amount with at most two digits after the point, such as 50000.25.")
        options = {"min_value": 0, "max_value": LARGEST, "decimal_places": 2, "error_messages": said, **options}
        super().__init__(**options)

    def clean(self, value: Any) -> int | None:
        amount = super().clean(value)
        return None if amount is None else int(amount * MINOR)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / MINOR if isinstance(value, int) else value


class CurrencyField(TextField):
    """A currency's three letters; its value has them in capitals."""

    def __init__(self, **options: Any) -> None:
        options = {"label": _("Currency"), "max_length": 3, "min_length": 3, "initial": "USD", **options}
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value).upper()
        if text and text not in CURRENCIES:
            raise ValidationError(_("Write a currency by its three letters, such as USD or EUR."))
        return text


class LinesField(TextField):
    """One thing a line; its value is the list of lines that are not empty, each once."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = 160, **options: Any) -> None:
        self.longest = longest
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        lines = [seen for line in text.splitlines() if (seen := visible(line))]
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(_("Shorten each line to %(number)d letters.") % {"number": self.longest})
        return list(dict.fromkeys(lines))


class _FromTheList:
    """What names no record of the page is refused as such, whatever it looks like."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "required":
                raise
            raise ValidationError(_("Choose from the list; something else was sent."), code="invalid_choice") from error


class RecordField(_FromTheList, forms.ModelChoiceField):
    """One record of those that the page shows."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, **{"empty_label": _("Choose from the list"), **options})


class RecordsField(_FromTheList, forms.ModelMultipleChoiceField):
    """Several records of those that the page shows."""


class DateField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def area(rows: int = 4) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class ReasonsField(forms.MultipleChoiceField):
    """For which of the four reasons value is expected."""

    def __init__(self, **options: Any) -> None:
        said = {
            "label": _("Where do you expect value from?"),
            "help_text": _("What happens is set against it later, from the record."),
            "choices": Reason.choices,
            "widget": forms.CheckboxSelectMultiple,
        }
        super().__init__(**{**said, **options})
