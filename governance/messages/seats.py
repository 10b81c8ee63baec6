"""What is told to those who are named for a seat."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.messages import invitation_words, people
from audit import clock
from audit.models import Event
from governance.models import Addition, Holding, SeatInvitation
from notifications.registry import INVITE, Message, Recipient, Words, add_message


def _nominee(event: Event) -> list[Recipient]:
    return people([Holding.objects.get(pk=event.subject).person_id])


def _still_offered(event: Event, to: Recipient) -> bool:
    waiting = Holding.objects.current().filter(pk=event.subject, accepted_at__isnull=True)
    return waiting.filter(person=to.id).exists()


def _seat_words(event: Event, to: Recipient) -> Words:
    holding = Holding.objects.select_related("seat", "alliance").get(pk=event.subject)
    named_by = Person.objects.filter(pk=event.actor).first() if event.actor and event.actor != to.id else None
    about = {"seat": holding.seat, "alliance": holding.alliance, "who": named_by}
    return Words(
        subject=_("You are named for a seat on the committee of %(alliance)s") % about,
        paragraphs=[
            _("%(who)s has named you for the seat “%(seat)s”.") % about
            if named_by
            else _("You are named for the seat “%(seat)s”.") % about,
            _("A holder votes in their own judgement: nobody, not even an employer, may tell them how."),
            _("You hold the seat once you accept it. Before your first vote you sign an independence statement."),
        ],
        path=reverse("governance:committee", args=[holding.alliance.slug]),
        act=_("Accept or decline"),
    )


def _seat_invited(event: Event) -> list[Recipient]:
    return [Recipient(INVITE, event.subject)]


def _seat_still_open(event: Event, to: Recipient) -> bool:
    offers = SeatInvitation.objects.select_related("invitation").filter(pk=to.id, seat__abolished_at__isnull=True)
    found = offers.first()
    return found is not None and found.invitation.is_open(clock.read())


def _holder(event: Event) -> list[Recipient]:
    return people([Addition.objects.select_related("holding").get(pk=event.subject).holding.person_id])


def _still_held(event: Event, to: Recipient) -> bool:
    return Holding.objects.current().filter(additions=event.subject, person=to.id).exists()


def _addition_words(event: Event, to: Recipient) -> Words:
    added = Addition.objects.select_related("added_by", "alliance").get(pk=event.subject)
    about = {"who": added.added_by, "alliance": added.alliance}
    return Words(
        subject=_("Your disclosure was added to, in %(alliance)s") % about,
        paragraphs=[
            _("%(who)s has put on record what they say could sway you:") % about,
            added.text,
            _("It stands beside your own disclosure. If you want to answer, or see it as they do, disclose anew."),
        ],
        path=reverse("governance:committee", args=[added.alliance.slug]),
        act=_("See it on the committee’s page"),
    )


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="governance.disclosure_added_to",
            verbs=("governance.disclosure.added_to",),
            recipients=_holder,
            still_wanted=_still_held,
            words=_addition_words,
        )
    )
    add_message(
        Message(
            kind="governance.seat_offered",
            verbs=("governance.holder.nominated",),
            recipients=_nominee,
            still_wanted=_still_offered,
            words=_seat_words,
        )
    )
    add_message(
        Message(
            kind="governance.seat_invited",
            verbs=("governance.holder.invited",),
            recipients=_seat_invited,
            still_wanted=_seat_still_open,
            words=invitation_words,
        )
    )
