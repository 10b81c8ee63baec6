"""The overview: members at a glance, and what happened last."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliance.models import Alliance, Member
from alliance.selectors.events import Told, latest_events
from alliance.selectors.standing import Standing
from alliance.states import ON_THE_WAY, Membership, State

LATEST = 6
SHOWN = 12
"""Members that the overview names."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows of this app; panels of the apps above stand beside it."""

    steps: list[tuple[str, str]]
    is_beside_the_way: bool
    members: list[dict[str, Any]]
    organisations: int
    unshown: int
    groups: int
    events: list[Told]


def overview_of(alliance: Alliance, standing: Standing) -> Overview:
    """Four statements: members, events, and the names of things and people in them."""
    members = list(alliance.members.present().with_names().order_by("organisation__name", "pk"))
    return Overview(
        steps=[(state.value, str(state.label)) for state in ON_THE_WAY],
        is_beside_the_way=State(alliance.state) not in ON_THE_WAY,
        members=[_person_like(member, standing) for member in members[:SHOWN]],
        unshown=max(len(members) - SHOWN, 0),
        organisations=len(members),
        groups=len({member.group_key for member in members}),
        events=latest_events(alliance, LATEST),
    )


def _person_like(member: Member, standing: Standing) -> dict[str, Any]:
    """A member as components/people.html shows it."""
    admitted = member.state == Membership.ADMITTED
    return {
        "name": member.organisation.name,
        "note": " · ".join(
            filter(None, [capfirst(member.category.name), group_of(member), "" if member.votes else _("public")])
        ),
        "you": standing.acts_for(member.pk),
        "word": "" if admitted else member.get_state_display(),
        "look": member.state,
    }


def group_of(member: Member) -> str:
    """The control group in words; nothing for an organisation by itself."""
    group = member.control
    return _("group %(name)s") % {"name": group.name} if group else ""
