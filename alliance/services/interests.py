"""Topics, and members' positions on them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance, Member, Position, Topic
from alliance.services.locking import lock, require_living, require_writable, tell
from alliance.states import Membership
from audit.errors import DomainError

STANCES = range(-2, 3)
SALIENCES = range(101)


@transaction.atomic
def add_topic(*, actor: Person, alliance: Alliance, name: str, measure: str) -> Topic:
    """Add a question on which interests are stated; `measure` says how one would see that it is reached."""
    alliance, at = lock(alliance)
    require("alliance.add_topic", actor, alliance)
    require_writable(alliance)
    topic, is_new = Topic.objects.get_or_create(
        alliance=alliance, name=name.strip(), defaults={"measure": measure, "created_at": at}
    )
    if not is_new:
        raise DomainError("topic_known", _("There is a topic of this name already."), field="name")
    tell("topic.added", alliance, actor=actor, subject=topic, at=at)
    return topic


@transaction.atomic
def state_position(
    *, actor: Person, member: Member, topic: Topic, stance: int, salience: int, statement: str = ""
) -> Position:
    """State, or state anew, where a member stands: stance −2…2, salience 0…100 hundredths, in its own words.

    Only the member's own representative may, organisers cannot. Raises DomainError out of range or across alliances.
    """
    alliance, at = lock(member.alliance_id)
    require("alliance.state_position", actor, member)
    require_living(alliance)
    if topic.alliance_id != alliance.pk or member.state != Membership.ADMITTED:
        raise DomainError(
            "not_this_alliance", _("Choose a topic of the alliance that this member belongs to."), field="topic"
        )
    if stance not in STANCES:
        raise DomainError(
            "stance_range", _("Choose a position from −2 (strongly against) to 2 (strongly for)."), field="stance"
        )
    if salience not in SALIENCES:
        raise DomainError("salience_range", _("Say how much it matters, from 0 to 1."), field="salience")
    position, _new = Position.objects.update_or_create(
        member=member,
        topic=topic,
        defaults={
            "alliance": alliance,
            "stance": stance,
            "salience": salience,
            "statement": statement,
            "confirmed_by": actor,
            "confirmed_at": at,
            "witnessed": True,
        },
    )
    tell("position.stated", alliance, actor=actor, subject=position, at=at, data={"member": str(member.pk)})
    return position
