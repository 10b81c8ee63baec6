"""Small things that tests stand on: rows as services would leave them, without the events. Append your own."""

from datetime import timedelta
from itertools import count
from typing import Any

from accounts.models import Affiliation, ControlGroup, Organisation, Person
from accounts.rules import Proof
from alliance.models import Alliance, Category, Contribution, Member, Role, Topic, ValueStream
from alliance.states import ContributionKind, Membership, Origin, Permanence, RoleKind, State
from audit import clock

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
