"""Two alliances with one of everything, and a person for each role in the first: what the matrix walks over."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.doors import SIGN_INS
from accounts.models import Organisation, Person
from alliance.models import (
    AffectedParty,
    Alliance,
    ControlClaim,
    DurableForm,
    Exhibit,
    InterestLink,
    LegacyItem,
    Member,
    ReservedPower,
    Round,
    Step,
)
from alliance.sealing import Figures, Range
from alliance.services.holds import place_hold
from alliance.services.worksheets import seal_worksheet
from alliance.states import Domain, Form, LegacyPart, Membership, RoleKind, State
from audit import clock
from charter.models import CharterVersion
from charter.services.drafting import draft_charter
from charter.states import Section, SigningRule, Template
from governance.models import Conformance, Decision, Holding, InstructionReport, Officer, Suggestion
from governance.services.closing import add_outcome
from governance.states import DecisionState, Office
from notifications.models import Delivery, Notice
from notifications.states import Channel, DeliveryState
from tests import factories
from traits.models import PulseRound
from traits.services.assessments import assess_alliance
from traits.states import Verdict

ANONYMOUS = "anonymous"
OUTSIDE = ("outsider", "operator")
INSIDE = (
    "observer",
    "representative",
    "signatory",
    "organiser",
    "executive",
    "chair",
    "counsel",
    "auditor",
    "custodian",
)
ROLES = (ANONYMOUS, *OUTSIDE, *INSIDE)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """`own` is the alliance in which the people have their roles, `other` one in which only the outsider has any."""

    own: SimpleNamespace
    other: SimpleNamespace
    people: dict[str, Person] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A new client signed in as this role, with a fresh proof of sign-in."""
        client = Client(raise_request_exception=False)
        if role != ANONYMOUS:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session(role)
        return client

    def _session(self, role: str) -> str:
        if role not in self._sessions:
            client = Client()
            client.force_login(self.people[role], backend=BACKEND)
            session = client.session
            session[SIGN_INS] = [{"method": "password", "at": clock.read().timestamp()}]
            session.save()
            self._sessions[role] = str(session.session_key)
        return self._sessions[role]


def build() -> World:
    """Both alliances and everybody."""
    own, people = alliance_with_everything("Own")
    other, others = alliance_with_everything("Other")
    people["outsider"] = others["representative"]
    people["operator"] = factories.person("Operator", is_staff=True, is_superuser=True)
    Person.objects.update(password=make_password("a long walk to the harbour"))
    for person in people.values():
        person.refresh_from_db()
    return World(own, other, people)


def alliance_with_everything(name: str) -> tuple[SimpleNamespace, dict[str, Person]]:
    """A forming alliance, one of each thing in it, and a person for each role."""
    alliance = factories.alliance(name, state=State.FORMING)
    member, second, accepted = _members(alliance)
    people = _people(alliance, member)
    found = SimpleNamespace(alliance=alliance, slug=alliance.slug, member=member, second=second, accepted=accepted)
    found.role = people["signatory"].roles.get()
    _interests_and_value(found, people)
    _control(found)
    _charter(found, people)
    _governance(found, people)
    _mail(found, people)
    return found, people


def _members(alliance: Alliance) -> tuple[Member, Member, Member]:
    first = factories.member(alliance, kind="payer")
    second = factories.member(alliance, kind="provider")
    voice = factories.representative(second)
    ControlClaim.objects.create(member=second, said_by=voice, said_at=clock.read())
    return first, second, factories.member(alliance, kind="public", state=Membership.ACCEPTED)


def _people(alliance: Alliance, member: Member) -> dict[str, Person]:
    return {
        "representative": factories.representative(member),
        "signatory": factories.signatory(member),
        **{
            kind.value: factories.holder(alliance, kind)
            for kind in (RoleKind.OBSERVER, RoleKind.ORGANISER, RoleKind.COUNSEL, RoleKind.AUDITOR, RoleKind.CUSTODIAN)
        },
    }


def _interests_and_value(found: SimpleNamespace, people: dict[str, Person]) -> None:
    alliance, member = found.alliance, found.member
    found.party = AffectedParty.objects.create(alliance=alliance, name="Patients")
    found.contribution = factories.contribution(member)
    found.topic, found.other_topic = factories.topic(alliance), factories.topic(alliance)
    found.hold = place_hold(
        actor=people["counsel"],
        alliance=alliance,
        kind="topic",
        subject=factories.topic(alliance).pk,
        reason="It names prices.",
        days=14,
        proof=factories.proof(),
    )
    found.stream = factories.stream(alliance, steward=people["representative"], steward_accepted_at=clock.read())
    found.reading = found.stream.readings.create(
        value=3, read_on=clock.read().date(), entered_by=people["representative"], entered_at=clock.read()
    )
    found.link = InterestLink.objects.create(stream=found.stream, member=member, topic=found.topic)
    keeper = Organisation.objects.create(name=f"Keeper of {alliance.name}")
    people["counsel"].affiliations.create(organisation=keeper, starts_on=clock.read().date())
    found.durable = DurableForm.objects.create(
        stream=found.stream, form=Form.STANDARD, description="x", successor=keeper
    )
    cited = {"source_kind": "contribution", "source": found.contribution.pk}
    found.of_kind = "stream"
    found.exhibit = _exhibit(found, people["representative"], **cited)
    found.filed = _exhibit(found, people["representative"], size=5, sha256="a" * 64, file_name="a.pdf")
    LegacyItem.objects.create(alliance=alliance, part=LegacyPart.FUNDS, text="Shared out.")
    amount = Range(low=1, base=2, high=3)
    found.worksheet = seal_worksheet(
        actor=people["signatory"],
        member=member,
        figures=Figures(currency="USD", benefit=amount, cost=amount, fall_back=amount, basis="Last year."),
        proof=factories.proof(),
    )


