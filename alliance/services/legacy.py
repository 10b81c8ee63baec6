"""What outlives the alliance: durable forms with their successors, the legacy plan, the next problem."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from accounts.permissions import require
from accounts.rules import name_key
from alliance.models import Alliance, DurableForm, LegacyItem, ValueStream
from alliance.services.locking import lock, require_living, require_writable, tell
from alliance.states import SIGNED_PARTS, UNDER_CHARTER, Area, Form, LegacyPart
from audit.errors import DomainError


@transaction.atomic
def add_durable_form(
    *, actor: Person, stream: ValueStream, form: Form, description: str, successor: str
) -> DurableForm:
    """Say in what a benefit lives on and which organisation would keep it; that organisation accepts by itself."""
    alliance, at = lock(stream.alliance_id)
    require("alliance.add_durable_form", actor, stream)
    require_writable(alliance, Area.VALUE)
    if not successor.strip():
        raise DomainError("successor_missing", _("Name the organisation that would keep it."), field="successor")
    organisation, _new = Organisation.objects.enter(successor)
    durable = DurableForm.objects.create(stream=stream, form=form, description=description, successor=organisation)
    tell("durable_form.added", alliance, actor=actor, subject=durable, at=at, data={"form": form})
    return durable


@transaction.atomic
def accept_succession(*, actor: Person, form: DurableForm, acceptance: str) -> DurableForm:
    """The successor's own person accepts in writing to keep a benefit alive."""
    alliance, at = lock(form.stream.alliance_id)
    require("alliance.accept_succession", actor, form)
    require_living(alliance)
    form = DurableForm.objects.select_related("stream__alliance").get(pk=form.pk)
    if form.accepted_at and form.witnessed:
        raise DomainError("accepted_already", _("Your organisation has accepted already."))
    if not acceptance.strip():
        raise DomainError("acceptance_missing", _("Write what your organisation accepts to keep."), field="acceptance")
    form.accepted_by, form.accepted_at, form.acceptance, form.witnessed = actor, at, acceptance, True
    form.save(update_fields=["accepted_by", "accepted_at", "acceptance", "witnessed"])
    tell("succession.accepted", alliance, actor=actor, subject=form, at=at)
    return form


@transaction.atomic
def write_legacy_item(*, actor: Person, alliance: Alliance, part: LegacyPart, text: str, owner: str) -> LegacyItem:
    """Say what becomes of one of the six parts when the alliance ends, and which organisation sees to it.

    Under a charter each member has signed for what becomes of funds and liabilities: an amendment names another
    organisation, in the same words. Raises DomainError otherwise.
    """
    alliance, at = lock(alliance)
    require("alliance.write_legacy_item", actor, alliance)
    require_writable(alliance, Area.VALUE)
    kept = alliance.legacy_items.filter(part=part).first() if part in SIGNED_PARTS else None
    if alliance.state in UNDER_CHARTER and kept and name_key(kept.text) != name_key(text):
        raise DomainError(
            "signed_by_each",
            _("Each member signed for what becomes of this: an amendment may name who sees to it, in the same words."),
            field="text",
        )
    organisation = Organisation.objects.enter(owner)[0] if owner.strip() else None
    item, _new = LegacyItem.objects.update_or_create(
        alliance=alliance, part=part, defaults={"text": text, "owner": organisation}
    )
    tell("legacy_plan.written", alliance, actor=actor, subject=item, at=at, data={"part": part})
    return item
