"""What evidence is attached: a link, a file or another record, exactly one of them."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from alliance.contents import ENDINGS, Upload
from alliance.forms.fields import DateField
from alliance.services.exhibits import Source

Choices = list[tuple[str, list[tuple[str, str]]]]


class EvidenceForm(forms.Form):
    """One piece of evidence. `sources` are the records that may be chosen, by kind."""

    title = TextField(label=_("What it is"), max_length=160, help_text=_("As in “Board resolution of 3 March”."))
    address = TextField(
        label=_("A link"), required=False, max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("The members need to be able to open it themselves."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, allow_empty_file=True, max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Or another record of this alliance"), required=False)
    valid_until = DateField(
        label=_("Valid until"), required=False,
        help_text=_("The last day on which it holds. You hear of it 30 and 7 days before. Empty: it does not lapse."),
    )  # fmt: skip

    def __init__(self, *args: Any, sources: Choices, most_mb: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].choices = [("", _("None")), *sources]  # type: ignore[attr-defined]
        for name in ("address", "file", "source"):
            self.fields[name].in_optional_part = True  # type: ignore[attr-defined]  # one of the three is not optional
        self.fields["file"].help_text = _(
            "PDF, PNG, JPEG, plain text, CSV or an office document, %(most)s MB at most. "
            "Everybody in the alliance can open it."
        ) % {"most": most_mb}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("address", "file", "source") if cleaned.get(name)]
        if len(given) != 1 and not self.errors:
            self.add_error("address" if not given else given[-1], _one(len(given)))
        return cleaned

    def exhibit(self) -> dict[str, Any]:
        """What the command takes."""
        given = self.cleaned_data
        kind, _colon, pk = given["source"].partition(":")
        return {
            "title": given["title"],
            "address": given["address"],
            "file": upload_of(given["file"]),
            "source": Source(kind, UUID(pk)) if pk else None,
            "valid_until": given["valid_until"],
        }


def _one(count: int) -> Any:
    if count:
        return _("Give only one of the three. Attach each piece of evidence by itself.")
    return _("Give one of the three: a link, a file, or another record.")


def upload_of(file: UploadedFile | None) -> Upload | None:
    """A file as the command takes it."""
    if file is None:
        return None
    file.seek(0)
    return Upload(file.name or "", file.read())
