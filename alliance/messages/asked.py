"""What is told to who is asked to keep a benefit, to say anew where a member stands, or to confirm who controls it."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.messages.audience import people
from alliance.models import ControlClaim, Member, Position, Role, Topic, ValueStream
from alliance.states import OF_A_MEMBER, Membership, RoleKind
from audit.models import Event
from audit.services import data_of
from notifications.registry import Message, Recipient, Words, add_message


# -- Stewards -------------------------------------------------------------------------------------------------------
def _unaccepted(event: Event) -> ValueStream | None:
    found = ValueStream.objects.filter(pk=event.subject, steward__isnull=False, steward_accepted_at__isnull=True)
    return found.select_related("alliance").first()


def _steward(event: Event) -> list[Recipient]:
    stream = _unaccepted(event)
    return people([stream.steward_id]) if stream and stream.steward_id and stream.steward_id != event.actor else []


def _still_asked(event: Event, to: Recipient) -> bool:
    stream = _unaccepted(event)
    return stream is not None and stream.steward_id == to.id


def _steward_words(event: Event, to: Recipient) -> Words:
    stream = ValueStream.objects.select_related("alliance").get(pk=event.subject)
    about = {"title": stream.title, "alliance": stream.alliance}
    return Words(
        subject=_("You are asked to keep “%(title)s”, in %(alliance)s") % about,
        paragraphs=[
            _("%(alliance)s asks you to be the steward of a benefit: “%(title)s”.") % about,
            _("A steward measures it, enters its readings, and says which interests it serves."),
            _("Had you accepted it before, something of it has changed since: read it, and answer."),
        ],
        path=reverse("alliance:stream", args=[stream.alliance.slug, stream.pk]),
        act=_("Read it and answer"),
    )


# -- Reworded topics ------------------------------------------------------------------------------------------------
def _waiting(event: Event) -> list[Recipient]:
    """The representatives of those who stated a position on earlier words, and have not confirmed it since."""
    if not data_of(event).get("is_reworded"):
        return []
    current = Position.objects.on_its_words().filter(topic=event.subject)
    stale = Position.objects.filter(topic=event.subject).exclude(pk__in=current.values("pk"))
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE)
    roles = roles.filter(member__in=stale.values("member"), member__state=Membership.ADMITTED)
    found = roles.order_by("granted_at", "pk").values_list("person", flat=True)
    return people(each for each in found if each != event.actor)


def _reworded_words(event: Event, to: Recipient) -> Words:
    topic = Topic.objects.select_related("alliance").get(pk=event.subject)
    own = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).filter(person=to.id, alliance=topic.alliance)
    member = own.filter(member__positions__topic=topic).values_list("member", flat=True).order_by("granted_at").first()
    about = {"topic": topic.name, "alliance": topic.alliance}
    return Words(
        subject=_("“%(topic)s” is worded anew in %(alliance)s") % about,
        paragraphs=[
            _("A topic on which you stated a position now reads: “%(topic)s”.") % about,
            *([topic.measure] if topic.measure else []),
            _("What you said was of the earlier words. It counts again once you confirm it on these."),
        ],
        path=reverse("alliance:positions", args=[topic.alliance.slug, member]),
        act=_("Read it and confirm"),
    )


# -- Who controls whom ----------------------------------------------------------------------------------------------
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
            kind="alliance.steward_asked",
            verbs=("alliance.stream.added", "alliance.stream.changed"),
            recipients=_steward,
            still_wanted=_still_asked,
            words=_steward_words,
        )
    )
    add_message(
        Message(
            kind="alliance.topic_reworded",
            verbs=("alliance.topic.changed",),
            recipients=_waiting,
            still_wanted=lambda event, to: to in _waiting(event),
            words=_reworded_words,
        )
    )
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
