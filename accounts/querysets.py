"""Reads, as adjectives that chain."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Organisation, Person  # noqa: F401 - named in the base below


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def employing(self, person: "Person") -> "OrganisationQuerySet":
        """Those that the person works for now."""
        return self.filter(affiliations__person=person, affiliations__ends_on__isnull=True)
