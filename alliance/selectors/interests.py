"""Who wants what, and how much it matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst

from alliance.models import Alliance, Member, Position, Topic
from alliance.selectors.holds import TOPIC, Held, holds_of
from alliance.selectors.standing import Standing


@dataclass(frozen=True, slots=True)
class Interests:
    """The heat map as components/heat.html draws it."""

    topics: list[Topic]
    rows: list[dict[str, Any]]
    changed_at: datetime | None
    mine: list[Member]
    measures: list[Topic]
    hidden: int
    """How many confidential positions this person does not read."""
    held: list[Held]
    held_topics: list[Topic]
    to_hold: list[Topic]
    """Those that this person may hold now."""


def interests_of(alliance: Alliance, standing: Standing, at: datetime) -> Interests:
    """Four statements: topics, members, positions, holds."""
    topics = list(alliance.topics.order_by("created_at", "pk"))
    members = alliance.members.admitted().with_names().order_by("admitted_at", "pk")
    positions = {(each.member_id, each.topic_id): each for each in alliance.positions.order_by("pk")}
    rows = [_row(member, topics, positions, standing) for member in members]
    holds = holds_of(alliance, standing, at, TOPIC)
    mine = [member for member in standing.members() if standing.represents(member.pk) and standing.is_living]
    return Interests(
        topics=topics,
        rows=rows,
        changed_at=max((each.confirmed_at for each in positions.values()), default=None),
        mine=mine,
        measures=[topic for topic in topics if topic.measure],
        hidden=sum(cell.get("is_hidden", False) for row in rows for cell in row["cells"]),
        held=[held for topic in topics if (held := holds.on(TOPIC, topic))],
        held_topics=[topic for topic in topics if holds.on(TOPIC, topic)],
        to_hold=[topic for topic in topics if holds.is_offered(TOPIC, topic)],
    )


def _row(
    member: Member, topics: list[Topic], positions: Mapping[tuple[UUID, UUID], Position], standing: Standing
) -> dict[str, Any]:
    mine = standing.acts_for(member.pk)
    cells = [_cell(positions.get((member.pk, topic.pk)), topic, mine=mine) for topic in topics]
    return {"name": str(member), "note": capfirst(member.category.name), "mine": mine, "cells": cells}


def _cell(position: Position | None, topic: Topic, *, mine: bool) -> dict[str, Any]:
    if position is None:
        return {"stance": None}
    if position.is_confidential and not mine:
        return {"stance": None, "is_hidden": True}
    return {
        "stance": position.stance,
        "salience": position.salience,
        "is_confidential": position.is_confidential,
        "is_of_other_words": is_outworded(position, topic),
    }


def is_outworded(position: Position | None, topic: Topic) -> bool:
    """Was it confirmed on words that the topic has no more?"""
    return position is not None and topic.worded_at is not None and position.confirmed_at < topic.worded_at


def stated_by(member: Member) -> dict[UUID, Position]:
    """A member's positions by topic: one statement."""
    return {position.topic_id: position for position in member.positions.order_by("pk")}
