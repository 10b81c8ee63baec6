"""5 · Value that continues (V): benefits outlast the problem, and the alliance."""

from datetime import timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance.schemas import ValueStream
from alliance.states import LegacyPart
from traits.evidence import Evidence
from traits.indicators.registry import (
    ALL,
    ESSENTIAL,
    FROM_STANDARD,
    NEVER,
    STRICT_ONLY,
    Finding,
    indicator,
    judged,
    latest,
    no_data,
)
from traits.states import Trait, Verdict

T = Trait.CONTINUING_VALUE
PAGE = "alliance:value"
KINDS = 2
AFTER = timedelta(days=365)
"""Twelve months past the charter's end."""
REVIEW_MONTHS = 36


@indicator("V1", T, gettext_lazy("A steward has accepted"), page=PAGE, blocks=ALL)
def stewarded(evidence: Evidence, profile: str) -> Finding:
    """≥ 1 stream whose steward accepted, with beneficiaries in ≥ 2 kinds; Essential: any beneficiaries."""
    kinds = 1 if profile == ESSENTIAL else KINDS
    kept = [stream for stream in evidence.streams if _reach(stream, evidence, profile) >= kinds]
    unkept = tuple(stream.title for stream in evidence.alliance.streams if stream not in kept)
    advice = _("Name a steward, who then accepts.")
    if evidence.streams:
        advice = _("Let a benefit reach members of %(kinds)s kinds.") % {"kinds": kinds}
    return judged(
        bool(kept),
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s benefit", "%(count)s benefits", len(kept)) % {"count": len(kept)},
            _("at least 1, for members of %(kinds)s kinds") % {"kinds": kinds},
            unkept,
            advice,
            latest(stream.steward_accepted_at for stream in kept),
        ),
    )


def _reach(stream: ValueStream, evidence: Evidence, profile: str) -> int:
    ids = {member.id for member in evidence.members} & set(stream.beneficiaries)
    if profile == ESSENTIAL:
        return len(ids)
    return len({evidence.category_of[each] for each in ids} - {None})


@indicator("V2", T, gettext_lazy("Every member benefits"), page=PAGE, blocks=ALL)
def everyone_benefits(evidence: Evidence, profile: str) -> Finding:
    """Every member benefits from ≥ 1 stream."""
    streams = evidence.counted(evidence.alliance.streams)
    served = {member for stream in streams for member in stream.beneficiaries}
    without = [member.id for member in evidence.members if member.id not in served]
    names = evidence.names(without)
    return judged(
        not without and bool(evidence.members),
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s members")
            % {"done": len(evidence.members) - len(without), "all": len(evidence.members)},
            _("all of them"),
            names,
            _("%(member)s gets nothing: name it in a benefit.") % {"member": ", ".join(names)},
        ),
    )


def _lives_on(stream: ValueStream, evidence: Evidence) -> bool:
    """Has it a durable form that a successor of another group than its steward's has accepted in writing?

    Its steward has accepted too, and is none of those who accepted for the successor, nor works beside them. A steward
    of no known group is apart from nobody.
    """
    own = evidence.groups_of(stream.steward)
    return (
        bool(own)
        and evidence.is_kept(stream)
        and any(
            form.successor is not None
            and form.accepted_at is not None
            and form.acceptance.strip()
            and evidence.control_of[form.successor] not in own
            and not evidence.groups_of(form.accepted_by) & own
            for form in evidence.counted(stream.durable_forms)
        )
    )


def outlives(stream: ValueStream, evidence: Evidence) -> bool:
    """Is it for good, with reviews, or does its horizon lie a year or more past the charter's end?"""
    if stream.is_permanent:
        return stream.review_months is not None and stream.review_months <= REVIEW_MONTHS
    end = evidence.end_on
    return end is not None and stream.horizon_on is not None and stream.horizon_on >= end + AFTER


@indicator("V3", T, gettext_lazy("The benefit outlives the charter"), page=PAGE, blocks=ALL)
def horizon(evidence: Evidence, profile: str) -> Finding:
    """A stream's horizon ≥ charter end + 12 months, or permanent with a review at most every 36 months.

    From Standard on that stream lives on by itself (as in V5), but in a permanent alliance.
    """
    needs_form = profile != ESSENTIAL and not evidence.is_permanent
    lasting = [stream for stream in evidence.counted(evidence.alliance.streams) if outlives(stream, evidence)]
    kept = [stream for stream in lasting if not needs_form or _lives_on(stream, evidence)]
    advice = _("The value stops with the alliance: give a benefit a horizon past its end.")
    if lasting:
        advice = _("Name a successor that keeps the benefit alive, and have it accept.")
    end = evidence.end_on
    threshold = _("permanent, reviewed every 36 months")
    if end:
        threshold = _("at least until %(date)s, or permanent") % {"date": date_format(end + AFTER, "j F Y")}
    return judged(
        bool(kept),
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s benefit lasts", "%(count)s benefits last", len(kept)) % {"count": len(kept)},
            threshold,
            tuple(stream.title for stream in evidence.alliance.streams if stream not in kept),
            advice,
        ),
    )


def _is_measured(stream: ValueStream) -> bool:
    stated = (stream.metric, stream.unit, stream.baseline_source)
    dated = stream.baseline is not None and stream.baseline_on is not None
    return dated and all(each.strip() for each in stated)


def _is_verified(stream: ValueStream, evidence: Evidence) -> bool:
    """By a second member: of another group than those that the steward, or who entered it, works or speaks for."""
    by = stream.baseline_verified_by
    own = evidence.groups_of(stream.steward) | evidence.groups_of(stream.baseline_set_by)
    return by is not None and evidence.group_of[by] not in own


