"""2 · Self-interest (S): each member gains, says how, and pays in."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.rules import name_key
from alliance import rules
from alliance.schemas import Position, Worksheet
from traits.analysis import alike_pairs
from traits.evidence import Evidence
from traits.indicators.registry import ALL, ESSENTIAL, FROM_STANDARD, NEVER, Finding, indicator, judged, latest, no_data
from traits.states import Trait, Verdict

T = Trait.SELF_INTEREST
FOR, STRONG = rules.FOR, rules.FIRM_SALIENCE
"""A position of at least 1; salience 0.6, in hundredths."""
FRESH_DAYS = rules.CONFIRMED_FOR.days
LEAST, MOST = Fraction(1, 3), Fraction(3)
HALF = Fraction(1, 2)
_VERDICTS = {rules.Outlook.ALONE: Verdict.FAIL, rules.Outlook.AT_RISK: Verdict.WARN, rules.Outlook.BETTER: Verdict.PASS}


def _of_all(done: int, total: int) -> str:
    return _("%(done)s of %(all)s members") % {"done": done, "all": total}


@indicator("S1", T, gettext_lazy("Each member has said what it wants"), page="alliance:interests", blocks=ALL)
def stated_interests(evidence: Evidence, profile: str) -> Finding:
    """Every member has ≥ 1 self-interest with salience ≥ 0.6, confirmed within 180 days by its own representative."""
    silent = []
    for member, interests in evidence.self_interests.items():
        own = evidence.people_of(member, "representative")
        if not any(_is_firm(position, own, evidence) for position in interests):
            silent.append(member)
    names = evidence.names(silent)
    if not evidence.members:
        return no_data(_("all of them, within 180 days"), _("Admit members first."))
    return judged(
        not silent,
        Finding(
            Verdict.FAIL,
            _of_all(len(evidence.members) - len(silent), len(evidence.members)),
            _("all of them, within 180 days"),
            names,
            _("%(member)s has not said what it wants.") % {"member": ", ".join(names)},
            evidence.positions_confirmed_at,
        ),
    )


def _is_firm(position: Position, own: set[str], evidence: Evidence) -> bool:
    fresh = evidence.within(position.confirmed_at, FRESH_DAYS)
    return position.salience >= STRONG and fresh and position.confirmed_by in own


def _worksheets(evidence: Evidence) -> dict[str, Worksheet]:
    """Each voting member's worksheet of the highest version that counts."""
    found: dict[str, Worksheet] = {}
    ids = {member.id for member in evidence.voting}
    for sheet in sorted(evidence.counted(evidence.alliance.worksheets), key=lambda each: each.version):
        if sheet.member in ids:
            found[sheet.member] = sheet
    return found


@indicator("S2", T, gettext_lazy("Benefit above cost and fall-back"), page="alliance:value", blocks=ALL, sealed=True)
def net_benefit(evidence: Evidence, profile: str) -> Finding:
    """For every voting member benefit − cost − fall-back > 0 in the base case (warn: low case < 0).

    A public participant is free of it once it is on record what it cannot cede, and what it gains in other units.
    Essential: each signs "we are better off than without the alliance, because …"; no figures are asked for.
    Others see pass or fail only: the warning names nobody, for whom it named would be told of its figures.
    """
    sheets = _worksheets(evidence)
    undescribed = [
        each.id
        for each in evidence.members
        if rules.is_undescribed(each.participation, each.statutory_limit, each.public_benefit)
    ]
    worse, weak = [], []
    for member in evidence.voting:
        verdict = _net_of(member.id, sheets, evidence, profile)
        worse += [member.id] if verdict == Verdict.FAIL else []
        weak += [member.id] if verdict == Verdict.WARN else []
    threshold = _("all of them better off than without the alliance")
    if not sheets:
        return no_data(threshold, _("Ask each member for its worksheet."))
    if undescribed and not worse:
        return _of_public(undescribed, threshold, evidence)
    done = _of_all(len(evidence.voting) - len(worse), len(evidence.voting))
    at = latest(sheet.signed_at for sheet in sheets.values())
    if worse:
        return Finding(Verdict.FAIL, done, threshold, evidence.names(worse), _why_not(worse, sheets, evidence), at)
    if weak:
        return Finding(Verdict.WARN, done, threshold, (), _("A low case is below zero."), at)
    return Finding(Verdict.PASS, done, threshold, at=at)


