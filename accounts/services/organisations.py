"""Organisations that people enter."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Affiliation, Organisation, Person
from accounts.permissions import require
from audit import clock
from audit.errors import DomainError
from audit.services import record


@transaction.atomic
def register_organisation(*, actor: Person, name: str, title: str = "") -> Organisation:
    """Enter an organisation that is not here yet; the actor works for it from today.

    Raises DomainError for one that is here already: its own people invite others.
    """
    at = clock.read()
    require("accounts.register_organisation", actor)
    if not name.strip():
        raise DomainError("organisation_missing", _("Say which organisation you work for."), field="organisation")
    organisation, is_new = Organisation.objects.get_or_create(
        name__iexact=name.strip(), defaults={"name": name.strip()}
    )
    if not is_new:
        raise DomainError(
            "organisation_known",
            _("An organisation of this name is here already: ask one of its people to invite you."),
            field="organisation",
        )
    Affiliation.objects.create(person=actor, organisation=organisation, title=title.strip(), starts_on=at.date())
    record("accounts.organisation.registered", actor=actor.pk, subject=organisation.pk, at=at)
    return organisation
