"""The alliance's part of the dossier, read from the record in a fixed number of queries."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import Affiliation, ControlGroup, Organisation, Person
from alliance import schemas
from alliance.kinds import OF_ALL
from alliance.models import (
    Alliance,
    Exhibit,
    Hold,
    Opportunity,
    Position,
    Reading,
    Round,
    Step,
    Target,
    Topic,
    ValueStream,
)
from alliance.records import to_document
from alliance.references import SPACES

HoldsByThing = dict[UUID, list[schemas.Hold]]


def alliance_part(
    alliance: Alliance, *, also: Iterable[schemas.Document] = (), only: Collection[str] | None = None
) -> schemas.AlliancePart:
    """Everything about who allies and why; people and organisations that the parts in `also` name are in it too.

    `only` names the lists to gather; the others are left empty, and cost no statement.
    """
    wanted = set(schemas.AlliancePart.model_fields) if only is None else set(only)
    holds = holds_by_thing(alliance) if wanted & HELD else {}
    body: dict[str, Any] = {"alliance": to_document(schemas.Head, alliance), "members": [], "people": []}
    body |= {name: gather(alliance, holds) for name, gather in GATHERERS.items() if name in wanted}
    if "people" in wanted:
        body["people"] = _people(_values([body, *also], frozenset(SPACES["people"])))
    named = _values([body, *also], frozenset(SPACES["organisations"])) if "organisations" in wanted else set()
    return schemas.AlliancePart(**body, **_organisations(named, said={each.group for each in body["members"]} - {None}))


def _members(alliance: Alliance, holds: HoldsByThing) -> list[schemas.Member]:
    rows = alliance.members.select_related("category").order_by("invited_at", "pk")
    return [to_document(schemas.Member, row, category=row.category.name) for row in rows]


def _contributions(alliance: Alliance, holds: HoldsByThing) -> list[schemas.Contribution]:
    rows = alliance.contributions.order_by("pk")
    return [to_document(schemas.Contribution, row, currency=row.currency or None) for row in rows]


def _powers(alliance: Alliance, holds: HoldsByThing) -> list[schemas.ReservedPower]:
    rows = alliance.reserved_powers.order_by("pk")
    return [to_document(schemas.ReservedPower, row, domain=row.domain or None) for row in rows]


def _worksheets(alliance: Alliance, holds: HoldsByThing) -> list[schemas.Worksheet]:
    rows = alliance.worksheets.order_by("signed_at", "pk")
    return [to_document(schemas.Worksheet, row, figures=None) for row in rows]


def _plain(schema: type[Any], rows: str, *order: str) -> "Gatherer":
    return lambda alliance, holds: _all(schema, getattr(alliance, rows).order_by(*order))


def holds_by_thing(alliance: Alliance) -> HoldsByThing:
    """The holds on each thing, whatever its kind. One statement."""
    found: HoldsByThing = {}
    for row in Hold.objects.filter(alliance=alliance).select_related("lifting").order_by("placed_at", "pk"):
        found.setdefault(row.subject, []).append(to_document(schemas.Hold, row, lifted_at=row.lifted_at))
    return found


def open_part(part: schemas.AlliancePart, *others: schemas.Document) -> schemas.AlliancePart:
    """The part as it may leave the installation: without confidential positions.

    Evidence travels with the record that it stands on, and with the one that it is: in the part, or in `others`. What
    was taken back stays behind, for only its author and the auditor open it.
    """
    topics = [
        topic.model_copy(update={"positions": [each for each in topic.positions if not each.is_confidential]})
        for topic in part.topics
    ]
    there = part.model_copy(update={"topics": topics, "exhibits": []})
    known = _ids([there, *others])
    exhibits = [each for each in part.exhibits if each.withdrawn_at is None and _is_whole(each, known)]
    return there.model_copy(update={"exhibits": exhibits})


def _is_whole(exhibit: schemas.Exhibit, known: set[str]) -> bool:
    here = exhibit.kind == OF_ALL or exhibit.record in known
    return here and (exhibit.source is None or exhibit.source in known)


def _ids(node: Any) -> set[str]:
    """The identifiers of all records in a document."""
    if isinstance(node, list):
        return {found for item in node for found in _ids(item)}
    if not isinstance(node, schemas.Document):
        return set()
    own = getattr(node, "id", None)
    inner = _ids([getattr(node, name) for name in type(node).model_fields])
    return inner | {own} if own else inner


def _exhibits(alliance: Alliance) -> Any:
    return alliance.exhibits.select_related("withdrawal").order_by("added_at", "pk")


def _exhibit(row: Exhibit) -> schemas.Exhibit:
    back = row.withdrawal if row.is_withdrawn else None
    return to_document(
        schemas.Exhibit,
        row,
        withdrawn_by=str(back.withdrawn_by_id) if back else None,
        withdrawn_at=back.withdrawn_at if back else None,
    )


def _all(schema: type[Any], rows: Iterable[Any]) -> list[Any]:
    return [to_document(schema, row) for row in rows]


def _topics(alliance: Alliance) -> Any:
    positions = Prefetch("positions", Position.objects.order_by("confirmed_at", "pk"))
    return alliance.topics.order_by("created_at", "pk").prefetch_related(positions)


def _topic(row: Topic, holds: HoldsByThing) -> schemas.Topic:
    positions = _all(schemas.Position, row.positions.all())
    return to_document(schemas.Topic, row, positions=positions, holds=holds.get(row.pk, []))


def _rounds(alliance: Alliance) -> Any:
    return alliance.rounds.order_by("number").prefetch_related(Prefetch("steps", Step.objects.order_by("pk")))


def _round(row: Round, holds: HoldsByThing) -> schemas.Round:
    return to_document(schemas.Round, row, steps=_all(schemas.Step, row.steps.all()), holds=holds.get(row.pk, []))


def _streams(alliance: Alliance) -> Any:
    readings = Prefetch("readings", Reading.objects.order_by("read_on"))
    targets = Prefetch("targets", Target.objects.order_by("due_on"))
    opportunities = Prefetch("opportunities", Opportunity.objects.order_by("found_on", "pk"))
    related = ("beneficiaries", "interest_links", "durable_forms", readings, targets, opportunities)
    return alliance.streams.order_by("created_at", "pk").prefetch_related(*related)


def _stream(row: ValueStream) -> schemas.ValueStream:
    return to_document(
        schemas.ValueStream,
        row,
        beneficiaries=sorted(str(each.member_id) for each in row.beneficiaries.all()),
        interests=_all(schemas.InterestLink, row.interest_links.all()),
        readings=_all(schemas.Reading, row.readings.all()),
        targets=_all(schemas.Target, row.targets.all()),
        durable_forms=_all(schemas.DurableForm, row.durable_forms.all()),
        opportunities=_all(schemas.Opportunity, row.opportunities.all()),
    )


def _values(node: Any, keys: frozenset[str]) -> set[str]:
    if isinstance(node, list):
        return {value for item in node for value in _values(item, keys)}
    if isinstance(node, schemas.Document):
        return _values({name: getattr(node, name) for name in type(node).model_fields}, keys)
    if isinstance(node, dict):
        here = {value for key, value in node.items() if key in keys and _is_identifier(value)}
        return here | {value for item in node.values() for value in _values(item, keys)}
    return set()


def _is_identifier(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False


def _people(ids: set[str]) -> list[schemas.Person]:
    ordered = Prefetch("affiliations", Affiliation.objects.order_by("starts_on", "pk"))
    rows = Person.objects.filter(pk__in=[UUID(each) for each in ids]).order_by("pk").prefetch_related(ordered)
    return [
        to_document(schemas.Person, row, name=str(row), affiliations=_all(schemas.Affiliation, row.affiliations.all()))
        for row in rows
    ]


def _organisations(ids: set[str], *, said: set[str]) -> dict[str, Any]:
    """Organisations with their groups, and the groups that were said of members here."""
    keys = [UUID(each) for each in ids]
    rows = list(Organisation.objects.filter(pk__in=keys).select_related("control_group").order_by("pk"))
    groups = {row.control_group_id: row.control_group for row in rows if row.control_group}
    groups |= {row.pk: row for row in ControlGroup.objects.filter(pk__in=said).order_by("pk")} if said else {}
    return {
        "groups": [to_document(schemas.Group, group) for group in groups.values()],
        "organisations": [_organisation(row) for row in rows],
    }


def _organisation(row: Organisation) -> schemas.Organisation:
    group = str(row.control_group_id) if row.control_group_id else None
    return schemas.Organisation(id=str(row.pk), name=row.name, group=group)


Gatherer = Callable[[Alliance, HoldsByThing], list[Any]]
HELD = frozenset({"topics", "rounds"})
"""What carries holds."""
GATHERERS: dict[str, Gatherer] = {
    "affected_parties": _plain(schemas.AffectedParty, "affected_parties", "pk"),
    "members": _members,
    "roles": _plain(schemas.Role, "roles", "granted_at", "pk"),
    "relations": _plain(schemas.Relation, "relations", "recorded_at", "pk"),
    "topics": lambda alliance, holds: [_topic(row, holds) for row in _topics(alliance)],
    "member_answers": _plain(schemas.MemberAnswers, "member_answers", "answered_at", "pk"),
    "contributions": _contributions,
    "core_domains": _plain(schemas.CoreDomain, "core_domains", "pk"),
    "rounds": lambda alliance, holds: [_round(row, holds) for row in _rounds(alliance)],
    "reserved_powers": _powers,
    "streams": lambda alliance, holds: [_stream(row) for row in _streams(alliance)],
    "expectations": _plain(schemas.Expectation, "expectations", "said_at", "pk"),
    "legacy_plan": _plain(schemas.LegacyItem, "legacy_items", "pk"),
    "counsel_reviews": _plain(schemas.CounselReview, "counsel_reviews", "reviewed_at", "pk"),
    "worksheets": _worksheets,
    "exhibits": lambda alliance, holds: [_exhibit(row) for row in _exhibits(alliance)],
}
"""Each list of the record by its name in the dossier; people, organisations and groups follow from what names them."""
