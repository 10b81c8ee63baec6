"""Small things that tests stand on: rows as services would leave them, without the events. Append your own."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction

from accounts.models import Affiliation, ControlGroup, Organisation, Person
from accounts.rules import Proof
from alliance.models import Alliance, Category, Contribution, Member, Role, Topic, ValueStream
from alliance.states import ContributionKind, Membership, Origin, Permanence, RoleKind, State
from audit import clock
from audit.models import Event
from audit.services import record
from governance.models import Attestation, Decision, DecisionClass, Disclosure, Holding, Officer, Seat
from governance.rules import INDEPENDENCE_VERSION
from governance.services.classes import defaults as default_classes
from governance.services.opening import open_voting
from governance.states import Office
from governance.texts import INDEPENDENCE_HASH

_numbers = count(1)


def person(name: str = "", *, works_for: Organisation | None = None, **fields: Any) -> Person:
    """Somebody with an account, affiliated where `works_for` says so."""
    number = next(_numbers)
    made = Person.objects.create_user(
        fields.pop("email", f"person{number}@example.com"), name=name or f"Person {number}", **fields
    )
    if works_for:
        Affiliation.objects.create(person=made, organisation=works_for, starts_on=clock.read().date())
    return made


def organisation(name: str = "", *, group: ControlGroup | None = None) -> Organisation:
    """An organisation, alone or in a control group."""
    return Organisation.objects.create(name=name or f"Organisation {next(_numbers)}", control_group=group)


def affiliation(who: Person, where: Organisation) -> Affiliation:
    """That somebody works somewhere from today."""
    return Affiliation.objects.create(person=who, organisation=where, starts_on=clock.read().date())


def control_group(name: str = "") -> ControlGroup:
    return ControlGroup.objects.create(name=name or f"Group {next(_numbers)}")


def alliance(name: str = "", *, state: State = State.FORMING, **fields: Any) -> Alliance:
    """An alliance of 24 months without members; its convener is an organisation of its own unless given."""
    number = next(_numbers)
    given = {
        "slug": f"alliance-{number}",
        "name": name or f"Alliance {number}",
        "purpose": "Exchange claims in one open format.",
        "origin": Origin.PROBLEM,
        "statement": "Every claim is typed twice.",
        "permanence": Permanence.TEMPORARY,
        "term_months": 24,
        "created_at": clock.read(),
        **fields,
    }
    return Alliance.objects.create(convener=given.pop("convener", None) or organisation(), state=state, **given)


def category(of: Alliance, name: str = "payer") -> Category:
    """A kind of member: the one of this name, made when it is not there."""
    return Category.objects.get_or_create(alliance=of, name=name)[0]


def member(
    of: Alliance, name: str = "", *, kind: str = "payer", state: Membership = Membership.ADMITTED, **fields: Any
) -> Member:
    """An admitted voting member of its own group."""
    at = clock.read()
    given = {
        "organisation": fields.pop("organisation", None) or organisation(name),
        "category": category(of, kind),
        "invited_at": at,
        "admitted_at": at if state == Membership.ADMITTED else None,
        **fields,
    }
    return Member.objects.create(alliance=of, state=state, **given)


def role(who: Person, of: Alliance, kind: RoleKind, *, member: Member | None = None, mandate: str = "") -> Role:
    """A role held now."""
    return Role.objects.create(
        alliance=of, person=who, kind=kind, member=member, mandate=mandate, granted_at=clock.read()
    )


def holder(of: Alliance, kind: RoleKind, *, member: Member | None = None, **fields: Any) -> Person:
    """A new person who holds this role."""
    who = person(works_for=member.organisation if member else None, **fields)
    role(who, of, kind, member=member, mandate="board resolution" if kind == RoleKind.SIGNATORY else "")
    return who


def organiser(of: Alliance) -> Person:
    return holder(of, RoleKind.ORGANISER)


def representative(of: Member) -> Person:
    return holder(of.alliance, RoleKind.REPRESENTATIVE, member=of)


def signatory(of: Member) -> Person:
    return holder(of.alliance, RoleKind.SIGNATORY, member=of)


def topic(of: Alliance, name: str = "") -> Topic:
    return Topic.objects.create(
        alliance=of, name=name or f"Topic {next(_numbers)}", measure="Share of claims.", created_at=clock.read()
    )


def contribution(of: Member, **fields: Any) -> Contribution:
    """A promise of people, not signed."""
    given = {"kind": ContributionKind.PEOPLE, "description": "Two engineers", **fields}
    return Contribution.objects.create(alliance=of.alliance, member=of, **given)


def stream(of: Alliance, title: str = "", **fields: Any) -> ValueStream:
    """A value stream without steward or baseline."""
    given = {"created_at": clock.read(), **fields}
    return ValueStream.objects.create(alliance=of, title=title or f"Benefit {next(_numbers)}", **given)


def proof(**ago: float) -> Proof:
    """A proof of sign-in, given now (or `minutes=6` ago)."""
    return Proof("password", clock.read() - timedelta(**ago))


# -- Governance -----------------------------------------------------------------------------------------------------
def seat(of: Alliance, label: str = "", *, weight: int = 1, member: Member | None = None) -> Seat:
    """A vacant seat; it counts for `member` where one is given."""
    name = label or f"Seat {next(_numbers)}"
    return Seat.objects.create(alliance=of, label=name, weight=weight, member=member, created_at=clock.read())


def holding(of: Seat, who: Person | None = None, *, stated: bool = True, **fields: Any) -> Holding:
    """A person who has accepted a seat for a year; with `stated`, statement and disclosure are current."""
    at = clock.read()
    given = {
        "appointed_at": at,
        "accepted_at": at,
        "starts_on": at.date(),
        "ends_on": at.date() + timedelta(days=365),
        "appointed_by": of.member,
        **fields,
    }
    made = Holding.objects.create(alliance=of.alliance, seat=of, person=who or person(), **given)
    if stated:
        attestation(made)
        disclosure(made)
    return made


def attestation(of: Holding, **fields: Any) -> Attestation:
    """A statement of independence, signed now."""
    given = {
        "signed_at": clock.read(),
        "text_version": INDEPENDENCE_VERSION,
        "text_hash": INDEPENDENCE_HASH,
        **fields,
    }
    return Attestation.objects.create(alliance=of.alliance, holding=of, **given)


def disclosure(of: Holding, **fields: Any) -> Disclosure:
    """That there is nothing to disclose, said now."""
    given = {"made_at": clock.read(), "nothing_to_disclose": True, **fields}
    return Disclosure.objects.create(alliance=of.alliance, holding=of, **given)


def decision_class(of: Alliance, key: str = "ordinary", **fields: Any) -> DecisionClass:
    """One of the default classes, or what `fields` change about it."""
    given = {**default_classes()[key], "created_at": clock.read(), **fields}
    return DecisionClass.objects.create(alliance=of, key=key, **given)


def decision(of: Alliance, proposer: Person, **fields: Any) -> Decision:
    """A draft; ordinary unless `decision_class` is given."""
    number = next(_numbers)
    given = {
        "number": number,
        "title": f"Question {number}",
        "motion": "The format is adopted.",
        "created_at": clock.read(),
        **fields,
    }
    given.setdefault("decision_class", of.decision_classes.filter(retired_at=None).first() or decision_class(of))
    return Decision.objects.create(alliance=of, proposer=proposer, **given)


def committee(of: Alliance, size: int = 3) -> list[Holding]:
    """So many equal seats, each held by somebody with current statements."""
    return [holding(seat(of)) for _number in range(size)]


def open_vote(of: Alliance, holders: list[Holding], **fields: Any) -> Decision:
    """A decision of the committee, proposed and seconded by its first two holders, opened by the first as chair."""
    chair, second = holders[0].person, holders[1].person
    Officer.objects.get_or_create(
        alliance=of, office=Office.CHAIR, person=chair, ends_at=None, defaults={"starts_at": clock.read()}
    )
    drafted = decision(of, chair, seconder=second, **fields)
    if drafted.decision_class.notice_days:
        drafted.noticed_at = clock.read() - timedelta(days=drafted.decision_class.notice_days)
        drafted.save()
    return open_voting(actor=chair, decision=drafted)


def verbs(of: Alliance) -> list[str]:
    """What the alliance's log says, in order."""
    return list(Event.objects.filter(stream=of.pk).order_by("seq").values_list("verb", flat=True))


def record_event(of: Alliance, verb: str) -> Event:
    """An event in the alliance's stream, about the alliance itself."""
    with transaction.atomic():
        return record(verb, stream=of.pk, subject=of.pk, at=clock.read())
