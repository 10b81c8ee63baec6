"""Reads, as adjectives that chain."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.rules import name_key, one_line

if TYPE_CHECKING:
    from accounts.models import Organisation, Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def employing(self, person: "Person") -> "OrganisationQuerySet":
        """Those that the person works for now."""
        return self.filter(affiliations__person=person, affiliations__ends_on__isnull=True)

    def called(self, name: str) -> "OrganisationQuerySet":
        """The one of this name, however it is spaced or capitalised; none for no name."""
        return self.filter(key=name_key(name))

    def enter(self, name: str) -> tuple["Organisation", bool]:
        """The organisation of this name, and whether it is new here: it is entered if there is none."""
        return self.get_or_create(key=name_key(name), defaults={"name": one_line(name)})
