"""Topics, and members' positions on them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from accounts.permissions import require
from accounts.rules import name_key, one_line
from alliance.models import Alliance, Member, Position, Topic
from alliance.selectors.holds import TOPIC
from alliance.services.holds import require_not_held
from alliance.services.locking import lock, require_living, require_writable, tell
from alliance.states import Area, Membership
from audit import chain, clock
from audit.errors import DomainError
from audit.models import Event
from audit.services import data_of

STANCES = range(-2, 3)
SALIENCES = range(101)


@transaction.atomic
def add_topic(*, actor: Person, alliance: Alliance, name: str, measure: str) -> Topic:
    """Add a question on which interests are stated; `measure` says how one would see that it is reached."""
    alliance, at = lock(alliance)
    require("alliance.add_topic", actor, alliance)
    require_writable(alliance, Area.INTERESTS)
    return write_topic(actor, alliance, name, measure, at)


def write_topic(
    actor: Person, alliance: Alliance, name: str, measure: str, at: datetime, *, field: str = "name"
) -> Topic:
    """Write a topic, with its event; the caller has asked who may. Raises DomainError, at `field`, for a bad name."""
    if not name.strip():
        raise DomainError("name_missing", _("Name the topic."), field=field)
    _require_new(alliance.topics.all(), name, field=field)
    topic = Topic.objects.create(alliance=alliance, name=one_line(name), measure=measure, created_at=at)
    tell("topic.added", alliance, actor=actor, subject=topic, at=at)
    return topic


def _require_new(topics: QuerySet[Topic], name: str, *, field: str) -> None:
    """Neither capitals nor spaces make another topic."""
    if topics.filter(key=name_key(name)).exists():
        raise DomainError("topic_known", _("There is a topic of this name already."), field=field)


@transaction.atomic
def change_topic(*, actor: Person, topic: Topic, name: str, measure: str) -> Topic:
    """Word a topic anew, before the charter. Positions on it stay, and count again once they are confirmed.

    Capitals, spaces and widths of letters make no other words. Words that stood before stand again as they did, where
    nobody has confirmed a position since.
    """
    alliance, at = lock(topic.alliance_id)
    require("alliance.change_topic", actor, alliance)
    require_writable(alliance, Area.INTERESTS)
    topic = Topic.objects.get(pk=topic.pk)
    if not name.strip():
        raise DomainError("name_missing", _("Name the topic."), field="name")
    _require_new(alliance.topics.exclude(pk=topic.pk), name, field="name")
    before, after = _digest(topic.name, topic.measure), _digest(name, measure)
    said: dict[str, Any] = {"is_reworded": before != after}
    if before != after:
        said |= {"was": before, "since": topic.worded_at.isoformat() if topic.worded_at else None}
        topic.worded_at = _worded_at(topic, after, at)
    topic.name, topic.measure = one_line(name), measure
    topic.save(update_fields=["name", "key", "measure", "worded_at"])
    tell("topic.changed", alliance, actor=actor, subject=topic, at=at, data=said)
    return topic


def _digest(name: str, measure: str) -> str:
    return chain.digest(chain.canonical([name_key(name), name_key(measure)]))


def _worded_at(topic: Topic, words: str, at: datetime) -> datetime | None:
    """Now; or since when these very words stood, where they did and nobody has confirmed on others meanwhile."""
    changes = Event.objects.filter(stream=topic.alliance_id, subject=topic.pk, verb="alliance.topic.changed")
    for change in changes.order_by("-seq"):
        if topic.positions.filter(confirmed_at__gte=change.at).exists():
            break
        said = data_of(change)
        if said.get("was") == words:
            return datetime.fromisoformat(said["since"]) if said["since"] else None
    return at


@transaction.atomic
def remove_topic(*, actor: Person, topic: Topic) -> None:
    """Take a topic away before the charter, with its links to benefits.

    Raises DomainError where a member of another group than the convener's has stated a position on it, which nobody
    else takes back, and while it is held.
    """
    alliance, at = lock(topic.alliance_id)
    require("alliance.change_topic", actor, alliance)
    require_writable(alliance, Area.INTERESTS)
    topic = Topic.objects.get(pk=topic.pk)
    require_not_held(TOPIC, topic, at)
    convening = Member.objects.of_groups(Organisation.objects.filter(pk=alliance.convener_id))
    if topic.positions.exclude(member__in=convening.filter(alliance=alliance).values("pk")).exists():
        raise DomainError(
            "spoken_of",
            _("Members have stated positions on it, which nobody takes back for them. Word it anew instead."),
        )
    subject = Topic(pk=topic.pk)
    positions, _each = topic.positions.all().delete()
    topic.interest_links.all().delete()
    topic.delete()
    tell("topic.removed", alliance, actor=actor, subject=subject, at=at, data={"positions": positions})


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a member stands on a topic: stance -2…2, salience in hundredths 0…100, and its own words.

    What is confidential is read by the member itself and the custodian only.
    """

    topic: Topic
    stance: int
    salience: int
    statement: str = ""
    is_confidential: bool = False


