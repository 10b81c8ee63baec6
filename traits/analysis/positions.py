"""All positions on all topics, by columns: 1,000 members have half a million, too many to ask each of them again."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

import numpy as np

from alliance.rules import is_anonymous
from alliance.schemas import Position, Topic
from traits.analysis.interests import Flags, Interests, Ints

COLUMNS = ("member", "stance", "salience", "is_confidential", "witnessed", "confirmed_at", "statement")
_READ = [attrgetter(name) for name in COLUMNS]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Positions in the order of the topics. `topic` and `member` are places: among the topics, and among the members.

    The member is −1 where it is none of those that count.
    """

    topics: Sequence[Topic]
    members: tuple[str, ...]
    each: list[Position]
    topic: Ints
    member: Ints
    stance: Ints
    salience: Ints
    confidential: Flags
    witnessed: Flags
    confirmed_at: list[datetime]
    worded: Flags
    """Which say something in the member's own words?"""

    def of_these_words(self) -> Flags:
        """Which were confirmed since the topic has its words?"""
        found = np.ones(len(self.each), dtype=np.bool_)
        for place, topic in enumerate(self.topics):
            if topic.worded_at is not None:
                for at in np.flatnonzero(self.topic == place):
                    found[at] = self.confirmed_at[at] >= topic.worded_at
        return found

    def told(self, among: Flags) -> Flags:
        """Of these, the open ones, and the confidential ones on topics on which enough others are."""
        hidden = among & self.confidential
        weights: dict[int, list[int]] = {}
        for place, salience in zip(self.topic[hidden].tolist(), self.salience[hidden].tolist(), strict=True):
            weights.setdefault(place, []).append(salience)
        kept = [place for place, given in weights.items() if is_anonymous(given)]
        return among & (~self.confidential | np.isin(self.topic, kept))

    def table(self, among: Flags) -> Interests:
        """These as the table that the analysis reads: members × topics; of one member on one topic the last counts."""
        shape = len(self.members), len(self.topics)
        stance, salience = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        stated = np.zeros(shape, dtype=np.bool_)
        at = self.member[among], self.topic[among]
        stance[at], salience[at], stated[at] = self.stance[among], self.salience[among], True
        return Interests(self.members, tuple(topic.id for topic in self.topics), stance, salience, stated)

    def at(self, among: Flags) -> Iterator[Position]:
        """These, one by one."""
        return map(self.each.__getitem__, np.flatnonzero(among).tolist())

    def by_member(self, among: Flags) -> dict[str, list[Position]]:
        """These of each member, in the order of the topics; an empty list where there are none."""
        places = np.flatnonzero(among)
        places = places[np.argsort(self.member[places], kind="stable")]
        ends = np.searchsorted(self.member[places], np.arange(len(self.members) + 1))
        return {
            member: [self.each[at] for at in places[ends[row] : ends[row + 1]].tolist()]
            for row, member in enumerate(self.members)
        }

    def rows(self, among: Flags) -> Iterator[tuple[str, str, int]]:
        """Member, topic and stance of each of these."""
        columns = (self.member[among].tolist(), self.topic[among].tolist(), self.stance[among].tolist())
        for member, topic, stance in zip(*columns, strict=True):
            yield self.members[member], self.topics[topic].id, stance

    def on(self, topics: Collection[str | None]) -> Flags:
        """Which are on these topics?"""
        return np.isin(self.topic, [place for place, topic in enumerate(self.topics) if topic.id in topics])

    def of(self, members: Collection[str]) -> Flags:
        """Which are of these members?"""
        wanted = set(members)
        return np.isin(self.member, [place for place, member in enumerate(self.members) if member in wanted])

    def top(self, among: Flags) -> Flags:
        """Those of these that matter most to their member."""
        most = np.full(len(self.members), -1)
        np.maximum.at(most, self.member[among], self.salience[among])
        found = among.copy()
        found[among] = self.salience[among] == most[self.member[among]]
        return found

    def ranges(self, among: Flags) -> Ints:
        """How far the stances reach, of each topic on which these are."""
        stance = self.stance[among]
        first = np.unique(self.topic[among], return_index=True)[1]
        if not first.size:
            return first
        widest: Ints = np.maximum.reduceat(stance, first) - np.minimum.reduceat(stance, first)
        return widest


def positions_on(topics: Sequence[Topic], members: Sequence[str]) -> Positions:
    """The columns of all positions on these topics. Each position is looked at once."""
    row = {member: place for place, member in enumerate(members)}
    columns: list[list[Any]] = [[] for _name in COLUMNS]
    for topic in topics:
        for read, column in zip(_READ, columns, strict=True):
            column.extend(map(read, topic.positions))
    of, stance, salience, confidential, witnessed, confirmed_at, statement = columns
    counts = [len(topic.positions) for topic in topics]
    return Positions(
        topics=topics,
        members=tuple(members),
        each=list(chain.from_iterable(topic.positions for topic in topics)),
        topic=np.repeat(np.arange(len(topics)), counts),
        member=np.fromiter(map(row.get, of, repeat(-1)), dtype=np.int64, count=len(of)),
        stance=np.array(stance, dtype=np.int64),
        salience=np.array(salience, dtype=np.int64),
        confidential=np.array(confidential, dtype=np.bool_),
        witnessed=np.array(witnessed, dtype=np.bool_),
        confirmed_at=confirmed_at,
        worded=np.fromiter(map(bool, statement), dtype=np.bool_, count=len(statement)),
    )
