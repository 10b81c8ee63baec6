"""An illustrative alliance grown to any size, with everything that an assessment reads: nothing is left empty.

Made up from a fixed seed: it is for measuring, and says nothing of anybody.
"""

import random
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from alliance import schemas as own
from governance import schemas as committee
from traits.evidence import Evidence, Sealed

KINDS = ("payer", "provider", "supplier", "regulator", "public")
BRINGS = ("money", "people", "data", "rights", "facilities")
A_GROUP = 10
"""One member in so many is of the same group as the one before it."""
SPEAKS_OF = (2, 9)
"""On how many topics a member says in its own words what it wants: at least, and at most."""
WORDS = (8, 24)
"""How many words it says each time."""
HEAVIEST = 9
SEATS_MOST = 200
A_SEAT, A_DECISION, A_STREAM = 5, 10, 20
"""One for so many members."""
A_GROUND = 10
"""One topic in so many is shared ground, on which all are for."""
STANCES = (-2, -1, 0, 1, 1, 2, 2)
SHARED_FROM = 20
CONFIDENTIAL = 100
"""One position in so many is stated in confidence."""


def grown(base: Evidence, members: int, topics: int) -> Evidence:
    """The alliance with so many members and a position of each on each of so many topics.

    Seats, decisions with their ballots, benefits, worksheets, steps, roles and relations grow with the members. So many
    groups are read under Strict: the record allows no other profile.
    """
    making = _Making(base, members, topics)
    return replace(base, alliance=making.alliance(), governance=making.governance(), sealed=making.sealed())


