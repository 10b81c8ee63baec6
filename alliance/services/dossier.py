"""Writing the alliance's part of a dossier into the record, in the caller's transaction.

What is written here is not witnessed, unless the caller says that it may be (the demo's loader).
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import Affiliation, ControlGroup, Organisation, Person
from accounts.rules import name_key
from alliance import schemas, sealing
from alliance.kinds import OF_ALL, kind_named
from alliance.models import (
    AffectedParty,
    Alliance,
    Beneficiary,
    Category,
    Contribution,
    CoreDomain,
    CounselReview,
    DurableForm,
    Exhibit,
    ExhibitWithdrawal,
    Expectation,
    Hold,
    HoldLifting,
    InterestLink,
    LegacyItem,
    Member,
    MemberAnswers,
    Opportunity,
    Position,
    Reading,
    Relation,
    ReservedPower,
    Role,
    Round,
    Step,
    Target,
    Topic,
    ValueStream,
    Worksheet,
)
from alliance.records import Misfit, References, fitting, to_row
from alliance.selectors.holds import ROUND, TOPIC
from alliance.services.founding import raise_to_floor
from alliance.states import State
from audit.errors import DomainError


def load_parties(part: schemas.AlliancePart, refs: References) -> None:
    """Find or make the organisations and people that a dossier names: organisations by name, people by address.

    Raises DomainError when a known organisation stands under another control than the dossier says.
    """
    for record in part.groups:
        fitting(ControlGroup, record, "name")
        group, _new = ControlGroup.objects.get_or_create(name=record.name)
        refs.add(record.id, group)
    for index, each in enumerate(part.organisations):
        refs.add(each.id, _organisation(each, index, refs))
    for who in part.people:
        refs.add(who.id, _person(who, refs))


def _organisation(record: schemas.Organisation, index: int, refs: References) -> Organisation:
    fitting(Organisation, record, "name")
    group = refs.row(ControlGroup, record.group) if record.group else None
    known = Organisation.objects.called(record.name).first()
    if known is None:
        return Organisation.objects.create(name=record.name, control_group=group)
    if known.control_group_id != (group.pk if group else None):
        raise DomainError(
            "control_differs",
            f"/organisations/{index}/group: expected the control under which this organisation stands here",
        )
    return known


def _person(record: schemas.Person, refs: References) -> Person:
    fitting(Person, record, "name")
    known = Person.objects.filter(email=record.email.lower()).first()
    person = known or Person.objects.create_user(record.email, None, name=record.name, time_zone=record.time_zone)
    if known is None:
        rows = [to_row(Affiliation, each, refs, person=person) for each in record.affiliations]
        Affiliation.objects.bulk_create(rows)
    return person


def load_alliance(
    part: schemas.AlliancePart, refs: References, *, state: State, witnessed: bool, is_illustrative: bool, slug: str
) -> Alliance:
    """Write an alliance with everything in its part. `refs` gets its members and topics."""
    alliance = to_row(Alliance, part.alliance, refs, state=state, slug=slug, is_illustrative=is_illustrative)
    alliance.save(force_insert=True)
    writer = _Writer(alliance, refs, witnessed=witnessed)
    _load_members(part, writer)
    _load_interests(part, writer)
    _load_control(part, writer)
    for stream in part.streams:
        _load_stream(stream, writer)
    writer.all(AffectedParty, part.affected_parties)
    writer.all(Role, part.roles)
    writer.all(Relation, part.relations)
    writer.all(Contribution, part.contributions)
    raise_to_floor(alliance)
    writer.all(LegacyItem, part.legacy_plan)
    writer.all(Expectation, part.expectations)
    writer.all(CounselReview, part.counsel_reviews)
    for answers in part.member_answers:
        writer.row(MemberAnswers, answers, sealed_for=UUID(answers.sealed_for)).save(force_insert=True)
    for worksheet in part.worksheets:
        _load_worksheet(worksheet, writer)
    return alliance


def _load_worksheet(record: schemas.Worksheet, writer: "_Writer") -> None:
    member = writer.refs.row(Member, record.member)
    sealed: dict[str, Any] = {"sealed_for": UUID(record.sealed_for) if record.sealed_for else None}
    if record.figures:
        figures = sealing.figures_of(record.figures)
        sealed = {
            "ciphertext": sealing.seal(figures, member=member.pk, version=record.version),
            "key_id": sealing.current_key_id(),
            "sealed_for": member.pk,
        }
    writer.row(Worksheet, record, **sealed).save(force_insert=True)


class _Writer:
    """Writes records of one alliance: as witnessed as the caller may say, and no more."""

    def __init__(self, alliance: Alliance, refs: References, *, witnessed: bool) -> None:
        self.alliance, self.refs, self.witnessed = alliance, refs, witnessed

    def row(self, model: type[Model], record: schemas.Document, /, **given: Any) -> Any:
        names = {field.name for field in model._meta.concrete_fields}
        if "alliance" in names:
            given["alliance"] = self.alliance
        if "witnessed" in names:
            given["witnessed"] = self.witnessed
        row = to_row(model, record, self.refs, **given)
        ref = getattr(record, "id", None)
        if ref:
            self.refs.add(ref, row)
        return row

    def all(self, model: type[Any], records: list[Any], **given: Any) -> list[Any]:
        rows: list[Any] = model.objects.bulk_create([self.row(model, record, **given) for record in records])
        return rows


def load_holds(records: Iterable[schemas.Hold], refs: References, **given: Any) -> None:
    """The holds on one thing, and their liftings."""
    for record in records:
        hold = to_row(Hold, record, refs, **given)
        hold.save(force_insert=True)
        if record.lifted_at:
            HoldLifting.objects.create(hold=hold, lifted_at=record.lifted_at)


def _load_members(part: schemas.AlliancePart, writer: _Writer) -> None:
    for record in part.members:
        fitting(Category, record, "category", into="name")
    kinds = {name_key(record.category): record.category for record in part.members}
    categories = {key: Category.objects.create(alliance=writer.alliance, name=name) for key, name in kinds.items()}
    late = ("category_confirmed_by_member",)
    for record in part.members:
        writer.row(Member, record, category=categories[name_key(record.category)], **dict.fromkeys(late)).save(
            force_insert=True
        )
    for record in part.members:
        if record.category_confirmed_by_member:
            member = writer.refs.row(Member, record.id)
            member.category_confirmed_by_member = writer.refs.row(Member, record.category_confirmed_by_member)
            member.save(update_fields=["category_confirmed_by_member"])


def _load_interests(part: schemas.AlliancePart, writer: _Writer) -> None:
    writer.all(Topic, part.topics, created_at=part.alliance.created_at)
    for record in part.topics:
        topic = writer.refs.row(Topic, record.id)
        writer.all(Position, record.positions, topic=topic)
        held = {"alliance": writer.alliance, "kind": TOPIC, "subject": topic.pk, "title": topic.name}
        load_holds(record.holds, writer.refs, **held, witnessed=writer.witnessed)


def _load_control(part: schemas.AlliancePart, writer: _Writer) -> None:
    writer.all(CoreDomain, part.core_domains)
    writer.all(ReservedPower, part.reserved_powers)
    for record in part.rounds:
        opened = writer.row(Round, record)
        opened.save(force_insert=True)
        writer.all(Step, record.steps, round=opened)
        title = _("Round %(number)s of shared control") % {"number": opened.number}
        held = {"alliance": writer.alliance, "kind": ROUND, "subject": opened.pk, "title": title}
        load_holds(record.holds, writer.refs, **held, witnessed=writer.witnessed)


def _load_stream(record: schemas.ValueStream, writer: _Writer) -> None:
    stream = writer.row(ValueStream, record, created_at=writer.alliance.created_at)
    stream.save(force_insert=True)
    Beneficiary.objects.bulk_create(
        [Beneficiary(stream=stream, member=writer.refs.row(Member, ref)) for ref in record.beneficiaries]
    )
    writer.all(InterestLink, record.interests, stream=stream)
    writer.all(Reading, record.readings, stream=stream)
    writer.all(Target, record.targets, stream=stream)
    writer.all(DurableForm, record.durable_forms, stream=stream)
    writer.all(Opportunity, record.opportunities, stream=stream)


def load_exhibits(part: schemas.AlliancePart, refs: References, *, alliance: Alliance, witnessed: bool) -> None:
    """Write evidence, once all records are there. Files came without their bytes. Raises Misfit for a loose end."""
    writer = _Writer(alliance, refs, witnessed=witnessed)
    for each in part.exhibits:
        record = _named(each, "record", each.kind, each.record, writer)
        source = _named(each, "source", each.source_kind, each.source, writer) if each.source else None
        row = writer.row(Exhibit, each, record=record, source=source)
        row.save(force_insert=True)
        if each.withdrawn_by and each.withdrawn_at:
            by = refs.row(Person, each.withdrawn_by)
            ExhibitWithdrawal.objects.create(exhibit=row, withdrawn_by=by, withdrawn_at=each.withdrawn_at)


def _named(exhibit: schemas.Exhibit, name: str, kind: str, ref: str, writer: _Writer) -> UUID:
    known = kind_named(kind)
    if known is None or (name == "record" and not known.may):
        field = "kind" if name == "record" else "source_kind"
        raise Misfit(exhibit, field, "expected a kind of record that takes evidence, or is evidence.")
    if kind == OF_ALL:
        return writer.alliance.pk
    try:
        found: UUID = writer.refs.row(known.model, ref).pk
    except KeyError as error:
        raise Misfit(exhibit, name, "expected the identifier of a record of this kind in this document.") from error
    return found
