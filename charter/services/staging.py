"""Bringing the illustrative alliances to life when they are loaded: a charter in force, votes under way.

What a dossier cannot carry (a text's hash, an open vote) is done here by the same commands that people use, or, for
what happened before this installation was there, written as it would have been.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Person
from accounts.rules import Proof
from alliance.models import Alliance, Role
from alliance.states import RoleKind, State
from audit import clock
from audit.services import record
from charter.models import Charter, CharterSection, CharterVersion, Signature
from charter.selectors.composition import compose
from charter.services.drafting import refresh_composition
from charter.states import Section, Template, VersionState
from charter.texts import default_text
from governance.models import Decision, Elector
from governance.services.ballots import cast_ballot
from governance.services.decisions import give_notice
from governance.services.opening import open_voting
from governance.states import Body, Choice, DecisionState

TO_SIGN = timedelta(days=14)


@transaction.atomic
def put_charter_in_force(alliance: Alliance) -> CharterVersion | None:
    """Freeze the charter of an illustrative active alliance, signed by every member's signatory when it began."""
    charter = Charter.objects.select_related("alliance").filter(alliance=alliance).first()
    if charter is None or alliance.activated_at is None or alliance.state != State.ACTIVE:
        return None
    composition = compose(charter)
    frozen_at = alliance.activated_at - TO_SIGN
    signatories = _signatories(alliance)
    version = CharterVersion.objects.create(
        alliance=alliance,
        major=1,
        document=composition.document,
        hash=composition.hash,
        state=VersionState.IN_FORCE,
        signing_rule=charter.signing_rule,
        frozen_at=frozen_at,
        frozen_by=signatories[0].person,
        sign_by=alliance.activated_at,
        in_force_at=alliance.activated_at,
    )
    for place, role in enumerate(signatories):
        _sign(version, role, frozen_at + timedelta(days=place))
    alliance.decision_classes.filter(is_founding=True).update(retired_at=alliance.activated_at)
    data = {"version": str(version.pk), "hash": version.hash, "illustrative": True}
    record("charter.version.loaded", stream=alliance.pk, subject=version.pk, at=clock.read(), data=data)
    return version


def _signatories(alliance: Alliance) -> list[Role]:
    roles = Role.objects.current().of_kind(RoleKind.SIGNATORY).filter(alliance=alliance)
    return list(roles.select_related("person", "member__organisation").order_by("granted_at", "pk"))


def _sign(version: CharterVersion, role: Role, at: datetime) -> None:
    assert role.member is not None  # noqa: S101 - a signatory always has one
    Signature.objects.create(
        alliance=version.alliance,
        version=version,
        member=role.member,
        signatory=role.person,
        signatory_name=role.person.name,
        organisation_name=role.member.organisation.name,
        mandate=role.mandate,
        hash=version.hash,
        proof_method="password",
        signed_at=at,
    )


def write_sections(alliance: Alliance) -> None:
    """Give an illustrative alliance's charter the twenty sections of its template, where its file has none."""
    charter = Charter.objects.get(alliance=alliance)
    if not charter.sections.exists():
        CharterSection.objects.bulk_create(
            [
                CharterSection(charter=charter, key=key, text=default_text(key, Template(charter.template)))
                for key in Section
            ]
        )
        refresh_composition(charter)


def open_drafts(alliance: Alliance) -> None:
    """Open the votes that the story has drafted, by who may, and let the first half of the voters vote."""
    for decision in alliance.decisions.filter(state=DecisionState.DRAFT).order_by("number"):
        opened = _open(decision)
        electors = list(Elector.objects.filter(decision=opened).select_related("person", "member").order_by("key"))
        for elector in electors[: len(electors) // 2]:
            _vote(opened, elector)


def _open(decision: Decision) -> Decision:
    by = decision.proposer
    if decision.decision_class.notice_days and decision.noticed_at is None:
        give_notice(actor=by, decision=decision)
    return open_voting(actor=by, decision=decision)


def _vote(decision: Decision, elector: Elector) -> None:
    person = elector.person or _representative(elector)
    cast_ballot(
        actor=person,
        decision=decision,
        choice=Choice.YES,
        declared=decision.body == Body.COMMITTEE,
        proof=Proof("password", clock.read()),
    )


def _representative(elector: Elector) -> Person:
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(member=elector.member)
    first: Role = roles.select_related("person").order_by("granted_at", "pk")[0]
    return first.person
