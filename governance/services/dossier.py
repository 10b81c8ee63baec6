"""Writing the governance part of a dossier into the record, in the caller's transaction."""

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model

from accounts.models import Person
from alliance.models import Alliance, Member
from alliance.records import Misfit, References, to_row
from alliance.services.dossier import load_holds
from audit import chain
from audit.errors import DomainError
from governance import effects, schemas
from governance.models import (
    Addition,
    Attestation,
    Ballot,
    BallotVersion,
    CommitteeTerms,
    Conformance,
    Decision,
    DecisionClass,
    Disclosure,
    Elector,
    Holding,
    Officer,
    Outcome,
    Seat,
    Suggestion,
)
from governance.selectors.holds import DECISION
from governance.states import DecisionState


def load_governance(part: schemas.GovernancePart, refs: References, *, alliance: Alliance, witnessed: bool) -> None:
    """Write committee, classes and decisions. Decisions that were open are drafts again: their window was elsewhere.

    Reports of instruction are not taken over: they are in confidence, and have no text here.
    """
    if part.committee:
        to_row(CommitteeTerms, part.committee, refs, alliance=alliance).save(force_insert=True)
    at = alliance.created_at
    for seat in part.seats:
        row = to_row(Seat, seat, refs, alliance=alliance, created_at=at)
        row.save(force_insert=True)
        refs.add(seat.id, row)
        for holding in seat.holdings:
            _load_holding(holding, row, refs, witnessed=witnessed)
    classes = {each.key: _load_class(each, refs, alliance, at) for each in part.classes}
    decisions: dict[int, Decision] = {}
    for each in sorted(part.decisions, key=lambda each: each.number):
        reopened = _reopened(each, decisions)
        decisions[each.number] = _load_decision(
            each, classes[each.decision_class], refs, alliance, reopened, witnessed=witnessed
        )
    Officer.objects.bulk_create(
        [
            to_row(
                Officer,
                each,
                refs,
                alliance=alliance,
                decision=decisions[each.decision] if each.decision else None,
                witnessed=witnessed,
            )
            for each in part.officers
        ]
    )


def _load_holding(record: schemas.Holding, seat: Seat, refs: References, *, witnessed: bool) -> None:
    given: dict[str, Any] = {"alliance": seat.alliance, "witnessed": witnessed}
    holding = to_row(Holding, record, refs, seat=seat, **given)
    if not holding.left_at and Holding.objects.current().filter(alliance=seat.alliance, person=holding.person).exists():
        raise Misfit(record, "person", "expected somebody who holds, or is named for, no other seat.")
    holding.save(force_insert=True)
    for each in record.attestations:
        attested = to_row(Attestation, each, refs, holding=holding, text_hash="", **given)
        attested.save(force_insert=True)
        refs.add(each.id, attested)
    for said in record.disclosures:
        disclosed = to_row(Disclosure, said, refs, holding=holding, **given)
        disclosed.save(force_insert=True)
        refs.add(said.id, disclosed)
    Addition.objects.bulk_create([to_row(Addition, each, refs, holding=holding, **given) for each in record.additions])


def _load_class(record: schemas.DecisionClass, refs: References, alliance: Alliance, at: datetime) -> DecisionClass:
    row = to_row(DecisionClass, record, refs, alliance=alliance, created_at=at)
    row.save(force_insert=True)
    return row


def _reopened(record: schemas.Decision, earlier: dict[int, Decision]) -> Decision | None:
    if record.reopens is None:
        return None
    found = earlier.get(record.reopens)
    if found is None or found.effective_at is None:
        raise Misfit(record, "reopens", "expected the number of an earlier decision that was adopted.")
    return found