def _why_not(worse: list[str], sheets: dict[str, Worksheet], evidence: Evidence) -> str:
    """Who has no worksheet yet, or one in words alone, and whose does not pass; of sealed figures nothing but that."""
    missing = [each for each in worse if each not in sheets]
    in_words = [each for each in worse if each in sheets and not (sheets[each].ciphertext or sheets[each].figures)]
    failing = [each for each in worse if each in sheets and each not in in_words]
    said = (
        (missing, _("%(member)s has no worksheet.")),
        (in_words, _("%(member)s has signed in words alone; figures are asked for.")),
        (failing, _("%(member)s does not pass; figures are sealed.")),
    )
    return " ".join(words % {"member": ", ".join(evidence.names(ids))} for ids, words in said if ids)


def _of_public(undescribed: list[str], threshold: str, evidence: Evidence) -> Finding:
    names = evidence.names(undescribed)
    advice = _("%(member)s: put on record what it cannot cede, and what it gains.") % {"member": ", ".join(names)}
    everybody = len(evidence.voting) + len(undescribed)
    return Finding(Verdict.FAIL, _of_all(len(evidence.voting), everybody), threshold, names, advice)


def _net_of(member: str, sheets: dict[str, Worksheet], evidence: Evidence, profile: str) -> Verdict:
    sheet, net = sheets.get(member), evidence.sealed.get(member)
    if net is not None:
        return _VERDICTS[rules.outlook(low=net.low, base=net.base)]
    stated = profile == ESSENTIAL and sheet is not None and sheet.statement.strip()
    return Verdict.PASS if stated else Verdict.FAIL


@indicator("S3", T, gettext_lazy("Top interest linked to a benefit"), page="alliance:value", blocks=FROM_STANDARD)
def top_interest_linked(evidence: Evidence, profile: str) -> Finding:
    """Each member's top self-interest (highest salience) is linked to a stream that names it as beneficiary.

    The link counts once the stream's steward has accepted it. Of several top ones, one is enough. What a member says in
    confidence is not looked at, for it would show: of one that has said nothing openly any link is enough.
    """
    linked: dict[str, set[str]] = {}
    for stream in evidence.streams:
        beneficiaries = set(stream.beneficiaries)
        for link in evidence.counted(stream.interests):
            if link.accepted_at and link.member in beneficiaries:
                linked.setdefault(link.member, set()).add(link.topic)
    tops = _top_interests(evidence)
    missing = [
        each.id for each in evidence.members if not _is_linked(linked.get(each.id, set()), tops.get(each.id, set()))
    ]
    names = evidence.names(missing)
    return judged(
        not missing and bool(evidence.members),
        Finding(
            Verdict.FAIL,
            _of_all(len(evidence.members) - len(missing), len(evidence.members)),
            _("all of them"),
            names,
            _("Link the top interest of %(member)s to a benefit.") % {"member": ", ".join(names)},
            latest(link.accepted_at for stream in evidence.streams for link in stream.interests),
        ),
    )


def _top_interests(evidence: Evidence) -> dict[str, set[str]]:
    """Of each member that said openly what it is for: the topics that matter most to it."""
    stated = evidence.stated
    openly = evidence.counting & (stated.stance >= rules.FOR) & ~stated.confidential
    found: dict[str, set[str]] = {}
    for member, topic, _stance in stated.rows(stated.top(openly)):
        found.setdefault(member, set()).add(topic)
    return found


def _is_linked(linked: set[str], top: set[str]) -> bool:
    return not linked.isdisjoint(top) if top else bool(linked)


