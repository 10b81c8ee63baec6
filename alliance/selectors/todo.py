"""What waits for a person in their alliances: two statements, whatever the number of alliances and roles."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.todo import Todo
from alliance import rules
from alliance.models import (
    Contribution,
    ControlClaim,
    Hold,
    InterestLink,
    Member,
    MemberAnswers,
    Position,
    Role,
    Step,
    Topic,
    ValueStream,
    Worksheet,
)
from alliance.selectors.holds import ROUND, TOPIC
from alliance.states import BEFORE_CHARTER, LIVING, WRITABLE, Membership, Participation, RoleKind, RoundState

SOON = timedelta(days=30)


def todos_of(person: Person, at: datetime) -> Iterable[Todo]:
    """Questions, contributions and rounds, positions and worksheets missing, members to admit, stewardships, links."""
    seen: set[Any] = set()
    for role in _roles(person, at):
        for key, todo in _of_role(role, at):
            if key not in seen:
                seen.add(key)
                yield todo
    for stream in _streams(person):
        yield from _of_stream(stream)


def _roles(person: Person, at: datetime) -> Iterable[Any]:
    """The person's roles in living alliances, each with what waits for it."""
    mine = {"member": OuterRef("member")}
    unsigned = Contribution.objects.filter(Q(signed_at=None) | Q(witnessed=False), **mine)
    steps = Step.objects.filter(signed_at=None, round__state=RoundState.OPEN, round__closes_at__gt=at, **mine)
    steps = steps.filter(~Exists(Hold.objects.standing_at(at).on(ROUND, OuterRef("round"))))
    firm = Position.objects.filter(stance__gte=rules.FOR, salience__gte=rules.FIRM_SALIENCE, witnessed=True, **mine)
    firm = firm.on_its_words()
    said = Position.objects.filter(topic=OuterRef("pk"), member=OuterRef(OuterRef("member")), witnessed=True)
    said = said.on_its_words()
    held = Hold.objects.standing_at(at).on(TOPIC, OuterRef("pk"))
    unsaid = Topic.objects.filter(~Exists(said), ~Exists(held), alliance=OuterRef("alliance"))
    waiting = Member.objects.filter(alliance=OuterRef("alliance"), state=Membership.ACCEPTED)
    claims = ControlClaim.objects.filter(member__alliance=OuterRef("alliance")).exclude(said_by=person)
    own = Coalesce(OuterRef("member__group"), OuterRef("member__organisation__control_group"))
    return (
        Role.objects.current()
        .filter(person=person, alliance__state__in=LIVING)
        .select_related("alliance", "member__organisation")
        .annotate(
            unsigned=_count(unsigned, "member"),
            round_id=Subquery(steps.order_by("round").values("round")[:1], output_field=UUIDField()),
            round_closes_at=Subquery(steps.order_by("round").values("round__closes_at")[:1]),
            unsaid=_count(unsaid, "alliance"),
            confirmed_at=Subquery(firm.order_by("-confirmed_at").values("confirmed_at")[:1]),
            has_spoken=Exists(MemberAnswers.objects.filter(**mine)) | Exists(Position.objects.filter(**mine)),
            has_worksheet=Exists(Worksheet.objects.filter(witnessed=True, **mine)),
            waiting=_count(waiting, "alliance"),
            claims=_count(claims, "member__alliance"),
            claims_to_us=_count(claims.filter(group=own).exclude(member=OuterRef("member")), "member__alliance"),
        )
        .order_by("granted_at", "pk")
    )


def _count(rows: QuerySet[Any], by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(number=Count("pk")).values("number"))


def _of_role(role: Any, at: datetime) -> Iterator[tuple[Any, Todo]]:
    """What waits for one role; the key tells the same thing reached by another role of the person."""
    if role.kind == RoleKind.ORGANISER and role.waiting and role.alliance.state in WRITABLE:
        what = ngettext("Admit %(n)d organisation", "Admit %(n)d organisations", role.waiting) % {"n": role.waiting}
        yield ("admit", role.alliance_id), _todo(role, what, "members", _("Admit"))
    is_asked = role.kind == RoleKind.REPRESENTATIVE and not role.has_spoken and role.alliance.state in WRITABLE
    if is_asked and role.member and role.member.state in {Membership.ACCEPTED, Membership.ADMITTED}:
        what = _("Answer six questions for %(member)s") % {"member": role.member}
        yield ("questions", role.member_id), _todo(role, what, "answer_questions", _("Answer"), role.member_id)
    yield from _of_claims(role)
    if role.member is None or role.member.state != Membership.ADMITTED:
        return
    if role.kind == RoleKind.SIGNATORY:
        yield from _to_sign(role)
    if role.kind == RoleKind.REPRESENTATIVE and role.unsaid and not is_asked:
        what = ngettext(
            "State a position on %(n)d topic", "State positions on %(n)d topics", role.unsaid
        ) % {"n": role.unsaid}  # fmt: skip
        yield ("positions", role.member_id), _todo(role, what, "positions", _("State"), role.member_id)
    if role.kind == RoleKind.REPRESENTATIVE and role.confirmed_at:
        yield from _to_confirm(role, at)
    yield from _of_public(role)
    if role.member.participation == Participation.VOTING and not role.has_worksheet:
        what = _("Say why %(member)s is better off") % {"member": role.member}
        yield ("worksheet", role.member_id), _todo(role, what, "worksheets", _("Fill in"))


