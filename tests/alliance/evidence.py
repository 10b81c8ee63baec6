"""Records of each kind that takes evidence, evidence on them, and the files that were kept."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from alliance.models import CounselReview, DurableForm, LegacyItem, Position, Round, Step
from alliance.services.exhibits import attach_exhibit
from alliance.services.worksheets import sign_statement
from alliance.states import Domain, Form, LegacyPart, RoleKind
from audit import clock
from tests import factories as make

LINK = "https://example.org/report"


def kept_files() -> list[Path]:
    folder = Path(settings.STORAGES["evidence"]["OPTIONS"]["location"])
    return sorted(each for each in folder.rglob("*") if each.is_file())


def attach(actor, of, kind, row, **given):
    said = {"title": "The source", "address": LINK, **given}
    return attach_exhibit(actor=actor, alliance=of, kind=kind, record=row.pk, **said)


def reading_of(stream):
    at = clock.read()
    return stream.readings.create(value=3, read_on=at.date(), entered_by=stream.steward, entered_at=at)


def position_of(member, **fields):
    given = {"stance": 1, "salience": 60, "confirmed_at": clock.read(), **fields}
    topic = make.topic(member.alliance)
    confirmed_by = make.representative(member)
    return Position.objects.create(
        alliance=member.alliance, member=member, topic=topic, confirmed_by=confirmed_by, **given
    )


def step_of(member):
    at = clock.read()
    opened = Round.objects.create(alliance=member.alliance, number=1, opened_at=at, closes_at=at + timedelta(days=30))
    return Step.objects.create(
        alliance=member.alliance, round=opened, member=member, domain=Domain.DATA, from_level=0, to_level=1
    )


def records(alliance, member, stream):
    """One record of each kind, with who may say it."""
    counsel, organiser = make.holder(alliance, RoleKind.COUNSEL), make.organiser(alliance)
    speaks, signs = make.representative(member), make.signatory(member)
    step = step_of(member)
    successor = make.organisation()
    worker = make.person(works_for=successor)
    durable = DurableForm.objects.create(stream=stream, form=Form.FUND, description="x", successor=successor)
    review = CounselReview.objects.create(alliance=alliance, counsel=counsel, reviewed_at=clock.read(), cleared=True)
    legacy = LegacyItem.objects.create(alliance=alliance, part=LegacyPart.FUNDS, text="x")
    holding = make.holding(make.seat(alliance))
    other = make.representative(make.member(alliance))
    return {
        "alliance": (alliance, {organiser}),
        "member": (member, {speaks, other}),
        "position": (position_of(member), {speaks}),
        "worksheet": (sign_statement(actor=speaks, member=member, statement="x", proof=make.proof()), {speaks, signs}),
        "contribution": (make.contribution(member), {speaks, signs}),
        "round": (step.round, {organiser}),
        "step": (step, {signs}),
        "review": (review, {counsel}),
        "stream": (stream, {stream.steward, organiser}),
        "baseline": (stream, {stream.steward, organiser}),
        "reading": (reading_of(stream), {stream.steward}),
        "durable_form": (durable, {worker, organiser}),
        "legacy": (legacy, {organiser}),
        "attestation": (holding.attestations.get(), {holding.person}),
        "disclosure": (holding.disclosures.get(), {holding.person}),
    }
