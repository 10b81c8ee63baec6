"""What the charter's pages show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may
from alliance.models import Alliance, Member, Role
from alliance.states import UNDER_CHARTER, WRITABLE, Area, RoleKind, State
from audit.errors import DomainError
from audit.models import Stream
from charter.markdown import to_html
from charter.models import Charter, CharterVersion, Signature
from charter.rules import READING, rule_met
from charter.selectors.composition import Composition, compose
from charter.selectors.waiting import amending_decision
from charter.states import SIGNED_BY_EACH, Section, VersionState
from governance.models import Decision
from traits.selectors.reading import read_alliance
from traits.states import Verdict


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section as it is read: number, title, safe HTML."""

    key: str
    number: int
    title: str
    html: str
    is_empty: bool


def sections_of(document: str) -> list[SectionView]:
    """The sections of a composed document, as safe HTML."""
    kept = {each["key"]: each for each in json.loads(document)["sections"]} if document else {}
    return [
        _section(key, number, kept.get(key, {"title": str(key.label), "text": ""}))
        for number, key in enumerate(Section, start=1)
    ]


def _section(key: Section, number: int, kept: Mapping[str, Any]) -> SectionView:
    text = str(kept["text"])
    return SectionView(key, number, str(kept["title"]), to_html(text), not text.strip())


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment that is not closed yet: by which decision, what it opened, until when it is written, and whether
    that is over; when the clock closes it, and may the person."""

    decision: Decision
    areas: list[str]
    until: datetime
    is_written: bool
    closes_at: datetime
    may_close: bool


def _amendment(alliance: Alliance, person: Person) -> AmendmentView | None:
    areas, until = alliance.amended_areas, alliance.amendable_until
    if not areas or until is None:
        return None
    return AmendmentView(
        decision=amending_decision(alliance),
        areas=[str(area.label) for area in Area if area in areas],
        until=until,
        is_written=not alliance.writable_areas,
        closes_at=until + READING,
        may_close=may("charter.close_amendment", person, alliance),
    )


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The version in force, and what the record composes to while an amendment is open."""

    before: CharterVersion
    after: Composition
    may_close: bool


def next_version(alliance: Alliance, person: Person) -> NextVersion:
    """Composed anew, in a fixed number of statements. Raises DomainError where no amendment is open."""
    if not alliance.amended_areas:
        raise DomainError("no_amendment", _("No amendment is open: the charter reads as it is in force."))
    before = CharterVersion.objects.get(alliance=alliance, state=VersionState.IN_FORCE)
    after = compose(Charter.objects.select_related("alliance").get(alliance=alliance))
    return NextVersion(before, after, may("charter.close_amendment", person, alliance))


@dataclass(frozen=True, slots=True)
class TextPage:
    """The charter's text: what is in force or being signed, else the draft; None before there is a draft."""

    charter: Charter | None
    version: CharterVersion | None
    sections: list[SectionView]
    versions: list[CharterVersion]
    is_outdated: bool
    may_write: bool
    amendment: "AmendmentView | None"
    fixed: frozenset[Section]
    """What the open amendment does not word anew."""


