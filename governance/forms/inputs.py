"""What people fill in for each effect of a decision; apps above add theirs in `ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.models import Alliance
from alliance.states import LADDER, Domain, Profile
from governance.models import Holding

Fields = dict[str, forms.Field]
Data = dict[str, Any]
LEVELS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class EffectInput:
    """`fields(alliance)` as the draft's form shows them; `read(cleaned)` makes the effect's data of what was typed,
    `initial(data)` the other way round."""

    fields: Callable[[Alliance], Fields]
    read: Callable[[Mapping[str, Any]], Data]
    initial: Callable[[Data], dict[str, Any]]


_inputs: dict[str, EffectInput] = {}


def register(key: str, effect_input: EffectInput) -> None:
    """Have these fields shown for an effect."""
    _inputs[key] = effect_input


def input_of(key: str) -> EffectInput:
    """The fields of an effect; none where it takes no data."""
    return _inputs.get(key, EffectInput(lambda alliance: {}, lambda cleaned: {}, lambda data: {}))


def _choice(label: str, choices: list[tuple[str, Any]], *, required: bool = True, help_text: str = "") -> forms.Field:
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=required, help_text=help_text)


# -- Core domains ---------------------------------------------------------------------------------------------------
def _domain_fields(alliance: Alliance) -> Fields:
    levels = [(str(level), _("step %(level)s: %(word)s") % {"level": level, "word": LADDER[level]}) for level in LEVELS]
    return {f"level_{domain}": _choice(str(domain.label), levels, required=False) for domain in Domain}


def _domains_read(cleaned: Mapping[str, Any]) -> Data:
    return {"levels": {str(each): int(cleaned[f"level_{each}"]) for each in Domain if cleaned.get(f"level_{each}")}}


def _domains_initial(data: Data) -> dict[str, Any]:
    return {f"level_{domain}": str(level) for domain, level in data.get("levels", {}).items()}


# -- Officers -------------------------------------------------------------------------------------------------------
def _officer_fields(alliance: Alliance) -> Fields:
    held = Holding.objects.current().accepted().filter(alliance=alliance).select_related("person", "seat")
    choices = [(str(each.person_id), f"{each.person} – {each.seat}") for each in held.order_by("seat__label", "pk")]
    return {"person": _choice(_("Who"), choices, help_text=_("Somebody who holds a seat and has accepted it."))}


# -- The interim committee ------------------------------------------------------------------------------------------
def _committee_fields(alliance: Alliance) -> Fields:
    seated = Holding.objects.current().filter(alliance=alliance)
    known = Person.objects.filter(roles__alliance=alliance, roles__revoked_at__isnull=True, is_active=True)
    people = known.exclude(pk__in=seated.values("person")).distinct().order_by("name", "pk")
    choices = [(str(person.pk), person.name) for person in people]
    vacant = alliance.seats.standing().exclude(pk__in=seated.values("seat")).select_related("member__organisation")
    return {
        _seat_name(seat.pk, seat.member_id): _choice(
            seat.label, choices, required=False, help_text=_("Appointed by %(member)s") % {"member": seat.member or "–"}
        )
        for seat in vacant.order_by("created_at", "pk")
    }


def _seat_name(seat: object, member: object) -> str:
    return f"seat_{seat}_{member or ''}"


def _committee_read(cleaned: Mapping[str, Any]) -> Data:
    holders = []
    for name, person in cleaned.items():
        if name.startswith("seat_") and person:
            _word, seat, member = name.split("_")
            holders.append({"seat": seat, "person": person, "appointed_by": member or None})
    return {"holders": holders}


def _committee_initial(data: Data) -> dict[str, Any]:
    return {_seat_name(each["seat"], each["appointed_by"]): each["person"] for each in data.get("holders", [])}


# -- The profile ----------------------------------------------------------------------------------------------------
def _profile_fields(alliance: Alliance) -> Fields:
    return {"profile": _choice(_("Profile"), list(Profile.choices))}


def _same(*names: str) -> Callable[[Mapping[str, Any]], Data]:
    return lambda given: {name: given.get(name, "") for name in names}


def register_all() -> None:
    """Have the effects of this app filled in: called when it starts."""
    for key in ("elect_chair", "elect_secretary"):
        register(key, EffectInput(_officer_fields, _same("person"), _same("person")))
    register("set_core_domains", EffectInput(_domain_fields, _domains_read, _domains_initial))
    register("appoint_interim_committee", EffectInput(_committee_fields, _committee_read, _committee_initial))
    register("set_profile", EffectInput(_profile_fields, _same("profile"), _same("profile")))
