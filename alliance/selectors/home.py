"""What a person's own pages show of their alliances."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.panels import Card, Fact, Place
from alliance.models import Alliance
from alliance.states import Membership


def places_of(person: Person) -> Iterable[Place]:
    """The alliances in the navigation: one statement."""
    seen = Alliance.objects.visible_to(person).order_by("name", "pk").values_list("name", "slug")
    return [Place(name=name, url=reverse("alliance:overview", args=[slug])) for name, slug in seen]


def sample() -> Place | None:
    """The alliance that anybody may walk through: one statement, none where the operator names none."""
    found = Alliance.objects.sample().first() if settings.SAMPLE_ALLIANCE else None
    return Place(name=found.name, url=reverse("alliance:overview", args=[found.slug])) if found else None


def cards_of(person: Person, at: datetime) -> Iterable[Card]:
    """The alliances on the home page: one statement."""
    present = Count("members", filter=~Q(members__state=Membership.WITHDRAWN))
    seen = Alliance.objects.visible_to(person).annotate(organisations=present).select_related("convener")
    return [_card(alliance) for alliance in seen.order_by("name", "pk")]


def _card(alliance: Alliance) -> Card:
    number = alliance.organisations  # type: ignore[attr-defined]
    facts = [
        Fact(_("Members"), ngettext("%(n)d organisation", "%(n)d organisations", number) % {"n": number}),
        Fact(_("Convener"), alliance.convener.name),
        Fact(_("Profile"), str(alliance.get_profile_display())),
    ]
    return Card(
        id=alliance.pk,
        name=alliance.name,
        url=reverse("alliance:overview", args=[alliance.slug]),
        state=alliance.state,
        state_word=str(alliance.get_state_display()),
        facts=facts,
    )
