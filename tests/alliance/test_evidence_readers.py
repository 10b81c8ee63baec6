"""Who opens a file of evidence, through page and API, on every kind of record: as it stands, and once taken back."""

from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Person
from alliance.contents import Upload
from alliance.kinds import all_kinds
from alliance.models import Alliance, Exhibit, Member, Position
from alliance.services.exhibits import withdraw_exhibit
from alliance.services.membership import withdraw_member
from alliance.states import RoleKind
from audit import clock
from tests import factories as make
from tests.alliance import hostile
from tests.alliance.evidence import attach, records
from tests.alliance.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_files")]
TAKING = [kind.name for kind in all_kinds() if kind.may]
NOT_THERE = (404, 404)


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def member(alliance):
    return make.member(alliance)


@pytest.fixture
def filed(alliance, member):
    """One file on one record of each kind: kind → (author, evidence)."""
    steward = make.holder(alliance, RoleKind.OBSERVER)
    given = {"steward": steward, "baseline": 38, "baseline_on": clock.read().date(), "metric": "Share", "unit": "%"}
    kinds = records(alliance, member, make.stream(alliance, **given))
    found = {}
    for kind, (row, people) in kinds.items():
        author = min(people, key=lambda each: each.pk)
        file = Upload(f"{kind}.pdf", hostile.PDF + kind.encode())
        found[kind] = author, attach(author, alliance, kind, row, address="", file=file)
    return found


def opened_by(person: Person, exhibit: Exhibit) -> tuple[int, int]:
    """What the page and the API answer; a file that one hands out the other does too, whole."""
    keys = [exhibit.alliance.slug, exhibit.pk]
    client, door = client_of(person), APIClient()
    door.cookies = client.cookies
    answers = (
        client.get(reverse("alliance:open_evidence", args=keys)),
        door.get(reverse("alliance_api:exhibit_file", args=keys)),
    )
    for each in answers:
        assert (each.content == hostile.PDF + exhibit.kind.encode()) == (each.status_code == 200)
    return answers[0].status_code, answers[1].status_code


# -- Readers ---------------------------------------------------------------------------------------------------------
def another_member(alliance: Alliance) -> Person:
    return make.representative(make.member(alliance))


def observer(alliance: Alliance) -> Person:
    return make.holder(alliance, RoleKind.OBSERVER)


def custodian(alliance: Alliance) -> Person:
    return make.holder(alliance, RoleKind.CUSTODIAN)


def holder_without_a_role(alliance: Alliance) -> Person:
    return make.holding(make.seat(alliance)).person


def auditor(alliance: Alliance) -> Person:
    return make.holder(alliance, RoleKind.AUDITOR)


def auditor_who_organises(alliance: Alliance) -> Person:
    who = auditor(alliance)
    make.role(who, alliance, RoleKind.ORGANISER)
    return who


def auditor_who_acts_for_a_member(alliance: Alliance) -> Person:
    who = auditor(alliance)
    make.role(who, alliance, RoleKind.REPRESENTATIVE, member=make.member(alliance))
    return who


def auditor_who_works_for_a_member(alliance: Alliance) -> Person:
    who = auditor(alliance)
    make.affiliation(who, make.member(alliance).organisation)
    return who


def auditor_who_works_for_a_members_group(alliance: Alliance) -> Person:
    who, group = auditor(alliance), make.control_group()
    make.member(alliance, organisation=make.organisation(group=group))
    make.affiliation(who, make.organisation(group=group))
    return who


def former_member(alliance: Alliance) -> Person:
    left = make.member(alliance)
    who = make.representative(left)
    withdraw_member(actor=make.organiser(alliance), member=left)
    return who


def former_observer(alliance: Alliance) -> Person:
    who = observer(alliance)
    alliance.roles.filter(person=who).update(revoked_at=clock.read())
    return who


def colleague_without_a_role(alliance: Alliance) -> Person:
    return make.person(works_for=make.member(alliance).organisation)


def rival_of_another_alliance(alliance: Alliance) -> Person:
    """Represents, in another alliance, an organisation that is a member here too."""
    return make.representative(make.member(make.alliance(), organisation=make.member(alliance).organisation))


def auditor_of_another_alliance(alliance: Alliance) -> Person:
    return auditor(make.alliance())


INSIDE = [another_member, observer, custodian, holder_without_a_role]
SIDED = [auditor_who_organises, auditor_who_acts_for_a_member]
OUTSIDE = [
    former_member,
    former_observer,
    colleague_without_a_role,
    rival_of_another_alliance,
    auditor_of_another_alliance,
    auditor_who_works_for_a_member,
    auditor_who_works_for_a_members_group,
]


def opened(exhibit: Exhibit, makers: Any) -> dict[str, tuple[int, int]]:
    return {make_one.__name__: opened_by(make_one(exhibit.alliance), exhibit) for make_one in makers}


@pytest.mark.parametrize("kind", TAKING)
def test_a_file_opens_for_everybody_inside_and_for_nobody_else(filed, kind):
    author, exhibit = filed[kind]

    inside, outside = opened(exhibit, [*INSIDE, *SIDED, auditor]), opened(exhibit, OUTSIDE)

    assert opened_by(author, exhibit) == (200, 200)
    assert inside == dict.fromkeys(inside, (200, 200))
    assert outside == dict.fromkeys(outside, NOT_THERE)


def test_an_auditor_who_has_left_a_member_reads_again(filed):
    _author, exhibit = filed["contribution"]
    who = auditor_who_works_for_a_member(exhibit.alliance)
    assert opened_by(who, exhibit) == NOT_THERE

    who.affiliations.update(ends_on=clock.read().date())

    assert opened_by(who, exhibit) == (200, 200)


@pytest.mark.parametrize("kind", TAKING)
def test_what_was_taken_back_opens_for_its_author_and_an_auditor_who_took_no_side(filed, kind):
    author, exhibit = filed[kind]
    withdraw_exhibit(actor=author, exhibit=exhibit)

    inside = opened(exhibit, [*INSIDE, *SIDED])

    assert [opened_by(each, exhibit) for each in (author, auditor(exhibit.alliance))] == [(200, 200)] * 2
    assert inside == dict.fromkeys(inside, (403, 403))


def test_on_what_became_confidential_it_opens_for_its_member_alone(filed, member):
    author, exhibit = filed["position"]
    Position.objects.filter(pk=exhibit.record).update(is_confidential=True)
    colleague = make.signatory(Member.objects.get(pk=member.pk))

    everybody_else = opened(exhibit, [*INSIDE, *SIDED, auditor, *OUTSIDE])

    assert [opened_by(each, exhibit) for each in (author, colleague)] == [(200, 200)] * 2
    assert everybody_else == dict.fromkeys(everybody_else, NOT_THERE)
