"""4 · Free-standing governance (G): executives with no strings attached; the committee decides on its own."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance import rules
from governance.schemas import DecisionClass, Holding, Officer, Outcome
from traits.evidence import Evidence
from traits.indicators.power import standing_classes
from traits.indicators.registry import (
    ALL,
    FROM_STANDARD,
    NEVER,
    STRICT_ONLY,
    Finding,
    indicator,
    judged,
    latest,
    no_data,
)
from traits.indicators.stances import in_step
from traits.states import Trait, Verdict

T = Trait.GOVERNANCE
PAGE = "governance:committee"
TERM_MONTHS = 36


def _held(evidence: Evidence) -> list[tuple[str, Holding]]:
    """(seat, holder) for each occupied seat."""
    return [(seat, holder) for seat, holder in evidence.holders.items() if holder]


@indicator("G1", T, gettext_lazy("Seats filled and accepted"), page=PAGE, blocks=ALL)
def seats_filled(evidence: Evidence, profile: str) -> Finding:
    """≥ 3 seats, all occupied, each accepted by its holder."""
    seats, held = len(evidence.holders), len(_held(evidence))
    vacant = evidence.names(seat for seat, holder in evidence.holders.items() if not holder)
    missing = max(rules.LEAST_SEATS - seats, 0) + seats - held
    return judged(
        seats >= rules.LEAST_SEATS and held == seats,
        Finding(
            Verdict.FAIL,
            _("%(held)s of %(seats)s seats") % {"held": held, "seats": seats},
            _("at least 3, all of them"),
            vacant,
            ngettext("Fill one seat; its holder accepts.", "Fill %(count)s seats; each holder accepts.", missing)
            % {"count": missing},
            latest(holder.accepted_at for _seat, holder in _held(evidence)),
        ),
    )


def _current(times: Iterable[tuple[str, bool]], evidence: Evidence, advice: str, last: Finding) -> Finding:
    """A finding over all holders: who lacks a current statement is named."""
    checked = list(times)
    lapsed = evidence.names(person for person, holds in checked if not holds)
    return judged(
        bool(checked) and not lapsed,
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s holders") % {"done": len(checked) - len(lapsed), "all": len(checked)},
            _("all of them, within 365 days"),
            lapsed,
            advice % {"person": ", ".join(lapsed)} if lapsed else _("Fill the seats first."),
            last.at,
        ),
    )


@indicator("G3", T, gettext_lazy("Independence statements"), page=PAGE, blocks=ALL)
def attested(evidence: Evidence, profile: str) -> Finding:
    """Every holder signed the current independence text ≤ 365 days ago, and after any change of job."""
    held = _held(evidence)
    newest = latest(each.signed_at for _seat, holder in held for each in holder.attestations)
    return _current(
        ((holder.person, has_attested(holder, evidence)) for _seat, holder in held),
        evidence,
        _("%(person)s must sign the independence statement again."),
        Finding(Verdict.PASS, at=newest),
    )


def has_attested(holder: Holding, evidence: Evidence) -> bool:
    """Is there a statement that counts: the current text, fresh, and no change of job since?"""
    changed_on = max(
        (
            day
            for each in evidence.jobs_of.get(holder.person, [])
            for day in (each.starts_on, each.ends_on)
            if day and day <= evidence.today
        ),
        default=None,
    )
    return any(
        each.text_version == rules.INDEPENDENCE_VERSION
        and evidence.within(each.signed_at, rules.STATEMENT_DAYS)
        and (changed_on is None or each.signed_at.date() >= changed_on)
        for each in evidence.counted(holder.attestations)
    )


@indicator("G4", T, gettext_lazy("No strings attached"), page=PAGE, blocks=ALL)
def no_strings(evidence: Evidence, profile: str) -> Finding:
    """Instruction and proxies are forbidden, no employer can remove its holder mid-term, no report is open.

    Who may be recalled before the term ends can be removed mid-term. It warns of a holder whose votes were all as the
    employer's stated positions would have them: instruction cannot be proved from data.
    """
    terms = evidence.governance.committee
    threshold = _("no instruction, no proxies, no recall by an employer, no open report")
    if terms is None:
        return no_data(threshold, _("Set the committee’s terms."))
    recalled = [holder.person for _seat, holder in _held(evidence) if may_be_recalled(holder)]
    reported = {each.seat for each in evidence.governance.instruction_reports if each.settled_at is None}
    subjects: tuple[str, ...] = ()
    if not (terms.forbids_instruction and terms.forbids_proxies):
        advice = _("Forbid instruction and proxies in the committee’s terms.")
    elif recalled:
        subjects = evidence.names(recalled)
        advice = _("An employer can remove %(person)s: change the terms.") % {"person": ", ".join(subjects)}
    else:
        subjects = evidence.names(reported)
        advice = _("The auditor settles what is reported about %(seat)s.") % {"seat": ", ".join(subjects)}
    strings = len(recalled) + len(reported)
    figure = ngettext("%(count)s string", "%(count)s strings", strings) % {"count": strings}
    if terms.forbids_instruction and terms.forbids_proxies and not strings:
        return _warned(Finding(Verdict.PASS, figure, threshold), evidence)
    return Finding(Verdict.FAIL, figure, threshold, subjects, advice)


def _warned(found: Finding, evidence: Evidence) -> Finding:
    """What passes, with a warning of the holders who always voted as their employer would."""
    echoes = in_step(evidence)
    if not echoes:
        return found
    first = echoes[0]
    advice = _("In all %(count)s contested votes %(person)s voted as %(member)s would: talk about it.") % {
        "count": first.votes,
        "person": evidence.name(first.person),
        "member": evidence.name(first.group),
    }
    subjects = evidence.names(each.person for each in echoes)
    return Finding(Verdict.WARN, found.figure, found.threshold, subjects, advice)


def may_be_recalled(holder: Holding) -> bool:
    """May whoever appointed or employs this holder remove them before the term is over?"""
    until = holder.irrevocable_until
    return holder.removable_by_employer or (until is not None and until < holder.ends_on)


@indicator("G5", T, gettext_lazy("Conflict disclosures"), page=PAGE, blocks=FROM_STANDARD)
def disclosed(evidence: Evidence, profile: str) -> Finding:
    """Every holder's conflict disclosure is ≤ 365 days old."""
    held = _held(evidence)
    return _current(
        (
            (
                holder.person,
                any(
                    evidence.within(each.made_at, rules.STATEMENT_DAYS) for each in evidence.counted(holder.disclosures)
                ),
            )
            for _seat, holder in held
        ),
        evidence,
        _("The disclosure of %(person)s is out of date."),
        Finding(Verdict.PASS, at=latest(each.made_at for _seat, holder in held for each in holder.disclosures)),
    )


