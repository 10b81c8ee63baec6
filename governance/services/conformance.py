"""Which members meet an adopted specification, by their own word."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Member
from alliance.services.locking import require_going_on
from alliance.states import Membership
from audit.errors import DomainError
from governance.models import Conformance, Decision
from governance.selectors.conformance import is_standard
from governance.services.locking import lock_decision, tell


@transaction.atomic
def declare_conformance(*, actor: Person, decision: Decision, member: Member, since: date) -> Conformance:
    """Say that a member meets an adopted specification, since a day. Whoever acts for the member says it.

    Raises DomainError where the decision adopted no specification that is in effect, for a day before the motion was
    proposed or in the future, and where the member has said so already.
    """
    alliance, decision, at = lock_decision(decision)
    require("governance.declare_conformance", actor, member)
    require_going_on(alliance)
    _require_standard(decision, member)
    if not decision.created_at.date() <= since <= at.date():
        raise DomainError(
            "day_out_of_range",
            _("Give a day from when the specification was proposed until today."),
            field="since",
        )
    if Conformance.objects.current().filter(decision=decision, member=member).exists():
        raise DomainError("declared_already", _("This member says so already."))
    statement = Conformance.objects.create(
        alliance=alliance, decision=decision, member=member, since=since, declared_by=actor, declared_at=at
    )
    data = {"decision": str(decision.pk), "member": str(member.pk), "since": since.isoformat()}
    tell("conformance.declared", alliance.pk, actor=actor, subject=statement, at=at, data=data)
    return statement


@transaction.atomic
def end_conformance(*, actor: Person, conformance: Conformance) -> Conformance:
    """Take back that a member meets a specification. What was said stays on record."""
    alliance, decision, at = lock_decision(conformance.decision)
    require("governance.end_conformance", actor, conformance)
    require_going_on(alliance)
    if not Conformance.objects.current().filter(pk=conformance.pk).update(ended_at=at):
        raise DomainError("ended_already", _("This was taken back already."))
    conformance.refresh_from_db()
    data = {"decision": str(decision.pk), "member": str(conformance.member_id)}
    tell("conformance.ended", alliance.pk, actor=actor, subject=conformance, at=at, data=data)
    return conformance


def _require_standard(decision: Decision, member: Member) -> None:
    if not is_standard(decision):
        raise DomainError("no_standard", _("Only a specification that is in effect can be met."))
    if member.alliance_id != decision.alliance_id or member.state != Membership.ADMITTED:
        raise DomainError("not_a_member", _("Choose one of this alliance’s members."), field="member")
