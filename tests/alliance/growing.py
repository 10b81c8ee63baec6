"""An alliance that grows, for pages and lists that must not read more because of it."""

from datetime import timedelta

from accounts.models import Invitation
from alliance.models import (
    AffectedParty,
    Beneficiary,
    CounselReview,
    DurableForm,
    InterestLink,
    LegacyItem,
    MemberInvitation,
    Reading,
    Relation,
    ReservedPower,
    Round,
    Step,
    Worksheet,
)
from alliance.services import interests
from alliance.states import LegacyPart, RelationKind, RoundState
from audit import clock
from tests import factories as make


def grow(alliance, organiser, number):
    """One more of everything that a page lists."""
    at = clock.read()
    member = make.member(alliance, organisation=make.organisation(group=make.control_group()))
    voice, hand = make.representative(member), make.signatory(member)
    topic = interests.add_topic(actor=organiser, alliance=alliance, name=f"Topic {number}", measure="Count")
    interests.state_position(actor=voice, member=member, topic=topic, stance=1, salience=50)
    stream = make.stream(alliance, steward=voice, baseline=1, unit="t", baseline_on=at.date())
    Beneficiary.objects.create(stream=stream, member=member)
    Reading.objects.create(stream=stream, value=2, read_on=at.date(), entered_by=voice, entered_at=at)
    DurableForm.objects.create(stream=stream, form="fund", description="x", successor=make.organisation())
    InterestLink.objects.create(stream=stream, member=member, topic=topic)
    make.contribution(member, signed_by=hand, signed_at=at)
    AffectedParty.objects.create(alliance=alliance, name=f"Party {number}", member=member)
    Worksheet.objects.create(alliance=alliance, member=member, version=1, statement="x", signed_by=voice, signed_at=at)
    done = Round.objects.create(
        alliance=alliance, number=number, state=RoundState.COMPLETED, opened_at=at, closes_at=at, completed_at=at
    )
    for each in alliance.members.all():
        Step.objects.create(
            alliance=alliance, round=done, member=each, domain="data", from_level=0, to_level=1,
            signed_by=hand, signed_at=at,
        )  # fmt: skip
    ReservedPower.objects.create(alliance=alliance, member=member, text="Its files")
    CounselReview.objects.create(alliance=alliance, counsel=organiser, reviewed_at=at, cleared=True)
    Relation.objects.create(
        alliance=alliance, first=member, second=alliance.members.first(), kind=RelationKind.SUPPLIES,
        recorded_by=voice, recorded_at=at,
    )  # fmt: skip
    invitation = Invitation.objects.create(
        email=f"i{number}@example.com", token_hash=str(number), organisation=member.organisation,
        invited_by=organiser, created_at=at, expires_at=at + timedelta(days=1),
    )  # fmt: skip
    MemberInvitation.objects.create(
        invitation=invitation, alliance=alliance, member=member, roles=[{"kind": "signatory", "mandate": "x"}]
    )
    LegacyItem.objects.create(alliance=alliance, part=LegacyPart.values[number], text="x")
    return member, stream
