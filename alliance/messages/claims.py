"""What is told of who controls whom: to who is to confirm it, and to who said it in vain."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.messages.audience import people
from alliance.models import ControlClaim, Member, Role
from alliance.states import OF_A_MEMBER, RoleKind
from audit.models import Event
from audit.services import data_of
from notifications.registry import Message, Recipient, Words, add_message


def _claimed(event: Event) -> ControlClaim | None:
    found = ControlClaim.objects.select_related("group", "said_by", "member__organisation", "member__alliance")
    return found.filter(member=event.subject).first()


def _confirmers(event: Event) -> list[Recipient]:
    """The people here of the group that it says it is in, and the auditors; where neither is here, the organisers."""
    claim = _claimed(event)
    if claim is None:
        return []
    roles = Role.objects.current().filter(alliance=claim.member.alliance_id).exclude(person=claim.said_by_id)
    group = Member.objects.filter(alliance=claim.member.alliance_id).present().under(claim.group_id)
    own = Q(kind__in=OF_A_MEMBER, member__in=group.exclude(pk=claim.member_id).values("pk"))
    asked = roles.filter(own | Q(kind=RoleKind.AUDITOR)) if claim.group_id else roles.of_kind(RoleKind.AUDITOR)
    found = asked if asked.exists() else roles.of_kind(RoleKind.ORGANISER)
    return people(found.order_by("granted_at", "pk").values_list("person", flat=True))


def _claim_words(event: Event, to: Recipient) -> Words:
    claim = _claimed(event)
    assert claim is not None  # noqa: S101 - `still_wanted` was asked
    about = {"member": claim.member, "alliance": claim.member.alliance, "name": claim.said_by, "group": claim.group}
    said = _("%(name)s says that %(group)s controls %(member)s.") if claim.group else _(
        "%(name)s says that nobody controls %(member)s any more."
    )  # fmt: skip
    settled = _("It counts once one of that group’s people here, or the auditor, confirms it.") if claim.group else _(
        "It counts once the people of a member of another group, or the auditor, confirm it."
    )  # fmt: skip
    return Words(
        subject=_("Who controls %(member)s, in %(alliance)s: to be confirmed") % about,
        paragraphs=[
            said % about,
            _("Members of one group count as one in %(alliance)s: in seats and votes, in the check, in figures.")
            % about,
            settled,
        ],
        path=reverse("alliance:members", args=[claim.member.alliance.slug]),
        act=_("See what is said"),
    )


def _claimant(event: Event) -> list[Recipient]:
    """Who had said it, where somebody else says that it is not so."""
    said_by = data_of(event).get("said_by")
    return people([UUID(said_by)]) if said_by and said_by != str(event.actor) else []


def _declined_words(event: Event, to: Recipient) -> Words:
    member = Member.objects.select_related("organisation", "alliance").get(pk=event.subject)
    by = Person.objects.filter(pk=event.actor).first() if event.actor else None
    about = {"member": member, "alliance": member.alliance, "who": by, "group": data_of(event)["group"]}
    said = _("You said that %(group)s controls %(member)s. %(who)s says that it is not so, and it does not count.")
    alone = _("You said that nobody controls %(member)s. %(who)s says that it is not so, and it does not count.")
    return Words(
        subject=_("What you said of who controls %(member)s is not confirmed, in %(alliance)s") % about,
        paragraphs=[
            (said if about["group"] else alone) % about,
            _("Speak with them; you can say it again. An auditor of %(alliance)s may put it on record as well.")
            % about,
        ],
        path=reverse("alliance:members", args=[member.alliance.slug]),
        act=_("See the members"),
    )


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="alliance.control_claimed",
            verbs=("alliance.control.claimed",),
            recipients=_confirmers,
            still_wanted=lambda event, to: to in _confirmers(event),
            words=_claim_words,
        )
    )
    add_message(
        Message(
            kind="alliance.control_declined",
            verbs=("alliance.control.claim_dropped",),
            recipients=_claimant,
            still_wanted=lambda event, to: Role.objects.current().filter(person=to.id, alliance=event.stream).exists(),
            words=_declined_words,
        )
    )
