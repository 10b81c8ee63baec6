"""Importing and exporting an alliance as one document."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.models import Alliance
from alliance.records import Misfit, References, place_of, to_document, to_row
from alliance.schemas import Document
from alliance.selectors.dossier import alliance_part, open_part
from alliance.services.dossier import load_alliance, load_exhibits, load_parties
from alliance.states import State
from audit import chain, clock
from audit.errors import DomainError
from audit.services import record
from audit.strictjson import BadDocument
from charter import schemas
from charter.models import Charter, CharterSection, CharterVersion, Signature
from charter.states import VersionState, VoidReason
from governance.selectors.dossier import governance_part
from governance.services.dossier import load_governance
from traits.models import Acknowledgement, ToldCheck
from traits.schemas import Acknowledgement as AcknowledgementRecord
from traits.schemas import ToldCheck as ToldRecord
from traits.services.assessments import assess_alliance


def export_dossier(alliance: Alliance, *, at: datetime) -> schemas.Dossier:
    """The alliance whole, as it stands. Open votes and reports of instruction keep what they keep."""
    governance = governance_part(alliance)
    acknowledgements = [
        to_document(AcknowledgementRecord, row) for row in alliance.acknowledgements.order_by("acknowledged_at", "pk")
    ]
    told = ToldCheck.objects.filter(alliance=alliance).first()
    told_check = to_document(ToldRecord, told) if told else None
    versions = [_version(row) for row in _versions(alliance)]
    also = [governance, *acknowledgements, *versions, *([told_check] if told_check else [])]
    part = open_part(alliance_part(alliance, also=also), governance)
    draft = Charter.objects.filter(alliance=alliance).prefetch_related("sections").first()
    return schemas.Dossier(
        format=schemas.FORMAT,
        as_of=at,
        acknowledgements=acknowledgements,
        told_check=told_check,
        charter=_charter(draft) if draft else None,
        charter_versions=versions,
        **_fields(part),
        **_fields(governance),
    )


def _fields(part: Document) -> dict[str, object]:
    return {name: getattr(part, name) for name in type(part).model_fields}


def _charter(row: Charter) -> schemas.Charter:
    sections = [to_document(schemas.CharterSection, each) for each in row.sections.all()]
    return to_document(schemas.Charter, row, sections=sorted(sections, key=lambda each: each.key))


def _versions(alliance: Alliance) -> list[CharterVersion]:
    found = (
        alliance.charter_versions.order_by("frozen_at", "pk")
        .select_related("decision", "amends")
        .prefetch_related("signatures")
    )
    return list(found)


def _version(row: CharterVersion) -> schemas.CharterVersion:
    signatures = sorted(row.signatures.all(), key=lambda each: (each.signed_at, each.pk))
    return to_document(
        schemas.CharterVersion,
        row,
        document=json.loads(row.document),
        decision=row.decision.number if row.decision else None,
        amends=row.amends.hash if row.amends else None,
        signatures=[to_document(schemas.Signature, each) for each in signatures],
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """As what a dossier is taken in: an ordinary import is not witnessed; the demo's loader keeps all, labelled."""

    witnessed: bool = False
    is_illustrative: bool = False

    def state_of(self, claimed: str) -> State:
        """The state that an imported alliance starts in: forming, whatever it claims."""
        return State(claimed) if self.is_illustrative else State.FORMING


@transaction.atomic
def import_dossier(
    *, dossier: schemas.Dossier, slug: str = "", actor: Person | None = None, standing: Standing | None = None
) -> Alliance:
    """Take in an alliance. Import is no door: what it claims is kept, but nothing of it is witnessed here.

    `slug` is the address it gets here, its own if empty. Raises BadDocument, with the place, when the slug is taken
    or records contradict each other; nothing is written then.
    """
    standing = standing or Standing()
    at = clock.read()
    slug = slug or dossier.alliance.slug
    if Alliance.objects.filter(slug=slug).exists():
        raise BadDocument("/alliance/slug", _("expected an address that is free here; name another with --slug."))
    try:
        alliance = _loaded(dossier, References(), slug, standing)
    except IntegrityError as error:
        _blame(dossier, slug, standing, str(error))
        raise BadDocument("", _("expected records that agree with one another: %s") % error) from error
    _record(alliance, dossier, standing, actor, at)
    assess_alliance(alliance=alliance, at=at, why="imported", actor=actor)
    return alliance


