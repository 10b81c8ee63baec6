"""What pages offer agrees with what the permissions allow."""

import pytest

from accounts.permissions import may
from alliance.selectors.standing import standing_of
from alliance.states import Membership, RoleKind, State
from tests import factories as make

pytestmark = pytest.mark.django_db


def people(alliance, member):
    """Somebody of each kind."""
    group = member.organisation.control_group
    sister = make.member(alliance, organisation=make.organisation(group=group))
    invited = make.member(alliance, state=Membership.INVITED)
    kinds = [RoleKind.ORGANISER, RoleKind.AUDITOR, RoleKind.COUNSEL, RoleKind.CUSTODIAN, RoleKind.OBSERVER]
    return [
        make.person(),
        *(make.holder(alliance, kind) for kind in kinds),
        *(make.representative(each) for each in (member, sister, invited, make.member(alliance))),
        make.signatory(member),
    ]


def test_standing_says_what_the_permissions_say():
    alliance = make.alliance(state=State.FORMING)
    member = make.member(alliance, organisation=make.organisation(group=make.control_group()))

    for who in people(alliance, member):
        standing = standing_of(who, alliance)
        offered = {
            "change_alliance": standing.may_organise["purpose"],
            "raise_profile": standing.may_raise_profile,
            "record_relation": standing.may_record_relation,
            "add_affected_party": standing.may_add_party,
            "record_review": standing.is_counsel,
            "place_hold": standing.may_hold,
        }
        assert offered == {name: may(f"alliance.{name}", who, alliance) for name in offered}
        of_member = {
            "state_position": standing.represents(member.pk),
            "sign_steps": standing.signs_for(member.pk),
            "confirm_category": standing.may_confirm_kind(member),
            "sign_worksheet": standing.acts_for(member.pk),
        }
        assert of_member == {name: may(f"alliance.{name}", who, member) for name in of_member}


@pytest.mark.parametrize(
    ("state", "writable", "living"),
    [(State.FORMING, True, True), (State.RATIFYING, False, True), (State.LEGACY, False, False)],
)
def test_what_is_fixed_is_not_offered(state, writable, living):
    alliance = make.alliance(state=state)
    standing = standing_of(make.organiser(alliance), alliance)

    assert (standing.may_organise["purpose"], standing.may_record_relation) == (writable, living)


def test_standing_is_one_statement(django_assert_num_queries):
    alliance = make.alliance()
    who = make.representative(make.member(alliance))

    with django_assert_num_queries(1):
        assert standing_of(who, alliance).members()[0].organisation.group_key
