"""Attached evidence beside a verdict: how many pieces stand on the kinds of record that its indicator reads."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Person
from alliance.models import Alliance
from alliance.selectors.evidence import seen_by, standing_at

_LADDER = ("round", "step")
KINDS: dict[str, tuple[str, ...]] = {
    "M1": ("member",), "M2": ("member",), "M5": ("position",), "M6": ("position", "contribution"),
    "S1": ("position",), "S2": ("worksheet",), "S3": ("stream",), "S4": ("contribution",),
    "I1": _LADDER, "I2": _LADDER, "I3": _LADDER, "I4": _LADDER, "I5": ("review",),
    "G3": ("attestation",), "G5": ("disclosure",),
    "V1": ("stream",), "V2": ("stream",), "V3": ("stream",), "V4": ("baseline",), "V5": ("durable_form",),
    "V6": ("legacy",), "V7": ("stream",), "V8": ("alliance", "reading"),
}  # fmt: skip
"""Which kinds of record an indicator reads, of those that take evidence."""


def attached_counts(alliance: Alliance, person: Person, at: datetime) -> dict[str, int]:
    """Kind of record → pieces that count and this person may see: one statement."""
    found = standing_at(seen_by(person, alliance), at.date()).order_by()
    return dict(found.values_list("kind").annotate(count=Count("pk")))


def attached_to(indicator: str, counts: Mapping[str, int], alliance: Alliance) -> tuple[int, str]:
    """(how many, where they are listed) for one indicator; (0, "") where there are none."""
    kinds = KINDS.get(indicator, ())
    count = sum(counts.get(kind, 0) for kind in kinds)
    page = reverse("alliance:evidence", args=[alliance.slug])
    return (count, f"{page}?{urlencode({'kind': kinds}, doseq=True)}") if count else (0, "")
