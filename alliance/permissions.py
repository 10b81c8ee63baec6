"""Who may do what in an alliance: predicates over its roles. `subject` is an alliance, or a thing that has one."""

from collections.abc import Callable
from typing import Any

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Person
from accounts.permissions import allow, is_active, may
from accounts.querysets import OrganisationQuerySet
from alliance.kinds import kind_named
from alliance.models import Alliance, ControlClaim, DurableForm, Exhibit, Hold, Member, Role, ValueStream
from alliance.querysets import RoleQuerySet
from alliance.states import INDEPENDENT, NOT_WITH_AUDITOR, OF_A_MEMBER, Membership, RoleKind


def alliance_of(subject: Any) -> Alliance:
    """The alliance itself, or the one that the thing belongs to."""
    if isinstance(subject, Alliance):
        return subject
    found: Alliance = subject.stream.alliance if isinstance(subject, DurableForm) else subject.alliance
    return found


def has_role(person: Person, alliance: Alliance, *kinds: RoleKind) -> bool:
    """Does the person hold one of these roles in the alliance now?"""
    return Role.objects.current().of_kind(*kinds).filter(alliance=alliance, person=person).exists()


def speaks_for(person: Person, member: Member, *kinds: RoleKind) -> bool:
    """Does the person act for this member, in one of these roles (any, if none is named)?"""
    roles = Role.objects.current().of_kind(*(kinds or OF_A_MEMBER))
    return roles.filter(member=member, person=person).exists()


def _holds(*kinds: RoleKind) -> Callable[[Person, Any], bool]:
    return lambda person, subject: has_role(person, alliance_of(subject), *kinds)


def _speaks(*kinds: RoleKind) -> Callable[[Person, Any], bool]:
    def test(person: Person, subject: Any) -> bool:
        return speaks_for(person, subject if isinstance(subject, Member) else subject.member, *kinds)

    return test


def works_for_member(alliance: Alliance, organisations: OrganisationQuerySet) -> bool:
    """Is one of these, or who controls it, a member that has not left? One statement."""
    return Member.objects.filter(alliance=alliance).present().of_groups(organisations).exists()


def takes_a_side(person: Person, alliance: Any) -> Exists:
    """Whether the person organises the alliance, or acts for a member of it."""
    own = Role.objects.current().filter(alliance=alliance, person=person)
    return Exists(own.of_kind(*NOT_WITH_AUDITOR))


def kept_apart_by(person: Person, kind: RoleKind) -> QuerySet[Alliance]:
    """The alliances in which the person holds this role and is independent: works for no member, acts for none, and
    organises nothing. That is what an auditor and a custodian must be, whenever they act."""
    own = Role.objects.current().filter(alliance=OuterRef("pk"), person=person)
    there = Member.objects.filter(alliance=OuterRef("pk")).present()
    employers = there.of_groups(Organisation.objects.employing(person))
    found = Alliance.objects.filter(Exists(own.of_kind(kind)))
    return found.exclude(takes_a_side(person, OuterRef("pk"))).exclude(Exists(employers))


@rules.predicate
def is_auditor(person: Person, subject: Any) -> bool:
    """An auditor, and independent: one statement."""
    return kept_apart_by(person, RoleKind.AUDITOR).filter(pk=alliance_of(subject).pk).exists()


@rules.predicate
def is_custodian(person: Person, subject: Any) -> bool:
    """A custodian, and independent: one statement."""
    return kept_apart_by(person, RoleKind.CUSTODIAN).filter(pk=alliance_of(subject).pk).exists()


@rules.predicate
def is_counsel(person: Person, subject: Any) -> bool:
    """Counsel, who neither organises nor acts for a member: one statement."""
    roles = Role.objects.current().of_kind(RoleKind.COUNSEL).filter(alliance=alliance_of(subject), person=person)
    return roles.exclude(takes_a_side(person, OuterRef("alliance"))).exists()


is_organiser = rules.predicate(_holds(RoleKind.ORGANISER), name="is_organiser")
represents_it = rules.predicate(_speaks(RoleKind.REPRESENTATIVE), name="represents_it")
signs_for_it = rules.predicate(_speaks(RoleKind.SIGNATORY), name="signs_for_it")
acts_for_it = rules.predicate(_speaks(), name="acts_for_it")


@rules.predicate
def acts_for_a_member(person: Person, subject: Any) -> bool:
    """For any admitted member of the alliance."""
    roles = Role.objects.current().of_kind(*OF_A_MEMBER).filter(alliance=alliance_of(subject), person=person)
    return roles.filter(member__state=Membership.ADMITTED).exists()


acts_for_some_member = rules.predicate(_holds(*OF_A_MEMBER), name="acts_for_some_member")


