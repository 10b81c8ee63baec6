"""Contributions: promised, signed, kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alliance.models import Alliance, Exhibit
from alliance.services import contributions
from alliance.states import ContributionKind, Membership, RoleKind, State
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make.member(make.alliance())


def test_a_member_promises_signs_and_keeps(member, clock):
    voice, hand, organiser = make.representative(member), make.signatory(member), make.organiser(member.alliance)

    promised = contributions.promise_contribution(
        actor=voice, member=member, kind=ContributionKind.MONEY, description="Dues", amount=5_000_00
    )
    signed = contributions.sign_contribution(actor=hand, contribution=promised, proof=make.proof())
    kept = contributions.confirm_contribution_kept(actor=organiser, contribution=signed, kept_on=clock.read().date())

    assert (kept.currency, kept.signed_by, kept.mandate) == ("USD", hand, "board resolution")
    assert make.verbs(member.alliance) == [
        "alliance.contribution.promised",
        "alliance.contribution.signed",
        "alliance.contribution.kept",
    ]


def test_a_promise_names_its_amount_and_its_member_is_in(member):
    voice = make.representative(member)
    invited = make.member(member.alliance, state=Membership.ACCEPTED)
    other = make.representative(invited)

    with refused("amount_missing"):
        contributions.promise_contribution(actor=voice, member=member, kind=ContributionKind.MONEY, description="Dues")
    with refused("not_admitted"):
        contributions.promise_contribution(
            actor=other, member=invited, kind=ContributionKind.DATA, description="Claims"
        )
    with not_permitted():
        contributions.promise_contribution(actor=other, member=member, kind=ContributionKind.DATA, description="Claims")


def test_a_promise_is_taken_back_until_it_is_signed(member, stranger):
    voice, hand = make.representative(member), make.signatory(member)
    wrong, signed, shown = (make.contribution(member) for _each in range(3))
    contributions.sign_contribution(actor=hand, contribution=signed, proof=make.proof())
    Exhibit.objects.create(
        alliance=member.alliance, kind="contribution", record=shown.pk, title="Letter", address="https://x.example",
        added_by=voice, added_at=make.clock.read(),
    )  # fmt: skip
    other = make.representative(make.member(member.alliance))

    contributions.take_back_promise(actor=voice, contribution=wrong)

    assert set(member.contributions.all()) == {signed, shown}
    assert make.verbs(member.alliance)[-1] == "alliance.contribution.taken_back"
    with refused("signed_already"):
        contributions.take_back_promise(actor=voice, contribution=signed)
    with refused("has_evidence"):
        contributions.take_back_promise(actor=hand, contribution=shown)
    for who in (stranger, other):
        with not_permitted():
            contributions.take_back_promise(actor=who, contribution=shown)
    for state, why in ((State.RATIFYING, "charter_being_signed"), (State.LEGACY, "alliance_ended")):
        Alliance.objects.filter(pk=member.alliance_id).update(state=state)
        with refused(why):
            contributions.take_back_promise(actor=voice, contribution=shown)


def test_who_promised_takes_back_by_the_page(member):
    voice, promised = make.representative(member), make.contribution(member)
    client, slug = client_of(voice), member.alliance.slug
    address = reverse("alliance:take_back_promise", args=[slug, promised.pk])
    assert address in client.get(reverse("alliance:contributions", args=[slug])).content.decode()

    assert client.post(address).status_code == 302
    assert not member.contributions.exists()
    assert client.post(address).status_code == 404


def test_only_the_signatory_signs_once_and_freshly(member):
    contribution, hand = make.contribution(member), make.signatory(member)

    for who in (make.representative(member), make.organiser(member.alliance)):
        with not_permitted():
            contributions.sign_contribution(actor=who, contribution=contribution, proof=make.proof())
    for stale in (None, make.proof(minutes=6)):
        with not_permitted("proof_stale"):
            contributions.sign_contribution(actor=hand, contribution=contribution, proof=stale)

    signed = contributions.sign_contribution(actor=hand, contribution=contribution, proof=make.proof())
    with refused("signed_already"):
        contributions.sign_contribution(actor=hand, contribution=signed, proof=make.proof())


def test_what_was_imported_as_signed_is_signed_here_again(member):
    someone = make.person()
    imported = make.contribution(member, signed_by=someone, signed_at=make.proof().at, witnessed=False)
    hand = make.signatory(member)

    signed = contributions.sign_contribution(actor=hand, contribution=imported, proof=make.proof())

    assert (signed.witnessed, signed.signed_by) == (True, hand)


def test_only_what_is_signed_is_kept_and_never_in_future(member, clock, stranger):
    organiser, contribution = make.organiser(member.alliance), make.contribution(member)
    signed = make.contribution(member, signed_by=make.signatory(member), signed_at=clock.read())
    today = clock.read().date()

    with refused("not_kept_yet"):
        contributions.confirm_contribution_kept(actor=organiser, contribution=contribution, kept_on=today)
    with refused("not_kept_yet"):
        contributions.confirm_contribution_kept(actor=organiser, contribution=signed, kept_on=today + timedelta(days=1))
    with not_permitted():
        contributions.confirm_contribution_kept(actor=stranger, contribution=signed, kept_on=today)


def test_a_charter_takes_no_new_promise(member):
    voice = make.representative(member)
    type(member.alliance).objects.update(state=State.ACTIVE)

    with refused("under_charter"):
        contributions.promise_contribution(actor=voice, member=member, kind=ContributionKind.DATA, description="x")


def test_two_signatures_at_once_are_one(transactional_db, race):
    member = make.member(make.alliance())
    contribution, hand = make.contribution(member), make.signatory(member)

    def sign():
        return contributions.sign_contribution(actor=hand, contribution=contribution, proof=make.proof())

    answers = race(sign, sign)

    assert [each.code for each in answers if isinstance(each, Exception)] == ["signed_already"]
    assert make.verbs(member.alliance) == ["alliance.contribution.signed"]


def test_only_an_admitted_member_is_offered_to_promise(member):
    voice = make.representative(member)
    role = make.role(
        voice,
        member.alliance,
        RoleKind.REPRESENTATIVE,
        member=make.member(member.alliance, "Quay Workers", state=Membership.ACCEPTED),
    )
    page = client_of(voice).get(f"/a/{member.alliance.slug}/members/contributions/").content.decode()
    assert f"Promise for {member}" in page
    assert f"Promise for {role.member}" not in page


def test_money_that_is_signed_raises_the_profile_to_its_floor(member):
    alliance, hand = member.alliance, make.signatory(member)
    Alliance.objects.filter(pk=alliance.pk).update(
        profile="essential", pooled_amount=0, term_months=12, pools_patents=False, pools_personal_data=False
    )
    much = make.contribution(member, kind="money", amount=20_000_000, currency=alliance.currency)
    contributions.sign_contribution(actor=hand, contribution=much, proof=make.proof())
    alliance.refresh_from_db()
    assert alliance.profile == "standard"
