"""The merge values of a charter, pure: what the record says, as Markdown, so that the two cannot disagree."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance.money import money
from alliance.schemas import AlliancePart, Contribution, Member, ValueStream
from alliance.states import LADDER, Domain, LegacyPart, Origin
from governance.schemas import DecisionClass, GovernancePart, Holding
from governance.sentences import SHARES, share_in_words
from governance.states import Base, Body, Method, Office

NONE = "–"
BREAKING = re.compile(r"[^\S\u00a0]+")
"""White space at which a line may break: an entry of a list keeps to one line, its figure to its unit."""
FIELDS = {
    "alliance.entire": gettext_lazy("Whether it is the whole agreement"),
    "alliance.exit_cost": gettext_lazy("What leaving costs"),
    "alliance.exit_notice": gettext_lazy("Notice to leave"),
    "alliance.name": gettext_lazy("Name of the alliance"),
    "alliance.next_problem": gettext_lazy("The next problem, of a permanent alliance"),
    "alliance.origin": gettext_lazy("Whether it starts from a problem or an opportunity"),
    "alliance.patents": gettext_lazy("Whether patents are pooled"),
    "alliance.personal_data": gettext_lazy("Whether personal data are pooled"),
    "alliance.pooled": gettext_lazy("Money pooled"),
    "alliance.purpose": gettext_lazy("Purpose"),
    "alliance.statement": gettext_lazy("The problem or opportunity"),
    "alliance.term": gettext_lazy("How long it lasts"),
    "charter.signing_rule": gettext_lazy("Who signs"),
    "classes.list": gettext_lazy("Decision classes, each with its rule"),
    "committee.appeal": gettext_lazy("Where a decision can be appealed"),
    "committee.instruction": gettext_lazy("Whether a holder may be told how to vote"),
    "committee.limit": gettext_lazy("Terms in a row, at most"),
    "committee.officers": gettext_lazy("Chair and secretary"),
    "committee.proxies": gettext_lazy("Whether anybody votes for another"),
    "committee.records": gettext_lazy("Who keeps the records"),
    "committee.seats": gettext_lazy("Seats, with weight and holder"),
    "committee.term": gettext_lazy("Length of a term"),
    "contributions.list": gettext_lazy("Contributions signed"),
    "control.domains": gettext_lazy("Core domains, with the step that each needs"),
    "control.reserved": gettext_lazy("What members keep for themselves"),
    "control.rounds": gettext_lazy("How many rounds of shared control are completed"),
    "legacy.forms": gettext_lazy("What each benefit lives on in"),
    "legacy.list": gettext_lazy("The legacy plan"),
    "members.groups": gettext_lazy("How many groups the members form"),
    "members.list": gettext_lazy("Members, with their kind"),
    "members.public": gettext_lazy("Public participants, with what the law does not let them cede"),
    "members.rivals": gettext_lazy("Members that compete with each other"),
    "review.last": gettext_lazy("Day of the last cleared review by counsel"),
    "streams.list": gettext_lazy("Benefits, with steward and measure"),
}
"""Every field that a charter's text may use, and what it stands for."""


def merge_values(alliance: AlliancePart, governance: GovernancePart, *, signing_rule: str) -> dict[str, str]:
    """Every field that a charter's text may use, with its value."""
    names = _Names(alliance)
    return {
        **_alliance_values(alliance),
        **_member_values(alliance, names),
        "contributions.list": _bullets(
            f"{names.member(each.member)}: {_contribution(each)}" for each in alliance.contributions if each.signed_at
        ),
        "streams.list": _bullets(_stream(each, names) for each in alliance.streams),
        **_control_values(alliance, names),
        **_committee_values(governance, names),
        "classes.list": _bullets(_class(each) for each in governance.classes if not each.is_founding),
        "legacy.list": _bullets(
            f"{LegacyPart(each.part).label}: {each.text} ({names.organisation(each.owner)})"
            for each in alliance.legacy_plan
        ),
        "legacy.forms": _bullets(
            f"{stream.title}: {form.description} ({names.organisation(form.successor)})"
            for stream in alliance.streams
            for form in stream.durable_forms
        ),
        "review.last": _last_review(alliance),
        "charter.signing_rule": signing_rule,
    }


class _Names:
    """Names behind a document's identifiers."""

    def __init__(self, part: AlliancePart) -> None:
        self._organisations = {each.id: each.name for each in part.organisations}
        self._members = {each.id: self._organisations[each.organisation] for each in part.members}
        self._people = {each.id: each.name for each in part.people}

    def organisation(self, ref: str | None) -> str:
        return self._organisations[ref] if ref else NONE

    def member(self, ref: str | None) -> str:
        return self._members[ref] if ref else NONE

    def person(self, ref: str | None) -> str:
        return self._people[ref] if ref else NONE


def _bullets(lines: Iterable[str], none: str = NONE) -> str:
    return "\n".join(f"- {BREAKING.sub(' ', line).strip()}" for line in lines) or none


def _contribution(each: Contribution) -> str:
    if not each.amount:
        return each.description
    return f"{money(each.amount, each.currency or '')}: {each.description}"


