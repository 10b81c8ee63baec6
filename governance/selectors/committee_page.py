"""The committee's page: seats and holders with their statements, officers, terms, and seats against power."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may
from alliance.models import Alliance
from alliance.selectors.standing import Standing
from governance import rules
from governance.models import Addition, CommitteeTerms, DecisionClass, Holding, Officer, Seat, SeatInvitation
from governance.power import banzhaf_shares, collapsed
from governance.selectors.holders import Holder, holders_of
from governance.states import Body


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat with its holder (or who is named for it), and what this person may do with it."""

    seat: Seat
    holder: Holder | None
    offered_to: str
    word: str
    look: str
    is_mine: bool
    may_nominate: bool
    may_withdraw: bool
    additions: list[Addition]
    """What others say could sway the holder."""
    may_add: bool


@dataclass(frozen=True, slots=True)
class PowerTable:
    """Who decides: each group's weight and, for each quota, its share of the power, as fractions of 1."""

    quotas: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    total: int


@dataclass(frozen=True, slots=True)
class CommitteePage:
    seats: list[SeatLine]
    officers: list[Officer]
    terms: CommitteeTerms | None
    power: PowerTable | None
    mine: Holder | None
    may_set_up: bool
    may_read_reports: bool

    @property
    def filled(self) -> int:
        return sum(1 for line in self.seats if line.holder and line.holder.holding.accepted_at)

    @property
    def able(self) -> int:
        """How many seats may vote now."""
        return sum(1 for line in self.seats if line.holder and line.holder.may_vote)


def committee_page(alliance: Alliance, standing: Standing, at: datetime) -> CommitteePage:
    """In a fixed number of statements, whatever the number of seats."""
    person = standing.person
    seats = list(
        alliance.seats.standing()
        .select_related("member__organisation__control_group", "member__group")
        .order_by("created_at", "pk")
    )
    holders = {each.holding.seat_id: each for each in holders_of(alliance, at)}
    offers = _offers(alliance, at)
    additions = _additions(alliance)
    adds = not person.is_guest and standing.is_living
    names_holders = may("governance.nominate_holder", person, Seat(alliance=alliance))
    own = {member.pk for member in standing.members()}
    lines = [
        _line(
            seat, holders.get(seat.pk), offers.get(seat.pk, ""), person,
            names_holders=names_holders or seat.member_id in own, adds=adds, additions=additions,
        )
        for seat in seats
    ]  # fmt: skip
    return CommitteePage(
        seats=lines,
        officers=list(alliance.officers.current().select_related("person", "decision").order_by("office")),
        terms=CommitteeTerms.objects.filter(alliance=alliance).first(),
        power=power_table(
            seats, list(alliance.decision_classes.filter(retired_at__isnull=True).order_by("created_at", "pk"))
        ),
        mine=next((each for each in holders.values() if each.holding.person_id == person.pk), None),
        may_set_up=standing.may_organise["committee"],
        may_read_reports=may("governance.read_reports", person, alliance),
    )


def _offers(alliance: Alliance, at: datetime) -> dict[Any, str]:
    open_offers = SeatInvitation.objects.filter(
        alliance=alliance,
        invitation__used_at__isnull=True,
        invitation__withdrawn_at__isnull=True,
        invitation__expires_at__gt=at,
    )
    return {each.seat_id: each.invitation.name for each in open_offers.select_related("invitation")}


def _additions(alliance: Alliance) -> dict[Any, list[Addition]]:
    """What was added to the disclosures of the present holders, by holding."""
    found: dict[Any, list[Addition]] = {}
    rows = Addition.objects.filter(alliance=alliance, holding__in=Holding.objects.current())
    for each in rows.select_related("added_by").order_by("added_at", "pk"):
        found.setdefault(each.holding_id, []).append(each)
    return found


def _line(
    seat: Seat,
    holder: Holder | None,
    offered_to: str,
    person: Person,
    *,
    names_holders: bool,
    adds: bool,
    additions: dict[Any, list[Addition]],
) -> SeatLine:
    accepted = holder is not None and holder.holding.accepted_at is not None and holder.holding.witnessed
    is_waiting = bool(offered_to) or (holder is not None and not accepted)
    is_mine = holder is not None and holder.holding.person_id == person.pk
    word, look = word_of(holder, offered_to)
    return SeatLine(
        seat=seat,
        holder=holder,
        offered_to=offered_to,
        word=word,
        look=look,
        is_mine=is_mine,
        may_nominate=names_holders and holder is None and not offered_to,
        may_withdraw=names_holders and is_waiting,
        additions=additions.get(holder.holding.pk, []) if holder else [],
        may_add=adds and accepted and not is_mine,
    )


def word_of(holder: Holder | None, offered_to: str = "") -> tuple[str, str]:
    """(word, look) of a seat: vacant, waiting, or whether its holder may vote."""
    if holder is None:
        return (_("Invited"), "invited") if offered_to else (_("Vacant"), "vacant")
    held = holder.holding
    tests = (
        (not held.accepted_at or not held.witnessed, _("To be accepted"), "offered"),
        (held.suspended_at is not None, _("Suspended"), "suspended"),
        (not holder.in_term, _("Outside the term"), "expired"),
        (holder.attestation is None, _("Statement missing"), "missing"),
        (holder.disclosure is None, _("Disclosure missing"), "missing"),
    )
    return next(((word, look) for fails, word, look in tests if fails), (_("May vote"), "occupied"))


def power_table(seats: list[Seat], classes: list[DecisionClass]) -> PowerTable | None:
    """Seats against power for each quota that the committee's classes amount to; None without seats or classes."""
    by_quota: dict[int, list[str]] = {}
    total = sum(seat.weight for seat in seats)
    for each in classes:
        if each.body == Body.COMMITTEE and not each.is_founding and seats:
            by_quota.setdefault(rules.class_quota(each, total), []).append(each.name)
    if not by_quota:
        return None
    names = {_key(seat): _name(seat) for seat in seats}
    weights = collapsed([(_key(seat), seat.weight) for seat in seats])
    shares = {quota: banzhaf_shares(list(weights.values()), quota) for quota in sorted(by_quota)}
    rows = [
        {
            "name": names[key],
            "weight": weight,
            "share": Fraction(weight, total),
            "power": [(quota, shares[quota][place]) for quota in sorted(by_quota)],
        }
        for place, (key, weight) in enumerate(weights.items())
    ]
    quotas = [{"quota": quota, "classes": ", ".join(by_quota[quota])} for quota in sorted(by_quota)]
    return PowerTable(quotas=quotas, rows=rows, total=total)


def _key(seat: Seat) -> str:
    return str(seat.member.group_key if seat.member else seat.pk)


def _name(seat: Seat) -> str:
    if seat.member is None:
        return seat.label
    group = seat.member.control
    return group.name if group else seat.member.organisation.name