def text_page(alliance: Alliance, person: Person) -> TextPage:
    """The charter as it reads now: five queries."""
    charter = Charter.objects.filter(alliance=alliance).first()
    versions = list(CharterVersion.objects.filter(alliance=alliance).order_by("-frozen_at", "-pk"))
    shown = [each for each in versions if each.state in {VersionState.IN_FORCE, VersionState.OFFERED}]
    version = shown[0] if shown else None
    head = Stream.objects.filter(pk=alliance.pk).first()
    document = version.document if version else charter.composed if charter else ""
    return TextPage(
        charter=charter,
        version=version,
        sections=sections_of(document) if document else [],
        versions=versions,
        is_outdated=bool(charter and not version and head and head.seq > charter.composed_seq),
        may_write=Area.TEXT in alliance.writable_areas and may("charter.write_section", person, alliance),
        amendment=_amendment(alliance, person),
        fixed=SIGNED_BY_EACH if alliance.state in UNDER_CHARTER else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A member, and whether it has signed; `mine` when the person may sign for it now."""

    member: Member
    signature: Signature | None
    mine: bool
    signatories: str


@dataclass(frozen=True, slots=True)
class Between:
    """An indicator that stands in the way of a signed charter: its name, and what to do."""

    id: str
    name: str
    advice: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class SigningPage:
    """Where the signing stands, and what this person may do; `void` is the last version, while none counts."""

    charter: Charter | None
    version: CharterVersion | None
    rows: list[SignerRow]
    signed: int
    acts: frozenset[str]
    void: CharterVersion | None
    between: list[Between]
    """What keeps a charter that enough have signed from being in force."""


def signing_page(alliance: Alliance, person: Person, at: datetime) -> SigningPage:
    """Members with their signatures under the version that is being signed, or the one in force."""
    charter = Charter.objects.filter(alliance=alliance).select_related("proposed_by").first()
    states = [VersionState.OFFERED, VersionState.IN_FORCE]
    found = CharterVersion.objects.filter(alliance=alliance).defer("document").prefetch_related("signatures")
    versions = list(found.order_by("-frozen_at", "-pk"))
    version = next((each for each in versions if each.state in states), None)
    void = None if version else next((each for each in versions if each.state == VersionState.VOID), None)
    signatures = {row.member_id: row for row in version.signed.signatures.all()} if version else {}
    roles = list(Role.objects.current().of_kind(RoleKind.SIGNATORY).filter(alliance=alliance).select_related("person"))
    members = list(alliance.members.admitted().with_names().order_by("admitted_at", "pk"))
    is_open = bool(version and version.state == VersionState.OFFERED and at < version.sign_by)
    rows = [_signer(member, signatures, roles, person, is_open=is_open) for member in members]
    return SigningPage(
        charter=charter,
        version=version,
        rows=rows,
        signed=sum(1 for row in rows if row.signature),
        acts=_acts(alliance, charter, person),
        void=void,
        between=_between(alliance, version, len(rows), at) if version else [],
    )


def _between(alliance: Alliance, version: CharterVersion, members: int, at: datetime) -> list[Between]:
    """What the gate finds on those who signed, once the rule is met: it is read as the signing itself reads it."""
    signers = [each.member_id for each in version.signatures.all() if each.witnessed]
    is_over = at >= version.sign_by
    if version.state != VersionState.OFFERED or not rule_met(
        version.signing_rule, signed=len(signers), members=members, is_over=is_over
    ):
        return []
    judged = read_alliance(alliance, at=at, only_members=signers).judged
    return [
        Between(
            id=each.indicator.id,
            name=str(each.indicator.name),
            advice=each.finding.advice,
            is_warning=each.finding.verdict == Verdict.WARN,
        )
        for each in judged
        if each.stands_in_the_way
    ]


def _signer(
    member: Member, signatures: dict[UUID, Signature], roles: list[Role], person: Person, *, is_open: bool
) -> SignerRow:
    own = [role for role in roles if role.member_id == member.pk]
    signature = signatures.get(member.pk)
    mine = is_open and signature is None and any(role.person_id == person.pk for role in own)
    return SignerRow(member, signature, mine, ", ".join(str(role.person) for role in own))


def _acts(alliance: Alliance, charter: Charter | None, person: Person) -> frozenset[str]:
    """The acts of signing that stand open to this person in this state."""
    found: set[str] = set()
    organises = may("charter.propose_ratification", person, alliance)
    if charter and alliance.state in WRITABLE and organises:
        found.add("set_signing_terms")
    if charter and alliance.state == State.READY:
        if organises and charter.proposed_at is None:
            found.add("propose")
        if charter.proposed_at is not None and may("charter.begin_ratifying", person, alliance):
            found.add("begin")
    if alliance.state == State.RATIFYING and organises:
        found.add("withdraw")
    return frozenset(found)
