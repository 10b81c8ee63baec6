"""3 · Incremental surrender of independence (I): staged, signed, mutual transfer of decision rights."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance import rules
from alliance.schemas import CounselReview, Round
from alliance.states import Domain
from traits.evidence import Evidence
from traits.indicators.registry import (
    ALL,
    ESSENTIAL,
    FROM_STANDARD,
    STRICT_ONLY,
    Finding,
    indicator,
    judged,
    latest,
    no_data,
)
from traits.states import Trait, Verdict

T = Trait.SURRENDER
PAGE = "alliance:control"
DOMAINS, DOMAINS_ESSENTIAL = 3, 1
DELEGATES = 4
ROUNDS = MUTUAL = 2
APART_DAYS, APART_DAYS_ESSENTIAL = 7, 1
WINDOW_DAYS = 30
RECIPROCITY = Fraction(1, 2)
REVIEW_DAYS = 365


def _label(domains: Iterable[str]) -> str:
    return ", ".join(str(Domain(domain).label).lower() for domain in domains)


@indicator("I1", T, gettext_lazy("Signed level in every core domain"), page=PAGE, blocks=ALL)
def required_levels(evidence: Evidence, profile: str) -> Finding:
    """Every voting member's signed level ≥ R in every core domain (three at least; Essential: one)."""
    core = evidence.core_domains
    needed = DOMAINS_ESSENTIAL if profile == ESSENTIAL else DOMAINS
    threshold = ngettext(
        "all of them in one core domain", "all of them in %(count)s core domains", max(len(core), needed)
    ) % {"count": max(len(core), needed)}
    if len(core) < needed:
        advice = ngettext(
            "Have the members choose at least one core domain.",
            "Have the members choose at least %(count)s core domains.",
            needed,
        )
        return no_data(threshold, advice % {"count": needed})
    lacking = {
        member.id: [
            each.domain for each in core if evidence.levels.get((member.id, each.domain), 0) < each.required_level
        ]
        for member in evidence.voting
    }
    missing = {member: domains for member, domains in lacking.items() if domains}
    names = evidence.names(missing)
    domains = sorted({domain for each in missing.values() for domain in each})
    return judged(
        not missing and bool(evidence.voting),
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s members")
            % {"done": len(evidence.voting) - len(missing), "all": len(evidence.voting)},
            threshold,
            names,
            _("%(member)s: not ceded yet: %(domains)s.") % {"member": ", ".join(names), "domains": _label(domains)},
            latest(step.signed_at for step in evidence.steps),
        ),
    )


@indicator("I2", T, gettext_lazy("One domain decided jointly"), page=PAGE, blocks=FROM_STANDARD)
def joint_domain(evidence: Evidence, profile: str) -> Finding:
    """≥ 1 domain where every voting member stands at 4 or more."""
    joint = [
        domain
        for domain in Domain.values
        if evidence.voting
        and all(evidence.levels.get((member.id, domain), 0) >= DELEGATES for member in evidence.voting)
    ]
    return judged(
        bool(joint),
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s domain", "%(count)s domains", len(joint)) % {"count": len(joint)},
            _("at least 1, all at level 4"),
            (),
            _("Nothing is jointly decided yet: bring one domain to level 4 for every member."),
            latest(step.signed_at for step in evidence.steps),
        ),
    )


def completed_rounds(evidence: Evidence) -> list[Round]:
    """Completed rounds whose every step counts, oldest first; they are mutual: voting members of two groups moved."""
    over = [each for each in evidence.alliance.rounds if each.state == "completed" and each.steps]
    done = [each for each in over if each.completed_at and evidence.has_come(each.completed_at)]
    whole = [each for each in done if len(evidence.counted(each.steps)) == len(each.steps)]
    mutual = [each for each in whole if len(_groups_in(each, evidence)) >= MUTUAL]
    return sorted(mutual, key=lambda each: each.completed_at or each.opened_at)


def _groups_in(taken: Round, evidence: Evidence) -> set[str]:
    ids = {each.id for each in evidence.voting}
    return {evidence.group_of[step.member] for step in taken.steps if step.member in ids}


@indicator("I3", T, gettext_lazy("Rounds of mutual steps"), page=PAGE, blocks=ALL)
def staged_rounds(evidence: Evidence, profile: str) -> Finding:
    """≥ 2 completed rounds, ≥ 7 days apart (Essential: 1), no step above 2 levels. Server time only."""
    days = APART_DAYS_ESSENTIAL if profile == ESSENTIAL else APART_DAYS
    done = completed_rounds(evidence)
    times = [each.completed_at for each in done if each.completed_at]
    leaps = [step for each in done for step in each.steps if step.to_level - step.from_level > rules.MAX_STEP]
    staged = bool(times) and times[-1] - times[0] >= timedelta(days=days)
    if leaps:
        advice = _("A step may climb two levels at most.")
    else:
        earliest = max(evidence.today, (times[0] if times else evidence.at).date() + timedelta(days=days))
        advice = ngettext(
            "Take two small mutual steps, one day apart; earliest on %(date)s.",
            "Take two small mutual steps, %(days)s days apart; earliest on %(date)s.",
            days,
        ) % {"days": days, "date": date_format(earliest, "j F Y")}
    return judged(
        staged and len(done) >= ROUNDS and not leaps,
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s round", "%(count)s rounds", len(done)) % {"count": len(done)},
            ngettext("at least 2, one day apart", "at least 2, %(days)s days apart", days) % {"days": days},
            evidence.names({step.member for step in leaps}),
            advice,
            latest(times),
        ),
    )