def _of_claims(role: Any) -> Iterator[tuple[Any, Todo]]:
    """What others say of who controls them, where this role's group, or the auditor, is to confirm it."""
    if role.claims if role.kind == RoleKind.AUDITOR else role.claims_to_us:
        yield ("claims", role.alliance_id), _todo(role, _("Confirm who controls whom"), "members", _("Look at it"))


def _of_public(role: Any) -> Iterator[tuple[Any, Todo]]:
    """What a public participant has not said yet, before the charter names it."""
    if role.kind == RoleKind.REPRESENTATIVE and role.member.is_undescribed and role.alliance.state in WRITABLE:
        what = _("Say what %(member)s cannot cede, and what it gains") % {"member": role.member}
        yield ("public", role.member_id), _todo(role, what, "public_part", _("Say it"), role.member_id)


def _to_confirm(role: Any, at: datetime) -> Iterator[tuple[Any, Todo]]:
    """Interests that were confirmed long ago: from thirty days before they lapse."""
    until = role.confirmed_at + rules.CONFIRMED_FOR
    if until - at > SOON:
        return
    what = _("Confirm what %(member)s wants") % {"member": role.member}
    note = ""
    if until < at and role.alliance.state not in BEFORE_CHARTER:
        note = _("It cannot vote until then")
    todo = _todo(role, what, "positions", _("Confirm"), role.member_id, due_at=until)
    yield ("confirm", role.member_id), replace(todo, note=note)


def _to_sign(role: Any) -> Iterator[tuple[Any, Todo]]:
    if role.unsigned:
        words = {"n": role.unsigned, "member": role.member}
        what = ngettext(
            "Sign %(n)d contribution of %(member)s", "Sign %(n)d contributions of %(member)s", role.unsigned
        ) % words  # fmt: skip
        yield ("contributions", role.member_id), _todo(role, what, "contributions", _("Sign"))
    if role.round_id:
        what = _("Sign the steps of %(member)s") % {"member": role.member}
        todo = _todo(role, what, "sign_steps", _("Sign"), role.round_id, role.member_id, due_at=role.round_closes_at)
        yield ("round", role.member_id), todo


def _todo(role: Any, what: str, page: str, verb: str, *keys: Any, due_at: datetime | None = None) -> Todo:
    url = reverse(f"alliance:{page}", args=[role.alliance.slug, *keys])
    return Todo(what=what, where=role.alliance.name, url=url, verb=verb, due_at=due_at)


def _streams(person: Person) -> Iterable[Any]:
    """Streams that the person is asked to keep, or keeps while links wait."""
    links = InterestLink.objects.filter(Q(accepted_at=None) | Q(witnessed=False), stream=OuterRef("pk"))
    return (
        ValueStream.objects.filter(steward=person, alliance__state__in=LIVING)
        .select_related("alliance")
        .annotate(links=_count(links, "stream"))
        .filter(Q(links__gt=0) | Q(steward_accepted_at=None) | Q(witnessed=False))
        .order_by("created_at", "pk")
    )


def _of_stream(stream: Any) -> Iterator[Todo]:
    url = reverse("alliance:stream", args=[stream.alliance.slug, stream.pk])
    where = stream.alliance.name
    if stream.steward_accepted_at is None or not stream.witnessed:
        yield Todo(
            what=_("Keep “%(title)s”: you are asked") % {"title": stream}, where=where, url=url, verb=_("Answer")
        )
    elif stream.links:
        words = {"n": stream.links, "title": stream}
        what = ngettext(
            "Accept %(n)d interest linked to “%(title)s”", "Accept %(n)d interests linked to “%(title)s”", stream.links
        ) % words  # fmt: skip
        yield Todo(what=what, where=where, url=url, verb=_("Look at it"))