@rules.predicate
def represents_a_member(person: Person, subject: Any) -> bool:
    """Any admitted member of the alliance."""
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=alliance_of(subject))
    return roles.filter(person=person, member__state=Membership.ADMITTED).exists()


def organising_or(person: Person, alliance: Any, *kinds: RoleKind) -> RoleQuerySet:
    """A person's roles as organiser, or of one of these kinds for any admitted member."""
    speaks = Q(kind__in=kinds, member__state=Membership.ADMITTED)
    roles = Role.objects.current().filter(alliance=alliance, person=person)
    return roles.filter(Q(kind=RoleKind.ORGANISER) | speaks)


@rules.predicate
def organises_or_represents(person: Person, subject: Any) -> bool:
    """An organiser of the alliance, or any admitted member's representative: one statement."""
    return organising_or(person, alliance_of(subject), RoleKind.REPRESENTATIVE).exists()


@rules.predicate
def acts_for_another_member(person: Person, member: Member) -> bool:
    """For a member of another group than this one, and for none of its own."""
    roles = Role.objects.current().of_kind(*OF_A_MEMBER).filter(alliance=member.alliance_id, person=person)
    own = roles.filter(member__state=Membership.ADMITTED).select_related("member__organisation")
    groups = {role.member.group_key for role in own if role.member}
    return bool(groups) and member.group_key not in groups


@rules.predicate
def answers_for_claim(person: Person, member: Member) -> bool:
    """For the group that a member says it is in, or, where none of it is here, for a member of another group."""
    claim = ControlClaim.objects.filter(member=member).first()
    if claim is None or claim.said_by_id == person.pk or speaks_for(person, member):
        return False
    there = Member.objects.filter(alliance=member.alliance_id).present().exclude(pk=member.pk).under(claim.group_id)
    if claim.group_id and there.exists():
        return Role.objects.current().of_kind(*OF_A_MEMBER).filter(person=person, member__in=there).exists()
    return bool(acts_for_another_member(person, member))


@rules.predicate
def holds_it(person: Person, role: Role) -> bool:
    return role.person_id == person.pk


@rules.predicate
def acts_beside(person: Person, role: Role) -> bool:
    """For the member for which the role is held."""
    return role.member is not None and speaks_for(person, role.member)


@rules.predicate
def organises_beside(person: Person, role: Role) -> bool:
    """An organiser, for the roles that organisers give but their own: of counsel, auditor, custodian, observer."""
    is_given = role.kind == RoleKind.OBSERVER or role.kind in INDEPENDENT
    return is_given and has_role(person, role.alliance, RoleKind.ORGANISER)


@rules.predicate
def is_steward(person: Person, stream: ValueStream) -> bool:
    return stream.steward_id == person.pk


@rules.predicate
def placed_it(person: Person, hold: Hold) -> bool:
    return hold.placed_by_id == person.pk


@rules.predicate
def works_for_successor(person: Person, form: DurableForm) -> bool:
    """Does the organisation that is to succeed say that the person works for it?"""
    return form.successor is not None and form.successor in Organisation.objects.vouching_for(person)


@rules.predicate
def may_say_it(person: Person, subject: tuple[str, Any]) -> bool:
    """May say the record itself: `subject` is its kind's name and the row."""
    kind = kind_named(subject[0])
    return kind is not None and any(may(name, person, kind.about(subject[1])) for name in kind.may)


@rules.predicate
def may_say_its_record(person: Person, exhibit: Exhibit) -> bool:
    """May say what the evidence was attached to, as long as that is there and only one side says it."""
    kind = kind_named(exhibit.kind)
    row = kind.rows(exhibit.alliance).filter(pk=exhibit.record).first() if kind and not kind.is_contested else None
    return row is not None and may_say_it(person, (exhibit.kind, row))


@rules.predicate
def attached_it(person: Person, exhibit: Exhibit) -> bool:
    return exhibit.added_by_id == person.pk


_BY_ORGANISER = _("Only an organiser of this alliance may do this.")
_BY_REPRESENTATIVE = _("Only the member's own representative may do this.")
_BY_SIGNATORY = _("Only the member's own signatory may sign this.")

allow("alliance.found_alliance", is_active, otherwise=_("Sign in first."))
for _name in (
    "change_alliance",
    "list_affected_party",
    "invite_member",
    "admit_member",
    "add_topic",
    "change_topic",
    "propose_round",
    "set_exit_terms",
    "add_stream",
    "change_stream",
    "add_durable_form",
    "write_legacy_item",
):
    allow(f"alliance.{_name}", is_organiser, otherwise=_BY_ORGANISER)
