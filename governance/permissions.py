"""Who may do what in governance: holders of seats, officers, members' representatives, the auditor."""

from typing import Any

import rules
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.permissions import allow
from alliance.models import Alliance, Member
from alliance.permissions import (
    acts_for_a_member,
    acts_for_it,
    alliance_of,
    has_role,
    is_auditor,
    is_organiser,
    organising_or,
    speaks_for,
)
from alliance.states import BEFORE_CHARTER, OF_A_MEMBER, RoleKind
from governance.models import Decision, Elector, Holding, InstructionReport, Officer, Seat, Suggestion
from governance.states import Body, Office


def holds_office(person: Person, alliance: Any, *offices: Office) -> bool:
    """Is the person one of these officers now?"""
    officers = Officer.objects.current().filter(alliance=alliance, person=person)
    return officers.filter(office__in=offices).exists()


@rules.predicate
def is_executive(person: Person, subject: Any) -> bool:
    """Holds a seat that they have accepted."""
    return Holding.objects.current().accepted().filter(alliance=alliance_of(subject), person=person).exists()


@rules.predicate
def is_chair(person: Person, subject: Any) -> bool:
    return holds_office(person, alliance_of(subject), Office.CHAIR)


@rules.predicate
def is_officer(person: Person, subject: Any) -> bool:
    return holds_office(person, alliance_of(subject), Office.CHAIR, Office.SECRETARY)


@rules.predicate
def is_represented(person: Person, subject: Any) -> bool:
    """Speaks for an admitted member as its representative."""
    roles = person.roles.current().of_kind(RoleKind.REPRESENTATIVE)
    return roles.filter(alliance=alliance_of(subject), member__state="admitted").exists()


@rules.predicate
def before_charter(person: Person, subject: Any) -> bool:
    return alliance_of(subject).state in BEFORE_CHARTER


@rules.predicate
def without_officers(person: Person, subject: Any) -> bool:
    return not Officer.objects.current().filter(alliance=alliance_of(subject)).exists()


@rules.predicate
def without_chair(person: Person, subject: Any) -> bool:
    officers = Officer.objects.current().filter(alliance=alliance_of(subject), office=Office.CHAIR)
    return not officers.exists()


@rules.predicate
def is_own(person: Person, holding: Holding) -> bool:
    return holding.person_id == person.pk


@rules.predicate
def is_proposer(person: Person, decision: Decision) -> bool:
    return decision.proposer_id == person.pk


@rules.predicate
def proposed_what_it_changes(person: Person, suggestion: Suggestion) -> bool:
    return suggestion.decision.proposer_id == person.pk


@rules.predicate
def says_what_is_met(person: Person, subject: Any) -> bool:
    """Acts for the member that it is about; asked about a decision, for any."""
    test = acts_for_a_member if isinstance(subject, Decision) else acts_for_it
    return bool(test(person, subject))


@rules.predicate
def speaks_for_seat(person: Person, subject: Any) -> bool:
    """Signatory or representative of the member that the seat's weight counts for."""
    seat: Seat = subject.seat if isinstance(subject, Holding) else subject
    return seat.member is not None and speaks_for(person, seat.member)


@rules.predicate
def belongs_to_body(person: Person, decision: Decision) -> bool:
    """May be among those who decide: a holder of a seat, or a member's representative."""
    test = is_executive if decision.body == Body.COMMITTEE else is_represented
    return bool(test(person, decision))


@rules.predicate
def is_elector(person: Person, elector: Elector) -> bool:
    """The holder that the electorate was frozen with; for a group, any representative of one of its members."""
    if elector.seat_id:
        return elector.person_id == person.pk
    roles = person.roles.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=elector.alliance_id)
    spoken_for = roles.filter(member__state="admitted").select_related("member__organisation")
    return any(role.member.group_key == elector.group for role in spoken_for if role.member)


@rules.predicate
def has_a_say(person: Person, subject: Any) -> bool:
    """Organises, acts for an admitted member, or holds a seat: one statement."""
    alliance = alliance_of(subject)
    seats = Holding.objects.current().accepted().filter(alliance=alliance, person=person)
    roles = organising_or(person, alliance, *OF_A_MEMBER)
    return Alliance.objects.filter(Exists(roles) | Exists(seats), pk=alliance.pk).exists()


