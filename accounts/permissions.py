"""Who may: predicates by name, asked by services under their lock, by pages before they show a button.

Apps declare theirs with `allow()`; each says in a sentence who may when somebody may not.
"""

from datetime import datetime, timedelta
from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from accounts.models import Affiliation, Person
from accounts.rules import Proof, require_fresh
from audit.errors import NotPermitted

_refusals: dict[str, Any] = {}


def allow(name: str, predicate: rules.Predicate, *, otherwise: Any) -> None:
    """Declare the permission `app.verb_noun`, and what a person is told who does not have it."""
    if rules.perm_exists(name):
        rules.set_perm(name, predicate)
    else:
        rules.add_perm(name, predicate)
    _refusals[name] = otherwise


def may(name: str, actor: Person, subject: Any = None) -> bool:
    """May this person do this with that?"""
    return bool(rules.has_perm(name, actor, subject))


def require(name: str, actor: Person, subject: Any = None) -> None:
    """Raise NotPermitted unless the person may."""
    if not may(name, actor, subject):
        raise NotPermitted(_refusals[name])


def require_bound(
    name: str, actor: Person, subject: Any, *, proof: Proof | None, at: datetime, within: timedelta
) -> Proof:
    """As `require`, for an act that binds: the proof of sign-in must be fresh too, else ProofStale."""
    require(name, actor, subject)
    return require_fresh(proof, at=at, within=within)


@rules.predicate
def is_active(person: Person) -> bool:
    return person.is_active


@rules.predicate
def runs_installation(person: Person) -> bool:
    return person.is_active and person.is_staff


allow("accounts.register_organisation", is_active, otherwise=_("Sign in first."))


@rules.predicate
def is_colleague(person: Person, affiliation: Affiliation) -> bool:
    """Works, and is vouched for, where the other is said to work."""
    own = Affiliation.objects.current().vouched().filter(person=person, organisation=affiliation.organisation_id)
    return affiliation.person_id != person.pk and own.exists()


allow("accounts.vouch", is_colleague, otherwise=_("Only somebody of the same organisation says who works there."))
allow(
    "accounts.give_back_address",
    runs_installation,
    otherwise=_("Only who runs this installation may give an account back."),
)
allow("accounts.invite_founder", runs_installation, otherwise=_("Only who runs this installation may invite founders."))
