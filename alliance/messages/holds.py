"""What is told when something is held, and when the hold is lifted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance import holdable
from alliance.messages.audience import people
from alliance.models import Hold, Role
from alliance.states import Membership, RoleKind
from audit import clock
from audit.models import Event
from notifications.registry import Message, Recipient, Words, add_message


def _concerned(event: Event) -> list[Recipient]:
    """Organisers and members' representatives, and whom the thing's own kind names; never who placed the hold."""
    hold = Hold.objects.select_related("alliance").get(pk=event.subject)
    roles = Role.objects.current().of_kind(RoleKind.ORGANISER, RoleKind.REPRESENTATIVE).filter(alliance=hold.alliance)
    roles = roles.exclude(member__state=Membership.WITHDRAWN).order_by("granted_at", "pk")
    found = holdable.find(hold.alliance, hold.kind, hold.subject)
    also = found[0].also_told(found[1]) if found else ()
    everybody = [*roles.values_list("person", flat=True), *also]
    return people(each for each in everybody if each != hold.placed_by_id)


def _still_held(event: Event, to: Recipient) -> bool:
    return Hold.objects.standing_at(clock.read()).filter(pk=event.subject).exists() and to in _concerned(event)


def _held_words(event: Event, to: Recipient) -> Words:
    hold, about = _hold_and_words(event)
    found = holdable.find(hold.alliance, hold.kind, hold.subject)
    effect = found[0].effect(found[1], clock.read()) if found else ""
    return Words(
        subject=_("“%(title)s” is held by %(holder)s in %(alliance)s") % about,
        paragraphs=[
            _("%(who)s, %(role)s of %(alliance)s, holds “%(title)s” until %(until)s.") % about,
            _("The reason: %(reason)s") % about,
            *([effect] if effect else []),
        ],
        path=_place_of(hold),
        act=_("Look at it"),
    )


def _lifted_words(event: Event, to: Recipient) -> Words:
    hold, about = _hold_and_words(event)
    return Words(
        subject=_("“%(title)s” is held no more in %(alliance)s") % about,
        paragraphs=[_("%(who)s has lifted the hold on “%(title)s”. It goes on.") % about],
        path=_place_of(hold),
        act=_("Look at it"),
    )


def _hold_and_words(event: Event) -> tuple[Hold, dict[str, object]]:
    hold = Hold.objects.select_related("alliance", "placed_by").get(pk=event.subject)
    return hold, {
        "title": hold.title,
        "role": hold.get_role_display().lower(),
        "holder": hold.holder,
        "who": hold.placed_by,
        "alliance": hold.alliance,
        "until": written(hold.until),
        "reason": hold.reason,
    }


def _place_of(hold: Hold) -> str:
    found = holdable.address_of(hold.alliance, hold.kind, hold.subject)
    return found or reverse("alliance:holds", args=[hold.alliance.slug])


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="alliance.held",
            verbs=("alliance.hold.placed",),
            recipients=_concerned,
            still_wanted=_still_held,
            words=_held_words,
        )
    )
    add_message(
        Message(
            kind="alliance.hold_lifted",
            verbs=("alliance.hold.lifted",),
            recipients=_concerned,
            still_wanted=lambda event, to: to in _concerned(event),
            words=_lifted_words,
        )
    )