def _exhibit(found: SimpleNamespace, by: Person, **what: Any) -> Exhibit:
    """Evidence on the benefit."""
    given = {"alliance": found.alliance, "kind": found.of_kind, "record": found.stream.pk, "title": "x"}
    return Exhibit.objects.create(**given, added_by=by, added_at=clock.read(), **what)


def _control(found: SimpleNamespace) -> None:
    at = clock.read()
    found.round = Round.objects.create(
        alliance=found.alliance, number=1, opened_at=at, closes_at=at + timedelta(days=30)
    )
    for member in (found.member, found.second):
        Step.objects.create(
            alliance=found.alliance,
            round=found.round,
            member=member,
            domain=Domain.DATA,
            from_level=0,
            to_level=1,
        )
    found.power = ReservedPower.objects.create(alliance=found.alliance, member=found.member, text="Its own brand.")


def _charter(found: SimpleNamespace, people: dict[str, Person]) -> None:
    at = clock.read()
    draft_charter(actor=people["organiser"], alliance=found.alliance, template=Template.JOINT_PROBLEM)
    found.section = Section.NAME.value
    found.version = CharterVersion.objects.create(
        alliance=found.alliance,
        major=1,
        document='{"sections":[]}',
        hash="a" * 64,
        signing_rule=SigningRule.ALL_FOUNDERS,
        frozen_at=at,
        frozen_by=people["organiser"],
        sign_by=at + timedelta(days=14),
    )
    found.assessment = assess_alliance(alliance=found.alliance, at=at, why="asked")
    found.pulse = PulseRound.objects.create(
        alliance=found.alliance,
        number=PulseRound.objects.count() + 1,
        opened_by=people["organiser"],
        opened_at=at,
        closes_at=at + timedelta(days=14),
    ).number
    found.warning = next(each["id"] for each in found.assessment.indicators if each["verdict"] == Verdict.WARN)


def _governance(found: SimpleNamespace, people: dict[str, Person]) -> None:
    alliance = found.alliance
    found.seat, chairs = factories.seat(alliance, "First seat"), factories.seat(alliance, "Chair's seat")
    first = factories.holding(found.seat, factories.person("Executive"))
    chair = factories.holding(chairs, factories.person("Chair"))
    people["executive"], people["chair"] = first.person, chair.person
    found.vacant = factories.seat(alliance, "Vacant seat")
    Officer.objects.create(alliance=alliance, office=Office.CHAIR, person=people["chair"], starts_at=clock.read())
    found.decision_class = factories.decision_class(alliance, is_founding=True)
    found.open_number = factories.open_vote(alliance, [chair, first]).number
    found.decided_number = _decided(alliance, [chair, first]).number
    found.draft = factories.decision(alliance, people["executive"])
    found.draft_number = found.draft.number
    found.suggestion = Suggestion.objects.create(
        alliance=alliance,
        decision=found.draft,
        suggested_by=people["chair"],
        text="Say when.",
        text_hash="",
        suggested_at=clock.read(),
    )
    found.conformance = Conformance.objects.create(
        alliance=alliance,
        decision=Decision.objects.get(alliance=alliance, number=found.decided_number),
        member=found.member,
        since=clock.read().date(),
        declared_by=people["chair"],
        declared_at=clock.read(),
    )
    found.report = InstructionReport.objects.create(
        alliance=alliance,
        seat=found.seat,
        reported_by=people["executive"],
        text="I was told how to vote.",
        reported_at=clock.read(),
    )


def _decided(alliance: Alliance, holders: list[Holding]) -> Decision:
    """Closed, with its outcome; its effect was refused."""
    vote = factories.open_vote(alliance, holders)
    add_outcome(vote, clock.read())
    Decision.objects.filter(pk=vote.pk).update(
        state=DecisionState.CLOSED, closed_at=clock.read(), effect_problem="not_found"
    )
    return vote


def _mail(found: SimpleNamespace, people: dict[str, Person]) -> None:
    delivery = Delivery.objects.create(
        event=found.alliance.pk,
        kind="tests",
        channel=Channel.INBOX,
        recipient=f"person:{people['observer'].pk}",
        state=DeliveryState.SENT,
        due_at=clock.read(),
        created_at=clock.read(),
    )
    found.notice = Notice.objects.create(
        delivery=delivery,
        person=people["observer"],
        stream=found.alliance.pk,
        subject="Told",
        text="Told.",
        path="/inbox/",
        created_at=clock.read(),
    )


def named(world_of: SimpleNamespace, what: Any) -> Any:
    """The value of an address's part: an object's identifier, or a plain word."""
    value = getattr(world_of, what, what)
    return getattr(value, "pk", value)