STATED = {
    "quorum": gettext_lazy("quorum"),
    "recusal": gettext_lazy("recusal"),
    "abstention": gettext_lazy("abstention"),
    "tie": gettext_lazy("tie"),
    "forum": gettext_lazy("forum"),
    "notice_days": gettext_lazy("notice"),
}
STATED_OF_A_VOTE = {"base": gettext_lazy("two thirds of what"), "threshold": gettext_lazy("threshold")}


def unstated(each: DecisionClass) -> list[str]:
    """What a class does not say, in words."""
    wanted = STATED | (STATED_OF_A_VOTE if each.method == "vote" else {})
    return [str(word) for name, word in wanted.items() if getattr(each, name) is None]


@indicator("G6", T, gettext_lazy("Decision classes say it all"), page=PAGE, blocks=ALL)
def classes_complete(evidence: Evidence, profile: str) -> Finding:
    """Every decision class states quorum, base, threshold, abstention, recusal, tie, notice and forum."""
    classes = standing_classes(evidence)
    threshold = _("all of them")
    if not classes:
        return no_data(threshold, _("Adopt decision classes: the usual set is one click."))
    lacking = {each.name: unstated(each) for each in classes if unstated(each)}
    first = next(iter(lacking.items()), ("", []))
    return judged(
        not lacking,
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s classes") % {"done": len(classes) - len(lacking), "all": len(classes)},
            threshold,
            tuple(sorted(lacking)),
            _("“%(class)s” does not say: %(missing)s.") % {"class": first[0], "missing": ", ".join(first[1])},
        ),
    )


