"""Organisations that people enter."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Affiliation, Organisation, Person
from accounts.permissions import require
from audit import clock
from audit.errors import DomainError
from audit.services import record


def require_new(name: str) -> None:
    """Raises DomainError, at `name`, for no name, and for that of an organisation that is here already."""
    if not name.strip():
        raise DomainError("organisation_missing", _("Say which organisation you work for."), field="name")
    if Organisation.objects.called(name).exists():
        raise _known()


def _known() -> DomainError:
    sentence = _("An organisation of this name is here already: ask one of its people to invite you.")
    return DomainError("organisation_known", sentence, field="name")


@transaction.atomic
def register_organisation(*, actor: Person, name: str, title: str = "") -> Organisation:
    """Enter an organisation that is not here yet; the actor works for it from today.

    Raises DomainError for one that is here already: its own people invite others.
    """
    at = clock.read()
    require("accounts.register_organisation", actor)
    require_new(name)
    organisation, is_new = Organisation.objects.enter(name)
    if not is_new:  # somebody entered it a moment ago
        raise _known()
    Affiliation.objects.create(person=actor, organisation=organisation, title=title.strip(), starts_on=at.date())
    record("accounts.organisation.registered", actor=actor.pk, subject=organisation.pk, at=at)
    return organisation


@transaction.atomic
def vouch_for_colleague(*, actor: Person, affiliation: Affiliation) -> Affiliation:
    """Say that somebody works for one's own organisation: from now on they found and accept for it.

    Raises DomainError where that is said already, or over.
    """
    at = clock.read()
    affiliation = _waiting(actor, affiliation)
    affiliation.is_vouched = True
    affiliation.save(update_fields=["is_vouched"])
    record("accounts.colleague.vouched", actor=actor.pk, subject=affiliation.pk, at=at)
    return affiliation


@transaction.atomic
def disown_colleague(*, actor: Person, affiliation: Affiliation) -> Affiliation:
    """Say that somebody does not work for one's own organisation: what an alliance said of them ends today."""
    at = clock.read()
    affiliation = _waiting(actor, affiliation)
    affiliation.ends_on = max(at.date(), affiliation.starts_on)
    affiliation.save(update_fields=["ends_on"])
    record("accounts.colleague.disowned", actor=actor.pk, subject=affiliation.pk, at=at)
    return affiliation


def _waiting(actor: Person, affiliation: Affiliation) -> Affiliation:
    require("accounts.vouch", actor, affiliation)
    found = Affiliation.objects.current().select_for_update(of=("self",)).filter(pk=affiliation.pk, is_vouched=False)
    waiting: Affiliation | None = found.first()
    if waiting is None:
        raise DomainError("nothing_to_vouch", _("This is said already, or over."))
    return waiting
