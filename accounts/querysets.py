"""Reads, as adjectives that chain."""

from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.rules import name_key, one_line

if TYPE_CHECKING:
    from accounts.models import Affiliation, Organisation, Person  # noqa: F401 - named in the bases below


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Who works where."""

    def current(self) -> "AffiliationQuerySet":
        return self.filter(ends_on__isnull=True)

    def vouched(self) -> "AffiliationQuerySet":
        return self.filter(is_vouched=True)

    def to_vouch_for(self, person: "Person") -> "AffiliationQuerySet":
        """Colleagues of whom only an alliance says so, to the eyes of one who is vouched for."""
        own = self.model._default_manager.current().vouched().filter(person=person).values("organisation")
        waiting = self.current().filter(is_vouched=False, organisation__in=own).exclude(person=person)
        return waiting.select_related("person", "organisation").order_by("organisation__name", "person__name", "pk")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def employing(self, person: "Person") -> "OrganisationQuerySet":
        """Those that the person works for now."""
        return self.filter(affiliations__person=person, affiliations__ends_on__isnull=True)

    def vouching_for(self, person: "Person") -> "OrganisationQuerySet":
        """Those that say themselves that the person works for them: for them one founds, and accepts."""
        return self.filter(pk__in=self._affiliations().current().vouched().filter(person=person).values("organisation"))

    def _affiliations(self) -> "AffiliationQuerySet":
        related: Any = self.model._meta.get_field("affiliations").related_model
        found: AffiliationQuerySet = related._default_manager.all()
        return found

    def called(self, name: str) -> "OrganisationQuerySet":
        """The one of this name, however it is spaced or capitalised; none for no name."""
        return self.filter(key=name_key(name))

    def enter(self, name: str) -> tuple["Organisation", bool]:
        """The organisation of this name, and whether it is new here: it is entered if there is none."""
        return self.get_or_create(key=name_key(name), defaults={"name": one_line(name)})
