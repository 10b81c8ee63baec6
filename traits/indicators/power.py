"""4 · Free-standing governance (G2): nobody controls outcomes, by Banzhaf's index over control groups."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import rules
from governance.power import banzhaf_shares, collapsed, mending_quotas
from governance.schemas import DecisionClass
from traits.evidence import Evidence
from traits.indicators.registry import ALL, Finding, indicator, no_data
from traits.states import Trait, Verdict

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def standing_classes(evidence: Evidence) -> list[DecisionClass]:
    """The charter's own classes; the founding rules end with it."""
    return [each for each in evidence.governance.classes if not each.is_founding]


def _weights(each: DecisionClass, evidence: Evidence) -> dict[str, int]:
    if each.body == "members":
        return dict.fromkeys(sorted({evidence.group_of[member.id] for member in evidence.voting}), 1)
    return collapsed(evidence.seat_groups)


@indicator("G2", Trait.GOVERNANCE, gettext_lazy("Nobody controls outcomes"), page="governance:committee", blocks=ALL)
def spread_power(evidence: Evidence, profile: str) -> Finding:
    """No group's Banzhaf share ≥ 1/2 in any class (warn > 1/3); no sole veto in the ordinary class.

    A seat counts for the group that its holder works for or that appointed them, whatever it is said to count for.

    A seat with no power in a class warns, and the nearest quota that mends it is named.
    """
    threshold = _("each less than half of the power, in each class")
    classes = standing_classes(evidence)
    if not evidence.governance.seats or not classes:
        return no_data(threshold, _("Set up seats and decision classes."))
    worst, found = Fraction(0), Finding(Verdict.PASS, threshold=threshold)
    for each in classes:
        weights = _weights(each, evidence)
        if not weights:
            return no_data(threshold, _("Admit voting members."))
        finding, share = _judge_class(each, weights, evidence)
        worst = max(worst, share)
        if _rank(finding.verdict) > _rank(found.verdict):
            found = finding
    figure = _("largest share %(share)s\u00a0%%") % {"share": round(worst * 100)}
    return Finding(found.verdict, figure, threshold, found.subjects, found.advice)


def _rank(verdict: Verdict) -> int:
    return [Verdict.PASS, Verdict.WARN, Verdict.FAIL].index(verdict)


def _judge_class(each: DecisionClass, weights: dict[str, int], evidence: Evidence) -> tuple[Finding, Fraction]:
    groups, sizes = list(weights), list(weights.values())
    total, quota = sum(sizes), rules.class_quota(each, sum(sizes))
    shares = dict(zip(groups, banzhaf_shares(sizes, quota), strict=True))
    top = max(shares, key=lambda group: shares[group])
    vetoes = [group for group, weight in weights.items() if total - weight < quota] if each.key == "ordinary" else []
    if shares[top] >= HALF or (vetoes and each.method == "vote"):
        subject = top if shares[top] >= HALF else vetoes[0]
        text = _("%(group)s controls outcomes in “%(class)s”, with %(weight)s of %(total)s seats.")
        said = {"group": evidence.name(subject), "class": each.name, "weight": weights[subject], "total": total}
        return Finding(Verdict.FAIL, subjects=evidence.names([subject]), advice=text % said), shares[top]
    powerless = [group for group, share in shares.items() if share == 0]
    if powerless:
        quotas = mending_quotas(sizes, quota, groups.index(powerless[0]))
        text = _("%(group)s has no power in “%(class)s”; quota %(quotas)s would mend it.")
        either = _(" or ").join(str(quota) for quota in quotas)
        said = {"group": evidence.name(powerless[0]), "class": each.name, "quotas": either}
        subjects = tuple(evidence.name(group) for group in powerless)
        return Finding(Verdict.WARN, subjects=subjects, advice=text % said), shares[top]
    if shares[top] > THIRD:
        text = _("%(group)s holds more than a third of the power in “%(class)s”.")
        said = {"group": evidence.name(top), "class": each.name}
        return Finding(Verdict.WARN, subjects=evidence.names([top]), advice=text % said), shares[top]
    return Finding(Verdict.PASS), shares[top]
