"""Value streams: who gains, who keeps them, how they are measured."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from accounts.rules import name_key
from alliance.models import Alliance, Beneficiary, InterestLink, Member, Reading, Role, Topic, ValueStream
from alliance.services.locking import (
    lock,
    require_going_on,
    require_living,
    require_not_signing,
    require_writable,
    tell,
)
from alliance.services.results import require_second
from alliance.states import Area
from audit.errors import DomainError

WORDS = ("title", "description")
"""What says which benefit it is."""
CHANGEABLE = frozenset(
    {
        "title",
        "description",
        "effect",
        "horizon_on",
        "is_permanent",
        "review_months",
        "upkeep_funded_until",
    }
)


@transaction.atomic
def add_stream(
    *,
    actor: Person,
    alliance: Alliance,
    title: str,
    description: str,
    effect: str,
    beneficiaries: list[Member],
    is_primary: bool = False,
    steward: Person | None = None,
    horizon_on: date | None = None,
    is_permanent: bool = False,
    review_months: int | None = None,
    upkeep_funded_until: date | None = None,
) -> ValueStream:
    """Describe a benefit: who gains, who is asked to be its steward, how long it lasts.

    The first stream is the primary one. The steward must act for a member, organise or keep figures here, and accepts
    by an act of their own.
    """
    alliance, at = lock(alliance)
    require("alliance.add_stream", actor, alliance)
    require_writable(alliance, Area.VALUE)
    _require_own(alliance, beneficiaries, steward)
    _require_to_come(horizon_on, at)
    if alliance.streams.filter(title=title.strip()).exists():
        raise DomainError("stream_known", _("There is a benefit of this title already."), field="title")
    is_primary = is_primary or not alliance.streams.exists()
    if is_primary:
        alliance.streams.update(is_primary=False)
    stream = ValueStream.objects.create(
        alliance=alliance,
        title=title.strip(),
        description=description,
        effect=effect,
        is_primary=is_primary,
        steward=steward,
        horizon_on=horizon_on,
        is_permanent=is_permanent,
        review_months=review_months,
        upkeep_funded_until=upkeep_funded_until,
        created_at=at,
    )
    Beneficiary.objects.bulk_create([Beneficiary(stream=stream, member=member) for member in beneficiaries])
    tell("stream.added", alliance, actor=actor, subject=stream, at=at, data=_asked(steward))
    return stream


def _require_to_come(horizon_on: date | None, at: datetime) -> None:
    if horizon_on and horizon_on <= at.date():
        raise DomainError("horizon_past", _("Choose a day to come, or leave it empty."), field="horizon_on")


def _asked(steward: Person | None) -> dict[str, Any]:
    return {"steward": str(steward.pk) if steward else None}


def _require_own(alliance: Alliance, beneficiaries: list[Member], steward: Person | None) -> None:
    if any(member.alliance_id != alliance.pk for member in beneficiaries):
        raise DomainError("foreign_member", _("Choose members of this alliance."), field="beneficiaries")
    if steward and not Role.objects.of_stewards().filter(alliance=alliance, person=steward).exists():
        raise DomainError(
            "steward_unknown", _("Choose a steward among those who act for a member or organise."), field="steward"
        )


@transaction.atomic
def change_stream(
    *, actor: Person, stream: ValueStream, beneficiaries: list[Member], steward: Person | None, **changes: Any
) -> ValueStream:
    """Change a benefit before the charter. A new steward must accept anew. `changes` are among CHANGEABLE.

    So must the steward that there is, where another changes what they accepted to keep and for whom; with other words,
    links and successors are to be accepted anew, too.
    """
    alliance, at = lock(stream.alliance_id)
    require("alliance.change_stream", actor, stream)
    require_writable(alliance, Area.VALUE)
    _require_own(alliance, beneficiaries, steward)
    if not changes.keys() <= CHANGEABLE:
        raise DomainError("not_changeable", _("This cannot be changed here."))
    title = changes.get("title")
    if title and alliance.streams.filter(title=title).exclude(pk=stream.pk).exists():
        raise DomainError("stream_known", _("There is a benefit of this title already."), field="title")
    stream = ValueStream.objects.get(pk=stream.pk)
    if changes.get("horizon_on") != stream.horizon_on:
        _require_to_come(changes.get("horizon_on"), at)
    reached = set(stream.beneficiaries.values_list("member", flat=True))
    is_other = reached != {each.pk for each in beneficiaries} or any(
        _differs(getattr(stream, field), value) for field, value in changes.items()
    )
    is_reworded = any(_differs(getattr(stream, field), changes.get(field, "")) for field in WORDS if field in changes)
    for field, value in changes.items():
        setattr(stream, field, value)
    if stream.steward_id != (steward.pk if steward else None) or (is_other and stream.steward_id != actor.pk):
        stream.steward, stream.steward_accepted_at = steward, None
    stream.save()
    if is_reworded:
        stream.interest_links.update(accepted_at=None)
        stream.durable_forms.update(accepted_at=None, accepted_by=None)
    stream.beneficiaries.exclude(member__in=beneficiaries).delete()
    Beneficiary.objects.bulk_create(
        [Beneficiary(stream=stream, member=member) for member in beneficiaries], ignore_conflicts=True
    )
    tell("stream.changed", alliance, actor=actor, subject=stream, at=at, data=_asked(steward))
    return stream


@transaction.atomic
def name_steward(*, actor: Person, stream: ValueStream, steward: Person) -> ValueStream:
    """Name another steward where the one that was named has no part here any more: under a charter, and in legacy, too.

    The new one must accept. Raises DomainError while the one that was named is still here.
    """
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.select_related("steward").get(pk=stream.pk)
    require("alliance.change_stream", actor, stream)
    require_going_on(alliance)
    require_not_signing(alliance)
    if stream.steward is None or Role.objects.of_stewards().filter(alliance=alliance, person=stream.steward).exists():
        raise DomainError(
            "steward_there", _("Its steward is here still, or nobody was named: change the benefit itself.")
        )
    _require_own(alliance, [], steward)
    stream.steward, stream.steward_accepted_at = steward, None
    stream.save(update_fields=["steward", "steward_accepted_at"])
    tell("stream.changed", alliance, actor=actor, subject=stream, at=at, data=_asked(steward))
    return stream


def _differs(before: Any, after: Any) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return name_key(before) != name_key(after)
    return bool(before != after)


@transaction.atomic
def accept_stewardship(*, actor: Person, stream: ValueStream) -> ValueStream:
    """Accept to keep a value stream. Only the person named."""
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.get(pk=stream.pk)
    require("alliance.accept_stewardship", actor, stream)
    require_living(alliance)
    if stream.steward_accepted_at and stream.witnessed:
        raise DomainError("accepted_already", _("You have accepted already."))
    stream.steward_accepted_at, stream.witnessed = at, True
    stream.save(update_fields=["steward_accepted_at", "witnessed"])
    tell("stewardship.accepted", alliance, actor=actor, subject=stream, at=at)
    return stream


@transaction.atomic
def set_baseline(
    *, actor: Person, stream: ValueStream, metric: str, unit: str, baseline: Decimal, baseline_on: date, source: str
) -> ValueStream:
    """Say what is measured, and where it stood on what day. A new baseline must be verified anew.

    Once there are readings or targets, they keep their metric and unit. Raises DomainError otherwise.
    """
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.get(pk=stream.pk)
    require("alliance.set_baseline", actor, stream)
    require_living(alliance)
    if baseline_on > at.date():
        raise DomainError("baseline_ahead", _("A baseline is measured on a day that has been."), field="baseline_on")
    if stream.readings.filter(read_on__lt=baseline_on).exists():
        raise DomainError("reading_before_baseline", _("There is a reading before that day."), field="baseline_on")
    is_other = (name_key(metric), unit.strip()) != (name_key(stream.metric), stream.unit.strip())
    if is_other and (stream.readings.exists() or stream.targets.exists()):
        raise DomainError(
            "measured_already",
            _("There are readings or targets of “%(metric)s” in %(unit)s: another measure wants a benefit of its own.")
            % {"metric": stream.metric, "unit": stream.unit or "–"},
            field="metric",
        )
    stream.metric, stream.unit, stream.baseline = metric, unit, baseline
    stream.baseline_on, stream.baseline_source, stream.baseline_set_by = baseline_on, source, actor
    stream.baseline_verified_by = stream.baseline_verified_at = None
    stream.save()
    tell("baseline.set", alliance, actor=actor, subject=stream, at=at)
    return stream


@transaction.atomic
def verify_baseline(*, actor: Person, stream: ValueStream, member: Member) -> ValueStream:
    """A second member vouches for the baseline: neither the steward's own nor that of who entered it."""
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.select_related("steward", "baseline_set_by").get(pk=stream.pk)
    require("alliance.verify_baseline", actor, stream)
    require_living(alliance)
    if stream.baseline is None:
        raise DomainError("no_baseline", _("There is no baseline to verify yet."))
    require_second(actor, stream, member, stream.baseline_set_by)
    stream.baseline_verified_by, stream.baseline_verified_at = member, at
    stream.save(update_fields=["baseline_verified_by", "baseline_verified_at"])
    tell("baseline.verified", alliance, actor=actor, subject=stream, at=at, data={"member": str(member.pk)})
    return stream


