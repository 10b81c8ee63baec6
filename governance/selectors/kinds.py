"""What of governance takes evidence: a holder's statement and disclosure; and decisions, which are evidence."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.templatetags.moments import dated
from alliance.kinds import Kind, add_kinds
from alliance.models import Alliance
from alliance.selectors.standing import Standing
from governance.models import Attestation, Decision, Disclosure


def _holding(row: Any) -> Any:
    return row.holding


def _holds(standing: Standing, row: Any) -> bool:
    return bool(row.holding.person_id == standing.person.pk)


def _committee(row: Any) -> str:
    return reverse("governance:committee", args=[row.alliance.slug])


def _attestations(alliance: Alliance) -> Any:
    return Attestation.objects.filter(alliance=alliance).select_related("alliance", "holding__person")


def _disclosures(alliance: Alliance) -> Any:
    return Disclosure.objects.filter(alliance=alliance).select_related("alliance", "holding__person")


KINDS = (
    Kind(
        "attestation", gettext_lazy("Independence statement"), Attestation, _attestations,
        lambda row: f"{row.holding.person}, {dated(row.signed_at)}", _committee,
        may=("governance.attest",), about=_holding, able=_holds, named_by="holding__person__name",
    ),
    Kind(
        "disclosure", gettext_lazy("Disclosure"), Disclosure, _disclosures,
        lambda row: f"{row.holding.person}, {dated(row.made_at)}", _committee,
        may=("governance.disclose",), about=_holding, able=_holds, named_by="holding__person__name",
    ),
    Kind(
        "decision", gettext_lazy("Decision"), Decision,
        lambda alliance: alliance.decisions.select_related("alliance"), lambda row: f"{row.number}: {row.title}",
        lambda row: reverse("governance:decision", args=[row.alliance.slug, row.number]),
    ),
)  # fmt: skip


def register() -> None:
    """Called when the app starts."""
    add_kinds(*KINDS)
