"""What is told to who is asked to keep a benefit, to say anew where a member stands, or may seal anew."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.messages.audience import holders_of, people
from alliance.models import Position, Role, Topic, ValueStream, Worksheet
from alliance.states import Membership, RoleKind
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


# -- Worksheets -----------------------------------------------------------------------------------------------------
def _reopened(event: Event) -> Worksheet | None:
    """The worksheet that was reopened, while none has been sealed since."""
    found = Worksheet.objects.select_related("alliance", "member__organisation").filter(pk=event.subject).first()
    later = found and Worksheet.objects.filter(member=found.member_id, version__gt=found.version).exists()
    return None if later else found


def _sealers(event: Event) -> list[Recipient]:
    sheet = _reopened(event)
    return people(holders_of(sheet.member_id)) if sheet else []


def _reopened_words(event: Event, to: Recipient) -> Words:
    sheet = _reopened(event)
    assert sheet is not None  # noqa: S101 - `still_wanted` was asked
    about = {"member": sheet.member, "alliance": sheet.alliance}
    return Words(
        subject=_("%(member)s can seal its worksheet anew, in %(alliance)s") % about,
        paragraphs=[
            _("The custodian of %(alliance)s lets %(member)s correct its sealed worksheet.") % about,
            _("What was sealed before counts until it is sealed anew. Then it stands for 30 days again."),
        ],
        path=reverse("alliance:seal_worksheet", args=[sheet.alliance.slug, sheet.member_id]),
        act=_("Seal it anew"),
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
            kind="alliance.worksheet_reopened",
            verbs=("alliance.worksheet.reopened",),
            recipients=_sealers,
            still_wanted=lambda event, to: to in _sealers(event),
            words=_reopened_words,
        )
    )