def _alliance_values(part: AlliancePart) -> dict[str, str]:
    head = part.alliance
    term = _("for %(term)s") % {"term": _months(head.term_months)} if head.term_months else _("for good")
    notice = head.exit_notice_days
    return {
        "alliance.name": head.name,
        "alliance.purpose": head.purpose,
        "alliance.origin": str(Origin(head.origin).label).lower(),
        "alliance.statement": head.statement,
        "alliance.pooled": money(head.pooled_amount, head.currency) if head.pooled_amount else _("none"),
        "alliance.patents": _("Patents are pooled.") if head.pools_patents else _("Patents are not pooled."),
        "alliance.personal_data": (
            _("Personal data are pooled.") if head.pools_personal_data else _("Personal data are not pooled.")
        ),
        "alliance.exit_notice": NONE if notice is None else _days(notice),
        "alliance.exit_cost": head.exit_cost or NONE,
        "alliance.entire": (_("It is the whole agreement: no side agreement counts.") if head.entire_agreement else ""),
        "alliance.term": term,
        "alliance.next_problem": (
            _("The next problem: %(problem)s") % {"problem": head.next_problem} if head.next_problem else ""
        ),
    }


def _member_values(part: AlliancePart, names: _Names) -> dict[str, str]:
    admitted = [each for each in part.members if each.state == "admitted"]
    own = {each.id: each.group or each.id for each in part.organisations}
    public = [each for each in admitted if each.participation == "public"]
    return {
        "members.list": _bullets(_member(each, names) for each in admitted),
        "members.groups": str(len({each.group or own[each.organisation] for each in admitted})),
        "members.public": _bullets(
            (f"{names.member(each.id)}: {each.statutory_limit}" for each in public),
            _("Nobody takes part as a public participant."),
        ),
        "members.rivals": _bullets(
            (
                _("%(first)s competes with %(second)s")
                % {"first": names.member(each.first), "second": names.member(each.second)}
                for each in part.relations
                if each.kind == "competes"
            ),
            _("No two members compete."),
        ),
    }


def _member(each: Member, names: _Names) -> str:
    taking_part = _("voting member") if each.participation == "voting" else _("public participant")
    return f"{names.member(each.id)} ({each.category}), {taking_part}"


def _stream(each: ValueStream, names: _Names) -> str:
    horizon = _("for good") if each.is_permanent else _day(each.horizon_on) if each.horizon_on else NONE
    baseline = (
        f"{each.metric}: {each.baseline.normalize():f}\u00a0{each.unit}".strip() if each.baseline is not None else NONE
    )
    gains = ", ".join(names.member(ref) for ref in each.beneficiaries) or NONE
    return _(
        "**%(title)s.** Steward: %(steward)s. Who gains: %(gains)s. Baseline: %(baseline)s. Lasts: %(horizon)s."
    ) % {
        "title": each.title,
        "steward": names.person(each.steward),
        "gains": gains,
        "baseline": baseline,
        "horizon": horizon,
    }


def _control_values(part: AlliancePart, names: _Names) -> dict[str, str]:
    return {
        "control.domains": _bullets(
            f"{Domain(each.domain).label}: {each.required_level} ({LADDER[each.required_level]})"
            for each in part.core_domains
        ),
        "control.rounds": str(sum(each.state == "completed" for each in part.rounds)),
        "control.reserved": _bullets(f"{names.member(each.member)}: {each.text}" for each in part.reserved_powers),
    }


def _committee_values(part: GovernancePart, names: _Names) -> dict[str, str]:
    terms = part.committee
    months = terms.term_months if terms else None
    limit = terms.term_limit if terms else None
    told = terms is not None and terms.forbids_instruction
    proxies = terms is not None and terms.forbids_proxies
    return {
        "committee.seats": _bullets(
            f"{seat.label} ({seat.weight}): {_holder(seat.holdings, names)}" for seat in part.seats
        ),
        "committee.officers": _bullets(
            f"{Office(officer.office).label}: {names.person(officer.person)}"
            for officer in part.officers
            if not officer.ends_at
        ),
        "committee.term": _months(months) if months else NONE,
        "committee.limit": _terms_in_a_row(limit) if limit else NONE,
        "committee.instruction": _("Nobody may tell a holder how to vote.") if told else "",
        "committee.proxies": _("There are no proxies.") if proxies else "",
        "committee.records": (terms.records_held_by if terms else "") or NONE,
        "committee.appeal": (terms.appeal_route if terms else "") or NONE,
    }


def _holder(holdings: list[Holding], names: _Names) -> str:
    current = [each for each in holdings if not each.left_at]
    if not current:
        return _("vacant")
    held = current[-1]
    return _("%(person)s, appointed by %(member)s until %(date)s") % {
        "person": names.person(held.person),
        "member": names.member(held.appointed_by),
        "date": _day(held.ends_on),
    }


def _class(each: DecisionClass) -> str:
    method = str(Method(each.method).label).lower()
    if each.method == "vote" and each.base and each.threshold:
        share = share_in_words(Fraction(each.threshold), strict=bool(each.strict))
        method = _("%(method)s, %(share)s %(base)s") % {
            "method": method,
            "share": share,
            "base": SHARES[Base(each.base)],
        }
    said = [f"{Body(each.body).label}, {method}"]
    if each.quorum:
        least = share_in_words(Fraction(each.quorum), strict=bool(each.quorum_strict))
        said.append(_("quorum %(share)s") % {"share": least})
    if each.open_days:
        said.append(_("open for %(days)s") % {"days": _days(each.open_days)})
    if each.notice_days is not None:
        said.append(_("notice of %(days)s") % {"days": _days(each.notice_days)} if each.notice_days else _("no notice"))
    return f"**{each.name}**: {'; '.join(said)}"


def _day(on: date) -> str:
    return date_format(on).replace(" ", "\u00a0")


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _months(months: int) -> str:
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}


def _terms_in_a_row(limit: int) -> str:
    return ngettext("at most %(terms)s term in a row", "at most %(terms)s terms in a row", limit) % {"terms": limit}


def _last_review(part: AlliancePart) -> str:
    cleared = [each.reviewed_at for each in part.counsel_reviews if each.cleared]
    return _day(max(cleared).date()) if cleared else NONE