@transaction.atomic
def record_reading(*, actor: Person, stream: ValueStream, value: Decimal, read_on: date, source: str) -> Reading:
    """Enter what the metric stood at. The steward does, after the baseline, one reading a day; in legacy too."""
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.get(pk=stream.pk)
    require("alliance.record_reading", actor, stream)
    require_going_on(alliance)
    if stream.baseline_on is None or read_on < stream.baseline_on:
        raise DomainError("reading_before_baseline", _("A reading comes after the baseline."), field="read_on")
    if read_on > at.date():
        raise DomainError("reading_ahead", _("Enter a day that has been."), field="read_on")
    if stream.readings.filter(read_on=read_on).exists():
        raise DomainError("reading_known", _("There is a reading of that day already."), field="read_on")
    reading = Reading.objects.create(
        stream=stream, value=value, read_on=read_on, source=source, entered_by=actor, entered_at=at
    )
    tell("reading.recorded", alliance, actor=actor, subject=reading, at=at, data={"stream": str(stream.pk)})
    return reading


@transaction.atomic
def link_interest(*, actor: Person, stream: ValueStream, member: Member, topic: Topic) -> InterestLink:
    """Say that a stream meets a member's interest in a topic. The member must be a beneficiary of the stream."""
    alliance, at = lock(stream.alliance_id)
    require("alliance.link_interest", actor, member)
    require_living(alliance)
    if topic.alliance_id != alliance.pk or not stream.beneficiaries.filter(member=member).exists():
        raise DomainError("not_beneficiary", _("Choose a benefit that names this member."), field="stream")
    link, is_new = InterestLink.objects.get_or_create(stream=stream, member=member, topic=topic)
    if not is_new:
        raise DomainError("linked_already", _("This is linked already."), field="stream")
    tell("interest.linked", alliance, actor=actor, subject=link, at=at, data={"stream": str(stream.pk)})
    return link


@transaction.atomic
def accept_interest_link(*, actor: Person, link: InterestLink) -> InterestLink:
    """The steward agrees that the stream meets this interest."""
    alliance, at = lock(link.stream.alliance_id)
    link = InterestLink.objects.select_related("stream").get(pk=link.pk)
    require("alliance.accept_interest_link", actor, link.stream)
    require_living(alliance)
    if link.accepted_at and link.witnessed:
        raise DomainError("accepted_already", _("You have accepted already."))
    link.accepted_at, link.witnessed = at, True
    link.save(update_fields=["accepted_at", "witnessed"])
    tell("interest_link.accepted", alliance, actor=actor, subject=link, at=at)
    return link
