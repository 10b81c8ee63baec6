"""The governance part of the dossier, read from the record in a fixed number of queries."""

import json
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Prefetch, Q

from alliance.models import Alliance
from alliance.records import D, to_document
from alliance.selectors.dossier import HoldsByThing, holds_by_thing
from governance import schemas
from governance.models import BallotVersion, CommitteeTerms, Decision, DecisionClass, Elector, Holding, Seat

CLASS_BLANKS = ("base", "threshold", "quorum", "recusal", "abstention", "tie", "forum", "max_no", "max_objections")


def governance_part(
    alliance: Alliance, *, with_decisions: bool = True, only: Collection[str] | None = None
) -> schemas.GovernancePart:
    """How the alliance decides. Ballots stand in it only once a decision's outcome is written down.

    The readiness check needs only the decisions that elected officers, and those decided on a topic of the members'
    interests, these with their ballots: `with_decisions=False` leaves the others out.
    `only` names the lists to gather; the others are left empty, and cost no statement.
    """
    read = Q(officers_elected__isnull=False) | Q(topic__isnull=False, closed_at__isnull=False)
    decisions = alliance.decisions.all() if with_decisions else alliance.decisions.filter(read)
    gatherers: dict[str, Callable[[], Any]] = {
        "committee": lambda: _terms(alliance),
        "seats": lambda: [_seat(row) for row in _seats(alliance)],
        "officers": lambda: _officers(alliance),
        "classes": lambda: [_class(row) for row in _classes(alliance, decisions)],
        "decisions": lambda: _decisions(alliance, decisions.distinct(), whole=with_decisions),
        "instruction_reports": lambda: _reports(alliance),
    }
    return schemas.GovernancePart(
        **{name: gather() for name, gather in gatherers.items() if only is None or name in only}
    )


def _terms(alliance: Alliance) -> schemas.CommitteeTerms | None:
    terms = CommitteeTerms.objects.filter(alliance=alliance).first()
    return to_document(schemas.CommitteeTerms, terms) if terms else None


def _officers(alliance: Alliance) -> list[schemas.Officer]:
    rows = alliance.officers.select_related("decision").order_by("starts_at", "pk")
    return [to_document(schemas.Officer, row, decision=row.decision.number if row.decision else None) for row in rows]


def _reports(alliance: Alliance) -> list[schemas.InstructionReport]:
    rows = alliance.instruction_reports.order_by("reported_at", "pk")
    return [to_document(schemas.InstructionReport, row) for row in rows]


def _decisions(alliance: Alliance, decisions: Any, *, whole: bool) -> list[schemas.Decision]:
    holds = holds_by_thing(alliance) if whole else {}
    return [_decision(row, holds, whole=whole) for row in _with_all(decisions, whole)]


def power_part(alliance: Alliance) -> schemas.GovernancePart:
    """What voting power rests on: seats with their holders, and the classes in use. Three statements."""
    seats = alliance.seats.standing().order_by("created_at", "pk")
    seats = seats.prefetch_related(Prefetch("holdings", Holding.objects.order_by("appointed_at", "pk")))
    classes = alliance.decision_classes.filter(retired_at__isnull=True).order_by("created_at", "pk")
    return schemas.GovernancePart(
        seats=[
            to_document(
                schemas.Seat,
                row,
                holdings=[
                    to_document(schemas.Holding, each, attestations=[], disclosures=[], additions=[])
                    for each in row.holdings.all()
                ],
            )
            for row in seats
        ],
        classes=[_class(row) for row in classes],
    )


def _seats(alliance: Alliance) -> Any:
    holdings = Prefetch(
        "holdings",
        Holding.objects.order_by("appointed_at", "pk").prefetch_related("attestations", "disclosures", "additions"),
    )
    return alliance.seats.standing().order_by("created_at", "pk").prefetch_related(holdings)


def _seat(row: Seat) -> schemas.Seat:
    return to_document(schemas.Seat, row, holdings=[_holding(each) for each in row.holdings.all()])


def _holding(row: Holding) -> schemas.Holding:
    statements = sorted(row.attestations.all(), key=lambda each: (each.signed_at, each.pk))
    disclosures = sorted(row.disclosures.all(), key=lambda each: (each.made_at, each.pk))
    additions = sorted(row.additions.all(), key=lambda each: (each.added_at, each.pk))
    return to_document(
        schemas.Holding,
        row,
        attestations=[to_document(schemas.Attestation, each) for each in statements],
        disclosures=[to_document(schemas.Disclosure, each) for each in disclosures],
        additions=[to_document(schemas.Addition, each) for each in additions],
    )


def _classes(alliance: Alliance, decisions: Any) -> Any:
    """Those in use now, and those that a decision was held under."""
    standing = alliance.decision_classes.filter(retired_at__isnull=True)
    used = alliance.decision_classes.filter(decisions__in=decisions)
    return (standing | used).distinct().order_by("created_at", "pk")


def _class(row: DecisionClass) -> schemas.DecisionClass:
    blanks = {name: getattr(row, name) or None for name in CLASS_BLANKS}
    return to_document(schemas.DecisionClass, row, **blanks)


def _with_all(decisions: Any, whole: bool) -> Any:
    found = decisions.select_related("decision_class", "reopens").order_by("number")
    versions = Prefetch("ballot__versions", BallotVersion.objects.order_by("number"))
    electors = Elector.objects.order_by("key").select_related("ballot").prefetch_related(versions)
    if not whole:
        electors = electors.filter(decision__topic__isnull=False)
    found = found.prefetch_related("outcomes", Prefetch("electors", electors))
    return found.prefetch_related("suggestions", "conformances") if whole else found


def _decision(row: Decision, holds: HoldsByThing, *, whole: bool) -> schemas.Decision:
    outcomes = sorted(row.outcomes.all(), key=lambda each: each.number)
    return to_document(
        schemas.Decision,
        row,
        decision_class=row.decision_class.key,
        electors=[_elector(each, shown=row.is_decided) for each in row.electors.all()],
        outcomes=[to_document(schemas.Outcome, each, case=json.loads(each.case)) for each in outcomes],
        reopens=row.reopens.number if row.reopens else None,
        suggestions=_all(schemas.Suggestion, row.suggestions.all(), "suggested_at") if whole else [],
        conformances=_all(schemas.Conformance, row.conformances.all(), "declared_at") if whole else [],
        holds=holds.get(row.pk, []),
    )


def _all(schema: type[D], rows: Any, by: str) -> list[D]:
    return [to_document(schema, each) for each in sorted(rows, key=lambda each: (getattr(each, by), each.pk))]


def _elector(row: Elector, *, shown: bool) -> schemas.Elector:
    last = list(row.ballot.versions.all())[-1:] if shown and hasattr(row, "ballot") else []
    ballot = to_document(schemas.Ballot, last[0]) if last else None
    return to_document(schemas.Elector, row, id=row.key, ballot=ballot)