@indicator("G7", T, gettext_lazy("An elected chair, and terms"), page=PAGE, blocks=STRICT_ONLY)
def chair_and_terms(evidence: Evidence, profile: str) -> Finding:
    """The chair is elected by a recorded vote (an acting chair lasts 90 days); terms ≤ 3 years, with a limit."""
    chairs = [each for each in evidence.counted(evidence.governance.officers) if _is_chair(each, evidence)]
    terms = evidence.governance.committee
    limited = terms is not None and bool(terms.term_limit) and (terms.term_months or TERM_MONTHS + 1) <= TERM_MONTHS
    advice = _("Elect a chair.") if not chairs else _("Limit terms to three years, and say how many in a row.")
    return judged(
        bool(chairs) and limited,
        Finding(
            Verdict.FAIL,
            _("elected") if chairs else _("no chair"),
            _("elected by a recorded vote; terms of 3 years at most, with a limit"),
            (),
            advice,
            latest(each.starts_at for each in chairs),
        ),
    )


def _is_chair(officer: Officer, evidence: Evidence) -> bool:
    if officer.office != "chair" or officer.ends_at is not None:
        return False
    if officer.is_acting:
        return not evidence.is_past(officer.starts_at + timedelta(days=rules.ACTING_CHAIR_DAYS))
    return any(
        each.number == officer.decision and _was_adopted(each.outcomes, evidence)
        for each in evidence.governance.decisions
    )


def _was_adopted(outcomes: Iterable[Outcome], evidence: Evidence) -> bool:
    counted = evidence.counted(outcomes)
    return bool(counted) and max(counted, key=lambda each: each.number).result == "adopted"


@indicator("G8", T, gettext_lazy("Staggered terms, appeals, records"), page=PAGE, blocks=NEVER)
def staggered(evidence: Evidence, profile: str) -> Finding:
    """Terms staggered; an appeal route; records held outside any one member."""
    terms = evidence.governance.committee
    ends = {holder.ends_on for _seat, holder in _held(evidence)}
    lacking = [
        word
        for word, is_there in (
            (_("staggered terms"), len(ends) > 1),
            (_("an appeal route"), terms is not None and bool(terms.appeal_route.strip())),
            (_("records outside any one member"), terms is not None and bool(terms.records_held_by.strip())),
        )
        if not is_there
    ]
    return judged(
        not lacking,
        Finding(
            Verdict.FAIL,
            _("%(done)s of 3") % {"done": 3 - len(lacking)},
            _("all of them"),
            (),
            _("Add %(missing)s.") % {"missing": ", ".join(lacking)},
        ),
    )


@indicator("G9", T, gettext_lazy("Holders speak for nobody else"), page=PAGE, blocks=FROM_STANDARD)
def speak_for_nobody(evidence: Evidence, profile: str) -> Finding:
    """No holder is signatory or representative of the member that appointed or employs them, or of one of its group.

    Who appointed a holder, and until when irrevocably, is recorded.
    """
    held = _held(evidence)
    torn = {holder.person: _spoken_for(holder, evidence) for _seat, holder in held}
    torn = {person: members for person, members in torn.items() if members}
    open_ = [holder.person for _seat, holder in held if not holder.appointed_by or not holder.irrevocable_until]
    names = evidence.names(torn or open_)
    if torn:
        person, members = next(iter(torn.items()))
        advice = _("%(person)s cannot both speak for %(member)s and sit free of it.") % {
            "person": evidence.name(person),
            "member": evidence.name(sorted(members)[0]),
        }
    elif names:
        advice = _("Record who appointed %(person)s, and until when irrevocably.") % {"person": ", ".join(names)}
    else:
        advice = _("Name the holders of the seats first.")
    return judged(
        bool(held) and not torn and not open_,
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s holders") % {"done": len(held) - len(set(torn) | set(open_)), "all": len(held)},
            _("all of them"),
            names,
            advice,
        ),
    )


def _spoken_for(holder: Holding, evidence: Evidence) -> set[str]:
    employers = evidence.employers_of(holder.person)
    own = {each.id for each in evidence.alliance.members if each.organisation in employers} | {holder.appointed_by}
    groups = {evidence.group_of[each] for each in own if each}
    spoken = [each for each in evidence.roles_of.get(holder.person, []) if each.kind in {"representative", "signatory"}]
    return {each.member for each in spoken if each.member and evidence.group_of.get(each.member) in groups}