def _load_decision(
    record: schemas.Decision,
    decision_class: DecisionClass,
    refs: References,
    alliance: Alliance,
    reopens: Decision | None,
    *,
    witnessed: bool,
) -> Decision:
    given: dict[str, Any] = {"alliance": alliance, "decision_class": decision_class, "witnessed": witnessed}
    given["reopens"] = reopens
    given["effect_data"] = _resolved(record.effect_data, refs)
    if record.state == str(DecisionState.OPEN):
        given |= {"state": DecisionState.DRAFT, "opened_at": None, "closes_at": None}
    decision = to_row(Decision, record, refs, **given)
    if record.state == str(DecisionState.EFFECTIVE):
        decision.took_effect_at = record.effective_at
    if record.outcomes:
        decision.closed_at = record.closes_at
    _check_effect(record, decision)
    decision.save(force_insert=True)
    refs.add(record.id, decision)
    _load_what_was_said(record, decision, refs, witnessed=witnessed)
    if record.outcomes:
        for elector in record.electors:
            _load_elector(elector, decision, refs)
        for outcome in record.outcomes:
            _load_outcome(outcome, decision, refs, witnessed=witnessed)
    return decision


def _load_what_was_said(record: schemas.Decision, decision: Decision, refs: References, *, witnessed: bool) -> None:
    """Holds on it, changes suggested to it, and who meets what it adopted."""
    held = {"alliance": decision.alliance, "kind": DECISION, "subject": decision.pk, "title": decision.title}
    load_holds(record.holds, refs, **held, witnessed=witnessed)
    given: dict[str, Any] = {"alliance": decision.alliance, "decision": decision, "witnessed": witnessed}
    for said in record.suggestions:
        to_row(Suggestion, said, refs, text_hash="", **given).save(force_insert=True)
    for met in record.conformances:
        to_row(Conformance, met, refs, **given).save(force_insert=True)


def _check_effect(record: schemas.Decision, decision: Decision) -> None:
    """What an effect would do can be said in a sentence, as the decision's page says it."""
    try:
        effects.find(decision.effect).describe(decision.alliance, decision.effect_data)
    except DomainError as error:
        raise Misfit(record, "effect", error.sentence) from error
    except (LookupError, TypeError, ValueError, AttributeError, ValidationError, ObjectDoesNotExist) as error:
        raise Misfit(record, "effect_data", f"expected what the effect “{decision.effect}” needs.") from error


def _resolved(node: Any, refs: References) -> Any:
    """An effect's data with the document's identifiers replaced by this installation's."""
    if isinstance(node, list):
        return [_resolved(item, refs) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _resolved_value(key, value, refs) for key, value in node.items()}


def _resolved_value(key: str, value: Any, refs: References) -> Any:
    models: dict[str, type[Model]] = {"person": Person, "seat": Seat, "member": Member, "appointed_by": Member}
    if key in models and isinstance(value, str):
        return str(refs.row(models[key], value).pk)
    return _resolved(value, refs)


def _load_outcome(record: schemas.Outcome, decision: Decision, refs: References, *, witnessed: bool) -> None:
    to_row(
        Outcome,
        record,
        refs,
        alliance=decision.alliance,
        decision=decision,
        case=chain.canonical(record.case),
        figures=record.case.get("expect") or {},
        witnessed=witnessed,
    ).save(force_insert=True)


def _load_elector(record: schemas.Elector, decision: Decision, refs: References) -> None:
    elector = to_row(Elector, record, refs, alliance=decision.alliance, decision=decision, key=record.id)
    elector.group = elector.member.group_key if elector.member else None
    elector.save(force_insert=True)
    if not record.ballot:
        return
    ballot = Ballot.objects.create(
        alliance=decision.alliance, decision=decision, elector=elector, cast_at=record.ballot.cast_at
    )
    salt = secrets.token_hex(32)
    BallotVersion.objects.create(
        ballot=ballot,
        number=1,
        choice=record.ballot.choice,
        reason=record.ballot.reason,
        salt=salt,
        commitment=chain.commitment(salt, record.ballot.choice, record.ballot.reason),
        declared=True,
        cast_by=elector.person or Person.objects.get(pk=decision.proposer_id),
        cast_at=record.ballot.cast_at,
    )