@indicator("I4", T, gettext_lazy("Balance between members"), page=PAGE, blocks=STRICT_ONLY)
def reciprocity(evidence: Evidence, profile: str) -> Finding:
    """In each round all moved within 30 days, and lowest ÷ highest ladder total ≥ 1/2."""
    threshold = _("all within 30 days; lowest ÷ highest at least 1/2")
    totals = {member.id: 0 for member in evidence.voting}
    for (of, _domain), level in evidence.levels.items():
        totals[of] += level
    ratio = rules.reciprocity(totals.values())
    done = completed_rounds(evidence)
    if not done or ratio is None:
        return no_data(threshold, _("This follows from the first round."))
    late = {
        step.member
        for each in done
        for step in each.steps
        if step.signed_at and step.signed_at - each.opened_at > timedelta(days=WINDOW_DAYS)
    }
    least = min(totals.values())
    lowest = late or {member for member, total in totals.items() if total == least}
    names = evidence.names(lowest)
    return judged(
        ratio >= RECIPROCITY and not late,
        Finding(
            Verdict.FAIL,
            f"{float(ratio):.2f}",
            threshold,
            names,
            _("%(member)s gives far less than the others, or signed late.") % {"member": ", ".join(names)},
            latest(step.signed_at for step in evidence.steps),
        ),
    )


@indicator("I5", T, gettext_lazy("No forbidden subject; counsel’s review"), page=PAGE, blocks=ALL)
def counsel_review(evidence: Evidence, profile: str) -> Finding:
    """No forbidden subject, a review in which counsel cleared the alliance within 365 days, and no hold by counsel.

    Essential: the scan alone; counsel only where rivals take part, or the scan found something. A hold on a topic or
    a round that counsel has placed counts in every profile, while it stands. Counsel cleared the words as they stood:
    a text in which the scan finds something, written or changed since, wants a new review.
    """
    if evidence.held_by_counsel:
        return _held(evidence)
    hits = evidence.forbidden
    reviews = sorted(evidence.counted(evidence.alliance.counsel_reviews), key=lambda each: each.reviewed_at)
    last = reviews[-1] if reviews else None
    cleared = last is not None and _covers(last, evidence) and evidence.within(last.reviewed_at, REVIEW_DAYS)
    needs_counsel = profile != ESSENTIAL or bool(hits) or _has_rivals(evidence)
    subjects = tuple(sorted({hit.subject for hit in hits}))
    advice = _("Ask counsel for a review.")
    if subjects and not cleared:
        advice = _("Word anew what touches %(subjects)s, or have counsel clear it.") % {"subjects": ", ".join(subjects)}
    found = ngettext("%(count)s word to look at", "%(count)s words to look at", len(hits)) % {"count": len(hits)}
    return judged(
        cleared or not needs_counsel,
        Finding(
            Verdict.FAIL,
            _("reviewed %(date)s; %(found)s") % {"date": date_format(last.reviewed_at.date(), "j F Y"), "found": found}
            if last
            else found,
            _("cleared by counsel within 365 days") if needs_counsel else _("none"),
            subjects,
            advice,
            last.reviewed_at if last else None,
            evidence.name(last.counsel) if last else "",
        ),
    )


def _covers(review: CounselReview, evidence: Evidence) -> bool:
    return review.cleared and set(rules.fingerprints(evidence.touching)) <= set(review.texts)


def _held(evidence: Evidence) -> Finding:
    """What counsel stops, the one that ends first named in the advice."""
    held = evidence.held_by_counsel
    name, first = held[0]
    return Finding(
        Verdict.FAIL,
        ngettext("%(count)s hold by counsel", "%(count)s holds by counsel", len(held)) % {"count": len(held)},
        _("no hold by counsel"),
        tuple(dict.fromkeys(name for name, _hold in held)),
        _("Counsel holds “%(name)s” until %(date)s: settle the reason with counsel, who may lift it before.")
        % {"name": name, "date": date_format(first.until.date(), "j F Y")},
        latest(hold.placed_at for _name, hold in held),
        evidence.name(first.placed_by),
    )


def _has_rivals(evidence: Evidence) -> bool:
    ids = {member.id for member in evidence.members}
    return any(
        each.kind == "competes" and each.first in ids and each.second in ids for each in evidence.alliance.relations
    )


def vetoing(evidence: Evidence) -> set[str]:
    """The members that keep a sole veto in a core domain; one that names no domain is one in every domain."""
    reach = {each.domain for each in evidence.core_domains} | {None}
    return {each.member for each in evidence.alliance.reserved_powers if each.sole_veto and each.domain in reach}


@indicator("I6", T, gettext_lazy("Reserved powers and exit"), page=PAGE, blocks=STRICT_ONLY)
def reserved_powers(evidence: Evidence, profile: str) -> Finding:
    """No reserved power is a sole veto in a core domain; exit notice and cost are set; side agreements excluded."""
    head = evidence.alliance.alliance
    vetoes = vetoing(evidence)
    threshold = _("no sole veto; notice and cost set; the whole agreement")
    if head.exit_notice_days is None or not head.exit_cost.strip() or not head.entire_agreement:
        return no_data(
            threshold, _("Say at what notice and cost a member may leave, and that no side agreement counts.")
        )
    names, days = evidence.names(vetoes), head.exit_notice_days
    return judged(
        not vetoes,
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s reserved, notice %(days)s day", "%(count)s reserved, notice %(days)s days", days)
            % {"count": len(evidence.alliance.reserved_powers), "days": days},
            threshold,
            names,
            _("%(member)s: its reserved veto undoes its surrender.") % {"member": ", ".join(names)},
        ),
    )