@indicator("S4", T, gettext_lazy("Contributions signed"), page="alliance:members", blocks=ALL)
def signed_contributions(evidence: Evidence, profile: str) -> Finding:
    """Every member has a contribution signed by who was its signatory then, under a recorded mandate; none unsigned."""
    signed: set[str] = set()
    open_: set[str] = set()
    for each in evidence.alliance.contributions:
        authorised = evidence.signatories_of(each.member, each.signed_at)
        counts = each.signed_at and each.mandate.strip() and each.signed_by in authorised and evidence.counted([each])
        (signed if counts else open_).add(each.member)
    missing = [member.id for member in evidence.members if member.id not in signed or member.id in open_]
    names = evidence.names(missing)
    return judged(
        not missing and bool(evidence.members),
        Finding(
            Verdict.FAIL,
            _of_all(len(evidence.members) - len(missing), len(evidence.members)),
            _("all of them"),
            names,
            _("%(member)s has no authorised commitment.") % {"member": ", ".join(names)},
            latest(each.signed_at for each in evidence.alliance.contributions),
        ),
    )


@indicator("S5", T, gettext_lazy("Costs and benefits in proportion"), page="alliance:value", blocks=NEVER, sealed=True)
def in_proportion(evidence: Evidence, profile: str) -> Finding:
    """Benefit share ÷ cost share within 1/3–3 for each, and nobody above 1/2 of the net. Base cases, exact.

    Figures are sealed: it says neither who is out of proportion nor how many, for either tells of figures.
    """
    nets = {member.id: evidence.sealed[member.id] for member in evidence.voting if member.id in evidence.sealed}
    threshold = _("shares within a third and three times; nobody above half of the net")
    benefits, costs = sum(each.benefit for each in nets.values()), sum(each.cost for each in nets.values())
    net = sum(each.base for each in nets.values())
    if len({each.currency for each in nets.values()}) > 1:
        return no_data(threshold, _("Seal the worksheets anew in one currency: these cannot be compared."))
    if len(nets) < len(evidence.voting) or benefits <= 0 or costs <= 0:
        if profile == ESSENTIAL:
            return Finding(Verdict.DOES_NOT_APPLY, "", threshold, (), _("This profile asks for no figures."))
        return no_data(threshold, _("Ask each member for its worksheet."))
    is_even = all(
        each.cost > 0
        and LEAST <= Fraction(each.benefit * costs, each.cost * benefits) <= MOST
        and net > 0
        and Fraction(each.base, net) <= HALF
        for each in nets.values()
    )
    advice = _("Costs and benefits are out of proportion: talk about them with the custodian.")
    return judged(is_even, Finding(Verdict.FAIL, _("sealed"), threshold, (), advice))


def own_texts(evidence: Evidence) -> dict[str, str]:
    """What each member said openly in its own words, on all topics together, as it is compared."""
    stated = evidence.stated
    texts: dict[str, str] = {}
    for position in stated.at(evidence.counting & stated.worded & ~stated.confidential):
        if position.statement.strip():
            texts[position.member] = f"{texts.get(position.member, '')} {position.statement.strip()}".strip()
    return {member: name_key(texts[member]) for member in sorted(texts)}


@indicator("S6", T, gettext_lazy("Interests in each member’s own words"), page="alliance:interests", blocks=NEVER)
def own_words(evidence: Evidence, profile: str) -> Finding:
    """No two members' interest texts are ≥ 0.8 alike (difflib's ratio)."""
    texts = own_texts(evidence)
    threshold = _("less than 0.8 alike")
    if len(texts) < min(2, len(evidence.members)) or not texts:
        return no_data(threshold, _("Ask members to say in their own words what they want."))
    members = list(texts)
    copied = {members[place] for pair in alike_pairs(list(texts.values())) for place in pair}
    names = evidence.names(copied)
    return judged(
        not copied,
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s text", "%(count)s texts", len(texts)) % {"count": len(texts)},
            threshold,
            names,
            _("The texts of %(members)s look copied.") % {"members": ", ".join(names)},
        ),
    )