def _loaded(dossier: schemas.Dossier, refs: References, slug: str, standing: Standing) -> Alliance:
    """Write it, or nothing. Raises BadDocument with the place; IntegrityError where the database alone objects."""
    try:
        with transaction.atomic():
            return _load(dossier, refs, slug, standing)
    except Misfit as error:
        raise BadDocument(place_of(error.record, dossier, error.name), error.sentence) from error
    except DomainError as error:
        place, _colon, sentence = error.sentence.partition(": ")
        raise BadDocument(place, sentence) from error


def _blame(dossier: schemas.Dossier, slug: str, standing: Standing, suspect: str) -> None:
    """Read it again to find the record that the database objected to. Raises BadDocument with its place, if found."""
    with suppress(IntegrityError):
        _loaded(dossier, References(suspect=suspect), slug, standing)


def _record(
    alliance: Alliance, dossier: schemas.Dossier, standing: Standing, actor: Person | None, at: datetime
) -> None:
    record(
        "charter.dossier.imported",
        stream=alliance.pk,
        subject=alliance.pk,
        actor=actor.pk if actor else None,
        at=at,
        data={
            "digest": chain.digest(dossier.model_dump_json()),
            "witnessed": standing.witnessed,
            "illustrative": standing.is_illustrative,
        },
    )


def _load(dossier: schemas.Dossier, refs: References, slug: str, standing: Standing) -> Alliance:
    load_parties(dossier, refs)
    alliance = load_alliance(
        dossier,
        refs,
        state=standing.state_of(dossier.alliance.state),
        witnessed=standing.witnessed,
        is_illustrative=standing.is_illustrative,
        slug=slug,
    )
    load_governance(dossier, refs, alliance=alliance, witnessed=standing.witnessed)
    Acknowledgement.objects.bulk_create(
        [
            to_row(Acknowledgement, each, refs, alliance=alliance, witnessed=standing.witnessed)
            for each in dossier.acknowledgements
        ]
    )
    if dossier.told_check:
        to_row(ToldCheck, dossier.told_check, refs, alliance=alliance).save(force_insert=True)
    _load_charter(dossier, refs, alliance, standing)
    load_exhibits(dossier, refs, alliance=alliance, witnessed=standing.witnessed)
    return alliance


def _load_charter(dossier: schemas.Dossier, refs: References, alliance: Alliance, standing: Standing) -> None:
    if dossier.charter:
        charter = to_row(Charter, dossier.charter, refs, alliance=alliance, changed_at=alliance.created_at)
        charter.save(force_insert=True)
        CharterSection.objects.bulk_create(
            [to_row(CharterSection, each, refs, charter=charter) for each in dossier.charter.sections]
        )
    for each in dossier.charter_versions:
        given: dict[str, Any] = {
            "decision": alliance.decisions.filter(number=each.decision).first() if each.decision else None,
            "amends": alliance.charter_versions.filter(hash=each.amends).first() if each.amends else None,
        }
        if not standing.witnessed:
            given |= {"state": VersionState.VOID, "void_reason": VoidReason.IMPORTED}
        version = to_row(
            CharterVersion, each, refs, alliance=alliance, document=chain.canonical(each.document), **given
        )
        version.save(force_insert=True)
        for signature in each.signatures:
            to_row(Signature, signature, refs, alliance=alliance, version=version, witnessed=standing.witnessed).save(
                force_insert=True
            )
