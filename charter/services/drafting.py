"""Writing the charter: its template, its sections, and the terms of signing."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance.models import Alliance
from alliance.services.locking import lock, require_writable
from alliance.states import UNDER_CHARTER, WRITABLE, Area
from audit.errors import DomainError
from audit.models import Stream
from audit.services import record
from charter import merge
from charter.models import Charter, CharterSection
from charter.selectors.composition import compose, known_fields
from charter.selectors.template import template_vote
from charter.states import SIGNED_BY_EACH, Section, SigningRule, Template
from charter.texts import default_text

NOTICE_AT_LEAST = 14


def draft_of(alliance: Alliance) -> Charter:
    """The draft that a command is about. Raises DomainError while there is none."""
    drafts = Charter.objects.select_related("alliance").prefetch_related("sections")
    found: Charter | None = drafts.filter(alliance=alliance).first()
    if found is None:
        raise DomainError("no_draft", _("No charter is drafted yet. Choose a template for it first."))
    return found


@transaction.atomic
def draft_charter(*, actor: Person, alliance: Alliance, template: Template) -> Charter:
    """Start the charter from a template: twenty sections with default text. Starting anew replaces the text.

    Raises DomainError under a charter, where an amendment changes sections and leaves the others as they were signed.
    """
    alliance, at = lock(alliance)
    require("charter.draft_charter", actor, alliance)
    if alliance.amended_areas:
        raise DomainError("under_charter", _("An amendment changes the charter section by section: write those."))
    _require_chosen(alliance, template)
    charter = start_from(alliance, template, at)
    record(
        "charter.draft.started",
        stream=alliance.pk,
        actor=actor.pk,
        subject=alliance.pk,
        at=at,
        data={"template": template},
    )
    refresh_composition(charter)
    return charter


def _require_chosen(alliance: Alliance, template: Template) -> None:
    """What the members chose by vote binds whoever starts the text."""
    vote = template_vote(alliance)
    if vote is not None and vote.effect_data["template"] != template:
        name = Template(vote.effect_data["template"]).label
        raise DomainError(
            "template_chosen",
            _("The members chose “%(name)s” (decision %(number)s). Start from it, or have them choose anew.")
            % {"name": name, "number": vote.number},
            field="template",
        )


def start_from(alliance: Alliance, template: Template, at: datetime) -> Charter:
    """The twenty sections of a template, in the caller's transaction and under its lock and event."""
    require_writable(alliance, Area.TEXT)
    charter, _new = Charter.objects.update_or_create(
        alliance=alliance, defaults={"template": template, "changed_at": at, "proposed_at": None, "proposed_by": None}
    )
    charter.sections.all().delete()
    CharterSection.objects.bulk_create(
        [CharterSection(charter=charter, key=key, text=default_text(key, template)) for key in Section]
    )
    return charter


@transaction.atomic
def write_section(*, actor: Person, charter: Charter, key: Section, text: str) -> CharterSection:
    """Write one section's text. Its merge fields must be ones that the record has; changing it ends a proposal.

    Raises DomainError under a charter for what each member has signed for itself (SIGNED_BY_EACH).
    """
    alliance, at = lock(charter.alliance_id)
    require("charter.write_section", actor, alliance)
    require_writable(alliance, Area.TEXT)
    if alliance.state in UNDER_CHARTER and key in SIGNED_BY_EACH:
        raise DomainError(
            "signed_by_each",
            _("Each member signed for this itself: an amendment does not word this section anew."),
            field="text",
        )
    if not text.strip():
        raise DomainError("text_missing", _("A section needs a text."), field="text")
    unknown = sorted(merge.fields_in(text) - known_fields())
    if unknown:
        raise DomainError(
            "unknown_field", _("There is no field “%(name)s” to fill in.") % {"name": unknown[0]}, field="text"
        )
    section, _new = CharterSection.objects.update_or_create(charter=charter, key=key, defaults={"text": text})
    _changed(charter, at)
    record(
        "charter.section.written", stream=alliance.pk, actor=actor.pk, subject=section.pk, at=at, data={"section": key}
    )
    refresh_composition(charter)
    return section


@transaction.atomic
def set_signing_terms(*, actor: Person, charter: Charter, signing_rule: SigningRule, notice_days: int) -> Charter:
    """Say who must sign, and for how many days the charter lies open for signing (14 at least)."""
    alliance, at = lock(charter.alliance_id)
    require("charter.set_signing_terms", actor, alliance)
    require_writable(alliance, Area.TEXT)
    if notice_days < NOTICE_AT_LEAST:
        raise DomainError("notice_short", _("Leave at least 14 days to sign."), field="notice_days")
    charter.signing_rule, charter.notice_days = signing_rule, notice_days
    charter.save(update_fields=["signing_rule", "notice_days"])
    _changed(charter, at)
    record(
        "charter.signing_terms.set",
        stream=alliance.pk,
        actor=actor.pk,
        subject=alliance.pk,
        at=at,
        data={"rule": signing_rule, "days": notice_days},
    )
    refresh_composition(charter)
    return charter


def refresh_composition(charter: Charter) -> None:
    """Compose the copy for reading anew. Nothing happens by it, so nothing is recorded."""
    head = Stream.objects.filter(pk=charter.alliance_id).first()
    composition = compose(Charter.objects.select_related("alliance").get(pk=charter.pk))
    Charter.objects.filter(pk=charter.pk).update(
        composed=composition.document, composed_hash=composition.hash, composed_seq=head.seq if head else 0
    )


def outdated_charters(most: int = 50) -> list[Charter]:
    """Drafts whose alliance's stream has moved on since they were composed."""
    head = Stream.objects.filter(pk=OuterRef("alliance_id")).values("seq")[:1]
    moved = Charter.objects.annotate(head=Subquery(head)).filter(head__gt=F("composed_seq"))
    return list(moved.filter(alliance__state__in=WRITABLE).order_by("composed_seq", "pk")[:most])


def _changed(charter: Charter, at: datetime) -> None:
    charter.changed_at, charter.proposed_at, charter.proposed_by = at, None, None
    charter.save(update_fields=["changed_at", "proposed_at", "proposed_by"])
