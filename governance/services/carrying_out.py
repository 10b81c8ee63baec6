"""What the effects of this app are and do: core domains, the interim committee, officers, the readiness profile."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from alliance import rules as alliance_rules
from alliance.models import Alliance, Member
from alliance.services.control import require_core_domains, set_core_domains
from alliance.services.founding import count_groups, floor_of
from alliance.services.locking import require_writable
from alliance.states import Area, Domain, Membership, Profile
from audit.errors import DomainError
from governance import effects
from governance.effects import Data, Effect
from governance.models import CommitteeTerms, Decision, Holding, Officer, Seat
from governance.services.holders import appoint
from governance.services.locking import tell
from governance.states import Office

LOWERING_DAYS = 14
"""Between the vote that lowers the readiness profile and its effect (TRAITS.md, Profiles)."""


def _nothing_to_check(alliance: Alliance, data: Data) -> Data:
    if data:
        raise DomainError("effect_data", _("A resolution in words carries no data."), field="effect_data")
    return {}


def _check_domains(alliance: Alliance, data: Data) -> Data:
    levels = data.get("levels")
    if not isinstance(levels, dict) or not all(isinstance(level, int) for level in levels.values()):
        raise DomainError("core_domains", _("Choose domains from the list, each with a level."), field="levels")
    require_core_domains(alliance, levels)
    return {"levels": dict(sorted(levels.items()))}


def _tell_domains(alliance: Alliance, data: Data) -> str:
    named = [f"{Domain(domain).label} ({level})" for domain, level in data["levels"].items()]
    return _("The core domains, with the step each member reaches: %(domains)s.") % {"domains": ", ".join(named)}


def _run_domains(decision: Decision, at: datetime) -> None:
    require_writable(decision.alliance, Area.CONTROL)
    set_core_domains(decision.alliance, decision.effect_data["levels"])


def _check_profile(alliance: Alliance, data: Data) -> Data:
    profile = data.get("profile")
    if profile not in Profile.values:
        raise DomainError("profile_missing", _("Choose a profile."), field="profile")
    floor = floor_of(alliance, groups=count_groups(alliance))
    if alliance_rules.higher_profile(str(profile), floor) != profile:
        raise DomainError(
            "below_floor",
            _("The record does not allow less than “%(floor)s”.") % {"floor": Profile(floor).label},
            field="profile",
        )
    return {"profile": profile}


def _tell_profile(alliance: Alliance, data: Data) -> str:
    return _("Readiness is checked by the profile “%(profile)s”.") % {"profile": Profile(data["profile"]).label}


def _days_to_lower(alliance: Alliance, data: Data) -> int:
    return (
        LOWERING_DAYS
        if alliance_rules.ORDER.index(data["profile"]) < alliance_rules.ORDER.index(alliance.profile)
        else 0
    )


def _run_profile(decision: Decision, at: datetime) -> None:
    alliance = decision.alliance
    require_writable(alliance, Area.PURPOSE)
    wanted = _check_profile(alliance, decision.effect_data)
    closed = decision.closes_at
    if closed and at < closed + timedelta(days=_days_to_lower(alliance, wanted)):
        raise DomainError(
            "too_soon_to_lower",
            _("A profile is lowered %(days)s days after the vote, not before.") % {"days": LOWERING_DAYS},
        )
    alliance.profile = wanted["profile"]
    alliance.save(update_fields=["profile"])


def _check_officer(alliance: Alliance, data: Data) -> Data:
    person = _found(Person.objects.filter(is_active=True), data.get("person"), "person")
    if not _holds_seat(alliance, person):
        raise DomainError("not_a_holder", _("Choose somebody who holds a seat and has accepted it."), field="person")
    return {"person": str(person.pk)}


def _tell_officer(office: Office) -> Any:
    def tell_it(alliance: Alliance, data: Data) -> str:
        person = Person.objects.get(pk=data["person"])
        return _("%(person)s becomes %(office)s.") % {"person": person, "office": str(office.label).lower()}

    return tell_it


def _run_officer(office: Office) -> Any:
    def run(decision: Decision, at: datetime) -> None:
        data = _check_officer(decision.alliance, decision.effect_data)
        standing = Officer.objects.filter(alliance=decision.alliance, office=office, ends_at__isnull=True)
        standing.update(ends_at=at)
        person = Person.objects.get(pk=data["person"])
        officer = Officer.objects.create(
            alliance=decision.alliance, office=office, person=person, decision=decision, starts_at=at
        )
        said = {"office": office, "person": str(person.pk), "decision": str(decision.pk)}
        tell("officer.elected", decision.alliance_id, subject=officer, at=at, data=said)

    return run


def _holds_seat(alliance: Alliance, person: Person) -> bool:
    return Holding.objects.current().accepted().filter(alliance=alliance, person=person).exists()


def _check_committee(alliance: Alliance, data: Data) -> Data:
    named = data.get("holders")
    if not isinstance(named, list) or not named or not all(isinstance(each, dict) for each in named):
        raise DomainError("holders_missing", _("Name at least one person for a vacant seat."), field="holders")
    holders = [_checked_holder(alliance, each) for each in named]
    for key in ("seat", "person"):
        if len({each[key] for each in holders}) < len(holders):
            raise DomainError("named_twice", _("Name each seat and each person once."), field="holders")
    return {"holders": holders}


def _checked_holder(alliance: Alliance, each: Data) -> Data:
    seat = _found(alliance.seats.standing(), each.get("seat"), "holders")
    person = _found(Person.objects.filter(is_active=True), each.get("person"), "holders")
    if seat.holdings.current().exists() or Holding.objects.current().filter(alliance=alliance, person=person).exists():
        raise DomainError(
            "seat_taken",
            _("“%(seat)s” is held already, or %(person)s holds another seat.") % {"seat": seat, "person": person},
            field="holders",
        )
    by = each.get("appointed_by")
    if by is not None:
        by = str(_found(alliance.members.filter(state=Membership.ADMITTED), by, "holders").pk)
    return {"seat": str(seat.pk), "person": str(person.pk), "appointed_by": by}


def _tell_committee(alliance: Alliance, data: Data) -> str:
    seats = {str(seat.pk): seat.label for seat in alliance.seats.all()}
    people = {str(each.pk): str(each) for each in Person.objects.filter(pk__in=[h["person"] for h in data["holders"]])}
    named = [f"{people[each['person']]} – {seats[each['seat']]}" for each in data["holders"]]
    return _("The interim committee: %(holders)s. Each accepts the seat before holding it.") % {
        "holders": "; ".join(named)
    }


def _run_committee(decision: Decision, at: datetime) -> None:
    alliance, today = decision.alliance, at.date()
    require_writable(alliance, Area.COMMITTEE)
    for each in _check_committee(alliance, decision.effect_data)["holders"]:
        appoint(
            alliance,
            Seat.objects.get(pk=each["seat"]),
            Person.objects.get(pk=each["person"]),
            at=at,
            actor=None,
            appointed_by=Member.objects.get(pk=each["appointed_by"]) if each["appointed_by"] else None,
            starts_on=today,
            ends_on=_end_of_term(alliance, today),
            irrevocable_until=_end_of_term(alliance, today),
        )


def _end_of_term(alliance: Alliance, today: date) -> date:
    terms = CommitteeTerms.objects.filter(alliance=alliance).first()
    months = terms.term_months if terms and terms.term_months else 12
    return today + timedelta(days=round(months * 365 / 12))


def _found(rows: Any, pk: Any, field: str) -> Any:
    """The row of that identifier among these. Raises DomainError at the field when there is none."""
    try:
        found = rows.filter(pk=UUID(str(pk))).first()
    except ValueError:
        found = None
    if found is None:
        raise DomainError("not_found", _("Choose one from the list."), field=field)
    return found


def register_all() -> None:
    """Make the effects of this app known: called when it starts."""
    effects.register(
        "none",
        Effect(
            gettext_lazy("A resolution in words"),
            _nothing_to_check,
            lambda alliance, data: "",
            lambda decision, at: None,
            note=gettext_lazy("Whatever the alliance decides, recorded with its outcome."),
        ),
    )
    effects.register("elect_chair", _election(Office.CHAIR, gettext_lazy("Elect the chair")))
    effects.register("elect_secretary", _election(Office.SECRETARY, gettext_lazy("Elect the secretary")))
    effects.register(
        "set_core_domains",
        Effect(
            gettext_lazy("Choose the core domains"),
            _check_domains,
            _tell_domains,
            _run_domains,
            is_founding=True,
            data={
                "levels": f"an object: by domain ({', '.join(Domain)}) the level from 3 to 5 that each member reaches"
            },
            note=gettext_lazy(
                "Three domains or more (one is enough for the essential profile), and how far each member goes there."
            ),
        ),
    )
    effects.register(
        "appoint_interim_committee",
        Effect(
            gettext_lazy("Appoint the interim committee"),
            _check_committee,
            _tell_committee,
            _run_committee,
            is_founding=True,
            note=gettext_lazy("People for the vacant seats; each accepts before holding one."),
            data={"holders": "a list of objects: seat, person, and appointed_by (a member, or null)"},
        ),
    )
    effects.register(
        "set_profile",
        Effect(
            gettext_lazy("Set the readiness profile"),
            _check_profile,
            _tell_profile,
            _run_profile,
            is_founding=True,
            note=gettext_lazy("How deep the readiness check goes, never below what the record demands."),
            least_days=_days_to_lower,
            data={"profile": f"one of {', '.join(Profile)}"},
        ),
    )


def _election(office: Office, label: Any) -> Effect:
    note = gettext_lazy("Somebody who holds a seat and has accepted it.")
    data = {"person": "the identifier of somebody who holds a seat"}
    return Effect(label, _check_officer, _tell_officer(office), _run_officer(office), note=note, data=data)