@transaction.atomic
def state_position(
    *,
    actor: Person,
    member: Member,
    topic: Topic,
    stance: int,
    salience: int,
    statement: str = "",
    is_confidential: bool = False,
) -> Position:
    """State, or state anew, where a member stands on one topic; the rule is that of `state_positions`."""
    stated = Stated(topic, stance, salience, statement, is_confidential)
    return state_positions(actor=actor, member=member, positions=[stated])[0]


@transaction.atomic
def state_positions(*, actor: Person, member: Member, positions: list[Stated]) -> list[Position]:
    """State, or state anew, where a member stands on topics; each is confirmed as of now and recorded by itself.

    Only the member's own representative may, organisers cannot. Raises DomainError out of range, across alliances,
    for a topic that is held, and for one that is named twice.
    """
    alliance, at = lock(member.alliance_id)
    member = Member.objects.get(pk=member.pk)
    require("alliance.state_position", actor, member)
    require_living(alliance)
    if not positions:
        raise DomainError("nothing_stated", _("State a position on at least one topic."))
    if len({each.topic.pk for each in positions}) < len(positions):
        raise DomainError("stated_twice", _("State one position on each topic."), field="topic")
    for each in positions:
        _require_admitted(member, each)
        require_in_range(each)
        require_not_held(TOPIC, each.topic, at)
    return [write_position(actor, alliance, member, each, at) for each in positions]


def _require_admitted(member: Member, stated: Stated) -> None:
    if stated.topic.alliance_id != member.alliance_id or member.state != Membership.ADMITTED:
        raise DomainError(
            "not_this_alliance", _("Choose a topic of the alliance that this member belongs to."), field="topic"
        )


def require_in_range(stated: Stated) -> None:
    """Raise DomainError for a stance beyond −2…2, or a salience beyond 0…100 hundredths."""
    if stated.stance not in STANCES:
        raise DomainError(
            "stance_range", _("Choose a position from −2 (strongly against) to 2 (strongly for)."), field="stance"
        )
    if stated.salience not in SALIENCES:
        raise DomainError("salience_range", _("Say how much it matters, from 0 to 1."), field="salience")


def write_position(actor: Person, alliance: Alliance, member: Member, stated: Stated, at: datetime) -> Position:
    """Write one position, with its event; the caller has asked who may, and the rules."""
    position, _new = Position.objects.update_or_create(
        member=member,
        topic=stated.topic,
        defaults={
            "alliance": alliance,
            "stance": stated.stance,
            "salience": stated.salience,
            "statement": stated.statement,
            "is_confidential": stated.is_confidential,
            "confirmed_by": actor,
            "confirmed_at": at,
            "witnessed": True,
        },
    )
    tell("position.stated", alliance, actor=actor, subject=position, at=at, data={"member": str(member.pk)})
    return position


@transaction.atomic
def read_confidential_positions(*, actor: Person, alliance: Alliance) -> list[Position]:
    """The confidential positions, for the custodian. Who looked is recorded.

    Raises DomainError where there is none.
    """
    at = clock.read()
    require("alliance.read_confidential_positions", actor, alliance)
    found = alliance.positions.filter(is_confidential=True, member__state=Membership.ADMITTED)
    positions = list(found.select_related("member__organisation", "topic").order_by("topic__created_at", "pk"))
    if not positions:
        raise DomainError("nothing_confidential", _("No member has marked a position as confidential."))
    tell("positions.read", alliance, actor=actor, subject=alliance, at=at)
    return positions
