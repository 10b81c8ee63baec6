"""What a benefit is to reach, and who vouches for what was read."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Exhibit, Member, Reading, Role, Target, ValueStream
from alliance.services.locking import lock, require_going_on, require_living, tell
from alliance.states import OF_A_MEMBER
from audit.errors import DomainError

KIND = "reading"
"""By what name evidence attaches to a reading."""


@transaction.atomic
def set_target(*, actor: Person, stream: ValueStream, value: Decimal, due_on: date) -> Target:
    """Say what the metric is to stand at on a day to come, in the baseline's unit; the same day again replaces it.

    The steward or an organiser does, once a baseline is set. Raises DomainError before one, or for a day that has been.
    """
    alliance, at = lock(stream.alliance_id)
    stream = ValueStream.objects.get(pk=stream.pk)
    require("alliance.set_target", actor, stream)
    require_living(alliance)
    if stream.baseline_on is None:
        raise DomainError("no_baseline", _("Measure a baseline first: a target is reached from somewhere."))
    if due_on <= at.date():
        raise DomainError("target_past", _("Choose a day to come."), field="due_on")
    target, _new = Target.objects.update_or_create(
        stream=stream, due_on=due_on, defaults={"value": value, "set_by": actor, "set_at": at}
    )
    tell("target.set", alliance, actor=actor, subject=target, at=at, data={"stream": str(stream.pk)})
    return target


@transaction.atomic
def verify_reading(*, actor: Person, reading: Reading, member: Member) -> Reading:
    """A second member, neither the steward's own nor that of who entered it, vouches for a reading.

    Raises DomainError when it is verified already.
    """
    alliance, at = lock(reading.stream.alliance_id)
    reading = _still(reading)
    require("alliance.verify_reading", actor, reading.stream)
    require_living(alliance)
    if reading.verified_at:
        raise DomainError("verified_already", _("This reading is verified already."))
    require_second(actor, reading.stream, member, reading.entered_by)
    reading.verified_by, reading.verified_at = member, at
    reading.save(update_fields=["verified_by", "verified_at"])
    tell("reading.verified", alliance, actor=actor, subject=reading, at=at, data={"member": str(member.pk)})
    return reading


@transaction.atomic
def take_back_reading(*, actor: Person, reading: Reading) -> None:
    """Take a wrong reading back, in legacy too: its steward does. Day and value stay in the log.

    The right one is entered anew. Raises DomainError while evidence hangs on it, and for one that a second member has
    vouched for, which stays.
    """
    alliance, at = lock(reading.stream.alliance_id)
    reading = _still(reading)
    require("alliance.record_reading", actor, reading.stream)
    require_going_on(alliance)
    if reading.verified_by_id:
        raise DomainError(
            "verified_already",
            _("A second member has vouched for this reading, so it stays on record. Enter what you read since."),
        )
    shows, is_shown = Q(source_kind=KIND, source=reading.pk), Q(kind=KIND, record=reading.pk)
    if Exhibit.objects.filter(shows | is_shown, alliance=alliance, withdrawal__isnull=True).exists():
        raise DomainError("has_evidence", _("Evidence hangs on this reading: take the evidence back first."))
    data = {"day": reading.read_on.isoformat(), "value": f"{reading.value.normalize():f}"}
    reading.delete()
    tell("reading.taken_back", alliance, actor=actor, subject=reading.stream, at=at, data=data)


def _still(reading: Reading) -> Reading:
    """The reading as it is now, under the lock; DomainError where it has just been taken back."""
    found: Reading | None = Reading.objects.select_related("stream").filter(pk=reading.pk).first()
    if found is None:
        raise DomainError("reading_gone", _("This reading has been taken back."))
    return found


def require_second(actor: Person, stream: ValueStream, member: Member, entered_by: Person | None) -> None:
    """Raise DomainError unless the actor speaks for this member, and it is of another group than the figure's authors.

    Those are the stream's steward, and who entered the figure.
    """
    roles = Role.objects.current().of_kind(*OF_A_MEMBER)
    speaks = roles.filter(person=actor, member=member, alliance=stream.alliance_id).exists()
    if not speaks or not Member.objects.filter(pk=member.pk).beside(stream.steward, entered_by).exists():
        raise DomainError(
            "not_second",
            _("A figure is verified by a member of another group than its steward's, and than that of who entered it."),
            field="member",
        )
