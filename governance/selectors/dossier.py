"""The governance part of the dossier, read from the record in a fixed number of queries."""

import json
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Prefetch

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

    The readiness check needs only the decisions that elected officers: `with_decisions=False` leaves the others out.
    `only` names the lists to gather; the others are left empty, and cost no statement.
    """
    decisions = (
        alliance.decisions.all() if with_decisions else alliance.decisions.filter(officers_elected__isnull=False)
    )
    gatherers: dict[str, Callable[[], Any]] = {
        "committee": lambda: _terms(alliance),
        "seats": lambda: [_seat(row) for row in _seats(alliance)],
        "officers": lambda: _officers(alliance),
        "classes": lambda: [_class(row) for row in _classes(alliance, decisions)],
        "decisions": lambda: _decisions(alliance, decisions.distinct(), with_ballots=with_decisions),
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


def _decisions(alliance: Alliance, decisions: Any, *, with_ballots: bool) -> list[schemas.Decision]:
    holds = holds_by_thing(alliance) if with_ballots else {}
    return [_decision(row, holds, with_ballots=with_ballots) for row in _with_all(decisions, with_ballots)]


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


def _with_all(decisions: Any, with_ballots: bool) -> Any:
    found = decisions.select_related("decision_class", "reopens").order_by("number")
    found = found.prefetch_related("outcomes")
    if not with_ballots:
        return found
    versions = Prefetch("ballot__versions", BallotVersion.objects.order_by("number"))
    electors = Elector.objects.order_by("key").select_related("ballot").prefetch_related(versions)
    return found.prefetch_related(Prefetch("electors", electors), "suggestions", "conformances")


def _decision(row: Decision, holds: HoldsByThing, *, with_ballots: bool) -> schemas.Decision:
    shown = with_ballots and row.is_decided
    outcomes = sorted(row.outcomes.all(), key=lambda each: each.number)
    return to_document(
        schemas.Decision,
        row,
        decision_class=row.decision_class.key,
        electors=[_elector(each, shown=shown) for each in (row.electors.all() if with_ballots else ())],
        outcomes=[to_document(schemas.Outcome, each, case=json.loads(each.case)) for each in outcomes],
        reopens=row.reopens.number if row.reopens else None,
        suggestions=_all(schemas.Suggestion, row.suggestions.all(), "suggested_at") if with_ballots else [],
        conformances=_all(schemas.Conformance, row.conformances.all(), "declared_at") if with_ballots else [],
        holds=holds.get(row.pk, []),
    )


def _all(schema: type[D], rows: Any, by: str) -> list[D]:
    return [to_document(schema, each) for each in sorted(rows, key=lambda each: (getattr(each, by), each.pk))]


def _elector(row: Elector, *, shown: bool) -> schemas.Elector:
    last = list(row.ballot.versions.all())[-1:] if shown and hasattr(row, "ballot") else []
    ballot = to_document(schemas.Ballot, last[0]) if last else None
    return to_document(schemas.Elector, row, id=row.key, ballot=ballot)
