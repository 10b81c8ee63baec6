"""Asking members what they think, and answering: an answer is kept apart from who gave it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from accounts.templatetags.moments import written
from alliance.models import Alliance, Member, Role
from alliance.services.locking import lock, require_living
from alliance.states import Membership, RoleKind
from audit.errors import DomainError
from audit.services import record
from traits.models import PulseAnswer, PulseRound, PulseTurn
from traits.pulse import LONGEST, REST, SHORTEST, is_whole


@transaction.atomic
def open_pulse(*, actor: Person, alliance: Alliance, days: int) -> PulseRound:
    """Ask each admitted member’s representative, for 3 to 60 days; the clock closes the round.

    Raises DomainError while a round is open, within 28 days of the close of the last, or when there is nobody to ask.
    """
    alliance, at = lock(alliance)
    require("traits.open_pulse", actor, alliance)
    require_living(alliance)
    if not SHORTEST <= days <= LONGEST:
        raise DomainError("days_out_of_range", _("Choose from 3 to 60 days."), field="days")
    _require_rest(alliance, at)
    if not _asked(alliance):
        raise DomainError("nobody_to_ask", _("No admitted member has a representative yet. Invite one first."))
    last = alliance.pulse_rounds.aggregate(last=Max("number"))["last"] or 0
    opened = PulseRound.objects.create(
        alliance=alliance, number=last + 1, opened_by=actor, opened_at=at, closes_at=at + timedelta(days=days)
    )
    data = {"number": opened.number, "days": days}
    record("traits.pulse.opened", stream=alliance.pk, actor=actor.pk, subject=opened.pk, at=at, data=data)
    return opened


def _require_rest(alliance: Alliance, at: datetime) -> None:
    last = PulseRound.objects.filter(alliance=alliance).newest()
    if last and at < last.closes_at:
        raise DomainError("round_open", _("A round is open already. Wait until it closes."))
    if last and at < last.closes_at + REST:
        says = _("Members may be asked again from %(date)s: 28 days after the last round closed.")
        raise DomainError("asked_lately", says % {"date": written(last.closes_at + REST)})


def _asked(alliance: Alliance) -> bool:
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=alliance)
    return roles.filter(member__state=Membership.ADMITTED).exists()


@transaction.atomic
def answer_pulse(
    *, actor: Person, pulse: PulseRound, member: Member, scores: Mapping[str, int], is_named: bool
) -> PulseTurn:
    """Answer for a member, once a round. That it has answered is on record; what it answered is not linked to it.

    An answer names its member only where `is_named`. Raises DomainError after the close, for a member that is not
    admitted or has answered, or when a statement is left out.
    """
    alliance, at = lock(pulse.alliance_id)
    member = Member.objects.with_names().get(pk=member.pk, alliance=alliance)
    require("traits.answer_pulse", actor, member)
    if not pulse.opened_at <= at < pulse.closes_at:
        raise DomainError("round_closed", _("This round has closed. You can answer in the next one."))
    if member.state != Membership.ADMITTED:
        raise DomainError("not_admitted", _("Only admitted members are asked."))
    if not is_whole(scores):
        raise DomainError("answers_missing", _("Answer all nine statements."))
    if PulseTurn.objects.filter(round=pulse, member=member).exists():
        raise DomainError("answered_already", _("This member has answered. An answer cannot be changed."))
    turn = PulseTurn.objects.create(round=pulse, member=member, group=member.group_key, person=actor, answered_at=at)
    PulseAnswer.objects.create(round=pulse, scores=dict(scores), named=member if is_named else None)
    data = {"number": pulse.number}
    record("traits.pulse.answered", stream=alliance.pk, actor=actor.pk, subject=pulse.pk, at=at, data=data)
    return turn
