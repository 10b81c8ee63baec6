"""A warning is accepted by who was chair then, and by nobody else."""

import pytest

from alliance.states import RoleKind
from audit import clock
from governance.models import Officer
from governance.states import Office
from tests import factories as make
from tests.charter.steps import told
from tests.refusals import refused
from tests.stories import CODEC, judged, reading, story
from traits.models import Acknowledgement
from traits.selectors.reading import read_alliance
from traits.services.acknowledgements import acknowledge_warning


def accepted(document):
    return judged(document, "M3").acknowledged


def test_what_an_organiser_claims_to_have_accepted_does_not_count():
    document = story(CODEC)
    organiser = next(each["person"] for each in document["roles"] if each["kind"] == "organiser")
    assert (accepted(document), reading(document).gate) == (True, True)

    document["acknowledgements"][0]["acknowledged_by"] = organiser

    assert (accepted(document), reading(document).gate) == (False, False)


@pytest.mark.parametrize(
    ("office", "counts"),
    [
        ({"starts_at": "2026-10-13T09:00:00Z"}, True),
        ({"starts_at": "2026-10-14T09:00:00Z"}, False),
        ({"ends_at": "2026-10-20T09:00:00Z"}, True),
        ({"ends_at": "2026-10-12T09:00:00Z"}, False),
        ({"office": "secretary"}, False),
        ({"is_acting": True, "starts_at": "2026-07-30T09:00:00Z"}, True),
        ({"is_acting": True, "starts_at": "2026-07-01T09:00:00Z"}, False),
    ],
)
def test_only_while_in_office(office, counts):
    document = story(CODEC)
    document["officers"][0].update(office)
    assert accepted(document) == counts


@pytest.mark.django_db
def test_the_record_is_read_by_the_same_rule():
    codec = told(CODEC)
    known = Acknowledgement.objects.filter(alliance=codec)
    at = clock.read()
    assert read_alliance(codec, at=at).gate

    known.update(acknowledged_by=make.holder(codec, RoleKind.ORGANISER))

    assert {"M3", "G2"} <= set(read_alliance(codec, at=at).missing)


@pytest.mark.django_db
def test_an_acting_chair_accepts_for_90_days(clock):
    alliance = make.alliance()
    chair = make.person()
    Officer.objects.create(alliance=alliance, office=Office.CHAIR, person=chair, is_acting=True, starts_at=clock.read())
    given = {"actor": chair, "alliance": alliance, "indicator": "M6", "reason": "We know."}
    warning = next(each.indicator.id for each in read_alliance(alliance, at=clock.read()).judged
                   if each.finding.verdict == "warn")  # fmt: skip

    assert acknowledge_warning(**{**given, "indicator": warning})
    assert warning not in read_alliance(alliance, at=clock.read()).missing
    clock.move(days=91)
    with refused("acting_over"):
        acknowledge_warning(**given)
    assert warning not in read_alliance(alliance, at=clock.read()).missing