@indicator("V4", T, gettext_lazy("A baseline is measured"), page=PAGE, blocks=FROM_STANDARD)
def baseline(evidence: Evidence, profile: str) -> Finding:
    """The primary stream has metric, unit, baseline, date and source, verified by a second member (warn for others)."""
    threshold = _("metric, unit, baseline, date, source; verified by a second member")
    streams = evidence.counted(evidence.alliance.streams)
    primary = next((stream for stream in streams if stream.is_primary), None)
    if primary is None:
        return no_data(threshold, _("Say which benefit is the main one."))
    if not _is_measured(primary) or not _is_verified(primary, evidence):
        advice = _("Measure a baseline first.")
        if _is_measured(primary):
            advice = _("Ask a second member to verify the baseline.")
        return Finding(Verdict.FAIL, _("not measured"), threshold, (primary.title,), advice)
    others = tuple(stream.title for stream in streams if stream is not primary and not _is_measured(stream))
    figure = f"{_plain(primary.baseline)} {primary.unit}".strip()
    if others:
        advice = _("Measure a baseline for %(streams)s too.") % {"streams": ", ".join(others)}
        return Finding(Verdict.WARN, figure, threshold, others, advice, primary.baseline_verified_at)
    return Finding(Verdict.PASS, figure, threshold, at=primary.baseline_verified_at)


def _plain(number: Decimal | None) -> str:
    """A decimal without the zeros that a column keeps."""
    return f"{(number or Decimal()).normalize():f}"


def _softened(finding: Finding, evidence: Evidence) -> Finding:
    """For a permanent alliance V5 and V6 warn only."""
    if evidence.is_permanent and finding.verdict in {Verdict.FAIL, Verdict.NO_DATA}:
        return Finding(Verdict.WARN, finding.figure, finding.threshold, finding.subjects, finding.advice, finding.at)
    return finding


@indicator("V5", T, gettext_lazy("A successor has accepted"), page=PAGE, blocks=STRICT_ONLY)
def successor(evidence: Evidence, profile: str) -> Finding:
    """A durable form (licence, standard, escrow, fund, institution) and the successor's written acceptance.

    The successor is of another control group than the stream's steward.
    """
    kept = [stream for stream in evidence.counted(evidence.alliance.streams) if _lives_on(stream, evidence)]
    forms = [form for stream in evidence.alliance.streams for form in stream.durable_forms]
    return _softened(
        judged(
            bool(kept),
            Finding(
                Verdict.FAIL,
                _("%(count)s accepted") % {"count": len(kept)},
                _("at least 1, by another group than the steward’s"),
                evidence.names(form.successor for form in forms if form.successor and not form.accepted_at),
                _("Who keeps this alive? Name a successor, and have it accept in writing."),
                latest(form.accepted_at for form in forms),
            ),
        ),
        evidence,
    )


@indicator("V6", T, gettext_lazy("Legacy plan"), page=PAGE, blocks=STRICT_ONLY)
def legacy_plan(evidence: Evidence, profile: str) -> Finding:
    """Funds, intellectual property, data, records, liabilities, services: each with a text and an owner."""
    written = {each.part for each in evidence.alliance.legacy_plan if each.text.strip() and each.owner}
    missing = tuple(str(part.label) for part in LegacyPart if part not in written)
    return _softened(
        judged(
            not missing,
            Finding(
                Verdict.FAIL,
                _("%(done)s of 6 parts") % {"done": len(written)},
                _("all of them, each with an owner"),
                missing,
                _("The legacy plan lacks %(parts)s.") % {"parts": ", ".join(missing).lower()},
            ),
        ),
        evidence,
    )


@indicator("V7", T, gettext_lazy("Upkeep funded"), page=PAGE, blocks=NEVER)
def upkeep(evidence: Evidence, profile: str) -> Finding:
    """Upkeep funded ≥ 12 months past the end (of a permanent alliance: from today)."""
    until = (evidence.end_on or evidence.today) + AFTER
    funded = [
        each.upkeep_funded_until for each in evidence.counted(evidence.alliance.streams) if each.upkeep_funded_until
    ]
    return judged(
        any(each >= until for each in funded),
        Finding(
            Verdict.FAIL,
            _("until %(date)s") % {"date": date_format(max(funded), "j F Y")} if funded else _("not funded"),
            _("at least until %(date)s") % {"date": date_format(until, "j F Y")},
            (),
            _("Upkeep is not funded for a year past the end."),
        ),
    )


@indicator("V8", T, gettext_lazy("The next problem"), page=PAGE, blocks=FROM_STANDARD)
def next_problem(evidence: Evidence, profile: str) -> Finding:
    """A permanent alliance has named its next problem; under its charter, each review period shows ≥ 1 result."""
    if not evidence.is_permanent:
        return Finding(Verdict.DOES_NOT_APPLY, "", "", (), _("It is formed for a fixed term."))
    threshold = _("named; a result at each review")
    if not evidence.alliance.alliance.next_problem.strip():
        return Finding(Verdict.FAIL, _("not named"), threshold, (), _("Which problem comes next?"))
    streams = evidence.counted(evidence.alliance.streams)
    overdue = tuple(stream.title for stream in streams if _lacks_result(stream, evidence))
    return judged(
        not overdue,
        Finding(
            Verdict.FAIL,
            _("named"),
            threshold,
            overdue,
            _("Enter a reading for %(streams)s.") % {"streams": ", ".join(overdue)},
        ),
    )


def _lacks_result(stream: ValueStream, evidence: Evidence) -> bool:
    """A review period has passed since the charter, and none of its days has a reading."""
    activated, months = evidence.alliance.alliance.activated_at, stream.review_months
    if activated is None or months is None:
        return False
    since = evidence.today - timedelta(days=round(months * 30.436875))
    return activated.date() <= since and not any(reading.read_on >= since for reading in stream.readings)