allow(
    "alliance.withdraw_member",
    is_organiser | signs_for_it,
    otherwise=_("Only an organiser, or the member’s own signatory, takes it out."),
)
allow(
    "alliance.invite_person",
    is_organiser | acts_for_some_member,
    otherwise=_("Only an organiser, or who acts for a member, invites people."),
)
allow(
    "alliance.end_role",
    holds_it | acts_beside | organises_beside,
    otherwise=_("Only who holds this role, or for a member its own people, may end it."),
)
allow("alliance.add_affected_party", is_organiser | acts_for_a_member, otherwise=_("Only a member may add a party."))
allow(
    "alliance.raise_profile",
    is_organiser | acts_for_a_member | is_auditor,
    otherwise=_("Only a member or the auditor may raise the profile."),
)
allow(
    "alliance.confirm_category",
    acts_for_another_member | is_auditor,
    otherwise=_("A member's kind is confirmed by another member or by the auditor."),
)
for _name in ("state_expectation", "add_opportunity"):
    allow(
        f"alliance.{_name}",
        organises_or_represents,
        otherwise=_("Only a member’s representative or an organiser may enter this."),
    )
allow("alliance.record_relation", is_organiser | acts_for_a_member, otherwise=_("Only a member may record this."))
allow(
    "alliance.state_control",
    acts_for_it | is_auditor,
    otherwise=_("Who acts for this member, or the auditor, says under whose control it stands."),
)
allow(
    "alliance.confirm_control",
    answers_for_claim | is_auditor,
    otherwise=_("That it joins a group is confirmed by that group’s people; that it leaves one, by another member’s."),
)
allow(
    "alliance.drop_control_claim",
    acts_for_it | answers_for_claim | is_auditor,
    otherwise=_("Its own people take this back; who may confirm it may decline it."),
)
allow(
    "alliance.describe_public_part",
    represents_it | is_organiser,
    otherwise=_("Only its own representative, or an organiser, says this of a member."),
)
allow("alliance.state_position", represents_it, otherwise=_BY_REPRESENTATIVE)
allow("alliance.answer_questions", represents_it, otherwise=_BY_REPRESENTATIVE)
allow(
    "alliance.read_confidential_positions",
    is_custodian,
    otherwise=_("Confidential positions are read by a custodian who works for no member."),
)
allow("alliance.promise_contribution", represents_it | signs_for_it, otherwise=_BY_REPRESENTATIVE)
allow("alliance.sign_contribution", signs_for_it, otherwise=_BY_SIGNATORY)
allow("alliance.confirm_contribution_kept", is_organiser, otherwise=_BY_ORGANISER)
allow("alliance.sign_steps", signs_for_it, otherwise=_BY_SIGNATORY)
allow("alliance.reserve_power", represents_it, otherwise=_BY_REPRESENTATIVE)
allow("alliance.accept_stewardship", is_steward, otherwise=_("Only the steward that was named may accept."))
allow("alliance.record_reading", is_steward, otherwise=_("Only the steward of this benefit enters its readings."))
allow("alliance.accept_interest_link", is_steward, otherwise=_("Only the steward of this benefit may accept this."))
allow("alliance.link_interest", represents_it, otherwise=_BY_REPRESENTATIVE)
allow("alliance.set_baseline", is_steward | is_organiser, otherwise=_("Only the steward or an organiser enters it."))
allow("alliance.set_target", is_steward | is_organiser, otherwise=_("Only the steward or an organiser sets a target."))
allow("alliance.verify_reading", acts_for_a_member, otherwise=_("A reading is verified by another member."))
allow("alliance.verify_baseline", acts_for_a_member, otherwise=_("A baseline is verified by another member."))
allow(
    "alliance.accept_succession",
    works_for_successor,
    otherwise=_("Only somebody who works for the successor may accept for it."),
)
allow("alliance.record_review", is_counsel, otherwise=_("Only counsel records a review."))
allow(
    "alliance.place_hold",
    is_counsel | is_auditor,
    otherwise=_("Only counsel or the auditor may place a hold."),
)
allow("alliance.lift_hold", placed_it, otherwise=_("Only who placed this hold may lift it."))
allow("alliance.sign_worksheet", represents_it | signs_for_it, otherwise=_BY_REPRESENTATIVE)
allow(
    "alliance.reopen_worksheet",
    is_custodian,
    otherwise=_("Only a custodian who works for no member lets a worksheet be corrected."),
)
allow(
    "alliance.read_worksheet",
    acts_for_it | (is_custodian),
    otherwise=_("These figures are sealed to the member and a custodian who works for no member."),
)
allow(
    "alliance.attach_exhibit",
    may_say_it,
    otherwise=_("Only who may say this, may attach evidence to it: its representative, signatory, steward or holder."),
)
allow(
    "alliance.withdraw_exhibit",
    attached_it | may_say_its_record,
    otherwise=_("Only who attached this, or who may say what it belongs to, may take it back."),
)
allow(
    "alliance.open_withdrawn_exhibit",
    attached_it | is_auditor,
    otherwise=_("This was taken back. Only who attached it and the auditor may still open it."),
)