class _Making:
    """The parts of one grown alliance; `ids` are its members, `m0` and so on."""

    def __init__(self, base: Evidence, members: int, topics: int) -> None:
        self.chance = random.Random(1)
        self.base, self.at = base, base.at
        self.ids = [f"m{each}" for each in range(members)]
        self.topics = [f"t{each}" for each in range(topics)]
        self.words = _words(base)
        self.seats = [f"s{each}" for each in range(max(3, min(SEATS_MOST, members // A_SEAT)))]

    def alliance(self) -> own.AlliancePart:
        """What its members have recorded."""
        lists = {
            "alliance": self.base.alliance.alliance.model_copy(update={"profile": "strict"}),
            "groups": [*self.base.alliance.groups, *self._groups()],
            "organisations": [
                *self.base.alliance.organisations,
                *(self._organisation(place) for place in range(len(self.ids))),
            ],
            "people": [*self.base.alliance.people, *self._people()],
            "members": [self._member(place) for place in range(len(self.ids))],
            "roles": list(self._roles()),
            "relations": [self._relation(place) for place in range(0, len(self.ids), A_GROUP)],
            "affected_parties": [self._party(place) for place in range(0, len(self.ids), A_GROUP)],
            "topics": self._topics(),
            "contributions": [self._contribution(member) for member in self.ids],
            "rounds": [self._round(number) for number in (1, 2)],
            "reserved_powers": [own.ReservedPower(member=each, text=self._said()) for each in self.ids[::A_GROUP]],
            "streams": self._streams(),
            "worksheets": [self._worksheet(member) for member in self.ids],
            "exhibits": [self._exhibit(place) for place in range(0, len(self.ids), A_GROUP)],
        }
        return self.base.alliance.model_copy(update=lists)

    def governance(self) -> committee.GovernancePart:
        """Its committee and what that decided."""
        decisions = [self._decision(number) for number in range(len(self.ids) // A_DECISION)]
        lists = {"seats": list(map(self._seat, self.seats)), "decisions": decisions}
        return self.base.governance.model_copy(update=lists)

    def sealed(self) -> dict[str, Sealed]:
        """Each member's figures, opened."""
        return {member: Sealed(10, 60, 90, 100 + place % 7, 30, "USD") for place, member in enumerate(self.ids)}

    def _said(self) -> str:
        return " ".join(self.chance.choices(self.words, k=self.chance.randint(*WORDS))).capitalize() + "."

    def _before(self, days: int) -> datetime:
        return self.at - timedelta(days=days)

    def _groups(self) -> list[own.Group]:
        return [own.Group(id=f"g{each}", name=f"Group {each}") for each in range(len(self.ids) // A_GROUP + 1)]

    def _organisation(self, place: int) -> own.Organisation:
        group = f"g{place // A_GROUP}" if place % A_GROUP < 2 else None
        return own.Organisation(id=f"o{place}", name=f"Organisation {place}", group=group)

    def _people(self) -> list[own.Person]:
        """Each member's representative (r) and signatory (f), who work for it, and the holders of seats (h)."""
        return [
            *(self._person(f"{kind}{place}", f"o{place}") for kind in "rf" for place in range(len(self.ids))),
            *(self._person(f"h{place}") for place in range(0, len(self.ids), A_SEAT)),
        ]

    def _person(self, key: str, employer: str = "") -> own.Person:
        job = own.Affiliation(organisation=employer, starts_on=self._before(900).date()) if employer else None
        return own.Person(id=key, name=f"Person {key}", email=f"{key}@example.org", affiliations=[job] if job else [])

    def _roles(self) -> Any:
        yield from (each for each in self.base.alliance.roles if each.member is None)
        for place, member in enumerate(self.ids):
            for kind, letter in (("representative", "r"), ("signatory", "f")):
                person = f"{letter}{place}"
                yield own.Role(person=person, kind=kind, member=member, mandate="x", granted_at=self._before(800))

    def _member(self, place: int) -> own.Member:
        return own.Member(
            id=f"m{place}",
            organisation=f"o{place}",
            category=KINDS[place // 2 % len(KINDS)],
            invited_at=self._before(800),
            admitted_at=self._before(700),
            category_confirmed_by_member=f"m{(place + 3) % len(self.ids)}",
            category_confirmed_at=self._before(600),
            witnessed=True,
        )

    def _relation(self, place: int) -> own.Relation:
        other = (place + 1) % len(self.ids)
        return own.Relation(
            first=f"m{place}",
            second=f"m{other}",
            kind="supplies",
            recorded_by=f"r{place}",
            recorded_at=self._before(300),
        )

    def _party(self, place: int) -> own.AffectedParty:
        return own.AffectedParty(id=f"a{place}", name=f"Party {place}", member=f"m{place}")

    def _exhibit(self, place: int) -> own.Exhibit:
        return own.Exhibit(
            kind="contribution", record=f"c-m{place}", title="The signed mandate", address="https://example.org/m",
            added_by=f"r{place}", added_at=self._before(100), witnessed=True,
        )  # fmt: skip

    def _topics(self) -> list[own.Topic]:
        told = {member: set(self.chance.sample(self.topics, self._count())) for member in self.ids}
        confirmed, shared = self._before(60), set(self.topics[::A_GROUND])

        def position(place: int, topic: str) -> own.Position:
            member, is_shared = self.ids[place], topic in shared
            return own.Position.model_construct(
                id=f"{member}.{topic}",
                member=member,
                stance=self.chance.choice((1, 2) if is_shared else STANCES),
                salience=self.chance.randint(SHARED_FROM if is_shared else 0, 100),
                statement=self._said() if topic in told[member] else "",
                confirmed_by=f"r{place}",
                confirmed_at=confirmed,
                witnessed=True,
                is_confidential=not self.chance.randrange(CONFIDENTIAL),
            )

        return [
            own.Topic(
                id=topic, name=f"Topic {topic}", measure=self._said(),
                positions=[position(place, topic) for place in range(len(self.ids))],
            )
            for topic in self.topics
        ]  # fmt: skip

    def _count(self) -> int:
        return min(self.chance.randint(*SPEAKS_OF), len(self.topics))

    def _contribution(self, member: str) -> own.Contribution:
        return own.Contribution(
            id=f"c-{member}", member=member, kind=self.chance.choice(BRINGS), description=self._said(), mandate="x",
            signed_by=f"f{member[1:]}", signed_at=self._before(200), witnessed=True,
        )  # fmt: skip

    def _round(self, number: int) -> own.Round:
        opened = self._before(400 - 100 * number)
        steps = [
            own.Step(
                member=member, domain=core.domain, from_level=2 * number - 2, to_level=2 * number,
                signed_by=f"f{member[1:]}", signed_at=opened + timedelta(days=3), witnessed=True,
            )
            for member in self.ids
            for core in self.base.alliance.core_domains
        ]  # fmt: skip
        ends = opened + timedelta(days=9)
        return own.Round(
            number=number, state="completed", opened_at=opened, closes_at=ends, completed_at=ends, steps=steps
        )

    def _streams(self) -> list[own.ValueStream]:
        pattern = self.base.alliance.streams[0]
        found = []
        for number in range(max(1, len(self.ids) // A_STREAM)):
            served = self.ids[number * A_STREAM : (number + 2) * A_STREAM]
            links = [
                own.InterestLink(member=each, topic=topic, accepted_at=self._before(50), witnessed=True)
                for each in served
                for topic in self.chance.sample(self.topics, min(5, len(self.topics)))
            ]
            ways = {"id": f"v{number}", "title": f"Benefit {number}", "description": self._said(), "interests": links}
            forms = [each.model_copy(update={"successor": f"o{len(self.ids) - 1}"}) for each in pattern.durable_forms]
            own_part = {"is_primary": number == 0, "steward": f"r{number}", "baseline_verified_by": self.ids[-1]}
            rest = {"beneficiaries": served, "durable_forms": forms}
            found.append(pattern.model_copy(update={**ways, **own_part, **rest}))
        return found

    def _worksheet(self, member: str) -> own.Worksheet:
        return own.Worksheet(
            member=member, version=1, statement=self._said(), signed_by=f"f{member[1:]}", signed_at=self._before(90),
            witnessed=True,
        )  # fmt: skip

    def _seat(self, seat: str) -> committee.Seat:
        place = int(seat[1:]) * A_SEAT % len(self.ids)
        pattern = self.base.governance.seats[0].holdings[0]
        held = pattern.model_copy(update={"person": f"h{place}", "appointed_by": f"m{place}"})
        weight = self.chance.randint(1, HEAVIEST)
        return committee.Seat(id=seat, label=f"Seat {seat}", weight=weight, member=f"m{place}", holdings=[held])

    def _decision(self, number: int) -> committee.Decision:
        pattern = self.base.governance.decisions[0]
        electors = [
            committee.Elector(
                id=seat, seat=seat, person=f"h{int(seat[1:]) * A_SEAT % len(self.ids)}",
                ballot=committee.Ballot(choice=self.chance.choice(("yes", "no", "abstain")), cast_at=self._before(20)),
            )
            for seat in self.seats
        ]  # fmt: skip
        ways = {"number": number + 1, "topic": self.chance.choice(self.topics), "electors": electors}
        return pattern.model_copy(update=ways)


def _words(base: Evidence) -> list[str]:
    """The words in which the illustrative alliance says what it wants."""
    texts = [each.statement for topic in base.alliance.topics for each in topic.positions]
    texts += [each.description for each in base.alliance.streams] + [each.measure for each in base.alliance.topics]
    return sorted({word.lower() for text in texts for word in re.findall(r"[a-z]+", text, re.IGNORECASE)})