@rules.predicate
def takes_part(person: Person, subject: Any) -> bool:
    """Has any role in the alliance, or a seat."""
    return has_role(person, alliance_of(subject), *RoleKind) or bool(is_executive(person, subject))


reads_reports = is_auditor & ~is_executive
"""An auditor who holds no seat: reports are about seats."""


@rules.predicate
def may_read_report(person: Person, report: InstructionReport) -> bool:
    return bool(reads_reports(person, report.alliance))


def members_of(person: Person, alliance: Any) -> list[Member]:
    """The admitted members that a person represents."""
    roles = person.roles.current().of_kind(RoleKind.REPRESENTATIVE).filter(alliance=alliance, member__state="admitted")
    return [role.member for role in roles.select_related("member__organisation") if role.member]


_runs_business = is_officer | (is_organiser & before_charter) | (is_executive & ~before_charter & without_officers)
_BY_ORGANISER = _("Only an organiser of this alliance may do this.")
_BY_OFFICER = _("Only the chair or the secretary may do this; before the charter, an organiser.")
_BY_HOLDER = _("Only the holder of this seat may do this.")

for _name in (
    "set_committee_terms",
    "add_seat",
    "change_seat",
    "abolish_seat",
    "adopt_default_classes",
    "change_class",
):
    allow(f"governance.{_name}", is_organiser, otherwise=_BY_ORGANISER)
allow(
    "governance.nominate_holder",
    (is_organiser & before_charter) | is_chair | speaks_for_seat,
    otherwise=_("Only the member whose seat it is, or the chair, names a holder; before the charter, an organiser."),
)
allow(
    "governance.withdraw_nomination",
    (is_organiser & before_charter) | is_chair | speaks_for_seat,
    otherwise=_("Only who may name a holder may take the nomination back."),
)
for _name in ("accept_seat", "leave_seat", "attest", "disclose"):
    allow(f"governance.{_name}", is_own, otherwise=_BY_HOLDER)
allow(
    "governance.add_to_disclosure",
    takes_part & ~is_own,
    otherwise=_("Others of this alliance add to a disclosure; what sways you, you disclose yourself."),
)
allow("governance.report_instruction", takes_part, otherwise=_("Only this alliance’s own people may report."))
allow("governance.settle_report", may_read_report, otherwise=_("Only the auditor reads and settles reports."))
allow("governance.read_reports", reads_reports, otherwise=_("Only the auditor reads and settles reports."))
allow(
    "governance.draft_decision",
    has_a_say,
    otherwise=_("Only holders of seats, members and organisers propose a decision."),
)
allow(
    "governance.change_draft",
    is_proposer,
    otherwise=_("Only the proposer may change a draft."),
)
allow(
    "governance.suggest_change",
    has_a_say & ~is_proposer,
    otherwise=_("Only another holder of a seat, member or organiser suggests a change to a draft."),
)
allow(
    "governance.answer_suggestion",
    proposed_what_it_changes,
    otherwise=_("Only the proposer of the draft answers what is suggested to it."),
)
for _name in ("declare_conformance", "end_conformance"):
    allow(
        f"governance.{_name}", says_what_is_met, otherwise=_("Only who acts for the member says whether it meets this.")
    )
allow(
    "governance.withdraw_draft",
    is_proposer | is_officer | (is_organiser & before_charter),
    otherwise=_("Only the proposer, or an officer, may withdraw a draft."),
)
allow(
    "governance.second_decision",
    belongs_to_body & ~is_proposer,
    otherwise=_("Only another of those who will decide may second this."),
)
for _name in ("give_notice", "open_voting", "carry_out"):
    allow(f"governance.{_name}", _runs_business, otherwise=_BY_OFFICER)
allow("governance.cast_ballot", is_elector, otherwise=_("You are not among those who may vote on this."))
allow("governance.recuse", is_elector, otherwise=_("You are not among those who may vote on this."))
