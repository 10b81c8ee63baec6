"""1 · Multiple interests (M): independent parties of different kinds, who overlap somewhere and differ somewhere.

Source of every rule and threshold here: the product’s own definition of a value alliance.
"""

from collections import Counter
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance import rules
from alliance.schemas import Topic
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

T = Trait.MULTIPLE_INTERESTS
GROUPS = KINDS = 3
KINDS_ESSENTIAL = 2
EFFECTIVE = Fraction(5, 2)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
FIRM = 30
RANGE = 2


def kinds_of_groups(evidence: Evidence) -> dict[str, str | None]:
    """Each group's kind, None where no other group has confirmed one."""
    return {evidence.group_of[member]: kind for member, kind in evidence.category_of.items()}


def _unconfirmed(evidence: Evidence) -> tuple[str, ...]:
    return evidence.names(member for member, kind in evidence.category_of.items() if kind is None)


def _both(one: str, other: str) -> str:
    return _("%(one)s, %(other)s") % {"one": one, "other": other}


@indicator("M1", T, gettext_lazy("Independent groups and kinds of interest"), page="alliance:members", blocks=ALL)
def groups_and_kinds(evidence: Evidence, profile: str) -> Finding:
    """Groups ≥ 3 and confirmed kinds ≥ 3; Essential: of 2 kinds, or of one kind when M6 passes."""
    groups, kinds = len(evidence.groups), len({kind for kind in evidence.category_of.values() if kind})
    needed = KINDS_ESSENTIAL if profile == ESSENTIAL else KINDS
    enough = kinds >= needed
    if profile == ESSENTIAL and kinds == 1:
        enough = differences(evidence, profile).verdict == Verdict.PASS
    unconfirmed = _unconfirmed(evidence)
    advice = _("Invite another kind of participant.")
    if groups >= GROUPS and unconfirmed:
        advice = _("Have another member confirm the kind of %(names)s.") % {"names": ", ".join(unconfirmed)}
    return judged(
        groups >= GROUPS and enough,
        Finding(
            Verdict.FAIL,
            _both(
                ngettext("%(count)s group", "%(count)s groups", groups) % {"count": groups},
                ngettext("%(count)s kind", "%(count)s kinds", kinds) % {"count": kinds},
            ),
            _("at least %(groups)s groups of %(kinds)s kinds") % {"groups": GROUPS, "kinds": needed},
            unconfirmed,
            advice,
            latest(each.category_confirmed_at for each in evidence.members),
        ),
    )


@indicator("M2", T, gettext_lazy("Effective number of kinds"), page="alliance:members", blocks=STRICT_ONLY)
def effective_kinds(evidence: Evidence, profile: str) -> Finding:
    """1/Σp² ≥ 2.5, p = a kind's share of the groups (Laakso and Taagepera's effective number).

    A kind that nobody has confirmed is counted with the largest one.
    """
    kinds = kinds_of_groups(evidence)
    if not kinds:
        return no_data(_("at least 2.5"), _("Admit members of different kinds."))
    counts = Counter(kind for kind in kinds.values() if kind)
    largest = counts.most_common(1)[0][0] if counts else ""
    counts[largest] += sum(kind is None for kind in kinds.values())
    effective = 1 / sum(Fraction(count, len(kinds)) ** 2 for count in counts.values())
    advice = _("One kind of interest dominates: invite others than %(kind)s.") % {"kind": largest}
    if _unconfirmed(evidence):
        names = ", ".join(_unconfirmed(evidence))
        advice = _("Have the kind of %(members)s confirmed: until then it counts with the largest.") % {
            "members": names
        }
    return judged(
        effective >= EFFECTIVE,
        Finding(
            Verdict.FAIL,
            f"{float(effective):.2f}",
            _("at least 2.5"),
            (largest,) if largest else _unconfirmed(evidence),
            advice,
            latest(each.category_confirmed_at for each in evidence.members),
        ),
    )


@indicator("M3", T, gettext_lazy("Largest kind’s share of seats"), page="governance:committee", blocks=FROM_STANDARD)
def largest_kinds_seats(evidence: Evidence, profile: str) -> Finding:
    """The largest kind holds less than 1/2 of the seats' weight (warns above 1/3); unconfirmed kinds join it.

    A seat counts for the group that its holder works for or that appointed them, whatever it is said to count for.
    """
    threshold = _("less than half")
    total = sum(seat.weight for seat in evidence.governance.seats)
    if not total:
        return no_data(threshold, _("Set up the committee’s seats."))
    weights: Counter[str] = Counter()
    unknown = 0
    for group, weight in evidence.seat_groups:
        if group not in evidence.kind_of_group:
            continue
        kind = evidence.kind_of_group[group]
        if kind:
            weights[kind] += weight
        else:
            unknown += weight
    kind, most = weights.most_common(1)[0] if weights else ("", 0)
    share = Fraction(most + unknown, total)
    verdict = Verdict.FAIL if share >= HALF else Verdict.WARN if share > THIRD else Verdict.PASS
    advice = _("Rebalance the seats: %(kind)s holds %(held)s of %(total)s.") % {
        "kind": kind or _("an unconfirmed kind"),
        "held": most + unknown,
        "total": total,
    }
    holds = verdict == Verdict.PASS
    return Finding(
        verdict,
        _("%(held)s of %(total)s of the weight") % {"held": most + unknown, "total": total},
        threshold,
        () if holds else (kind,),
        "" if holds else advice,
    )


@indicator(
    "M4", T, gettext_lazy("Affected parties present or explained"), page="alliance:members", blocks=FROM_STANDARD
)
def affected_parties(evidence: Evidence, profile: str) -> Finding:
    """Every affected party listed is a member, or the reason it is not is recorded."""
    parties = evidence.alliance.affected_parties
    threshold = _("all of them")
    if not parties:
        return no_data(threshold, _("List whom the problem affects."))
    ids = {member.id for member in evidence.members}
    unexplained = tuple(each.name for each in parties if each.member not in ids and not each.reason_absent.strip())
    return judged(
        not unexplained,
        Finding(
            Verdict.FAIL,
            _("%(done)s of %(all)s") % {"done": len(parties) - len(unexplained), "all": len(parties)},
            threshold,
            unexplained,
            _("Explain why %(party)s is absent.") % {"party": ", ".join(unexplained)},
        ),
    )


def shared_topics(evidence: Evidence) -> list[tuple[Topic, set[str]]]:
    """Topics of shared ground with a measurable text, each with the members that hold it (for, and it matters)."""
    measured = [topic for topic in evidence.shared_ground if topic.measure.strip()]
    if not measured:
        return []
    stated = evidence.stated
    holding = evidence.told & (stated.stance >= rules.FOR) & (stated.salience >= FIRM)
    holders: dict[str, set[str]] = {topic.id: set() for topic in measured}
    for member, topic, _stance in stated.rows(holding & stated.on(holders)):
        holders[topic].add(member)
    return [(topic, holders[topic.id]) for topic in measured]


@indicator("M5", T, gettext_lazy("Shared ground across kinds"), page="alliance:interests", blocks=ALL)
def shared_ground(evidence: Evidence, profile: str) -> Finding:
    """≥ 1 shared-ground topic held by ≥ 2 kinds; Essential: by ≥ 2 members where all are of one kind."""
    kinds = {kind for kind in evidence.category_of.values() if kind}
    by_members = profile == ESSENTIAL and len(kinds) <= 1
    held = [
        topic
        for topic, members in shared_topics(evidence)
        if len(members if by_members else {evidence.category_of[each] for each in members} - {None}) >= RANGE
    ]
    threshold = _("at least 1, held by 2 members") if by_members else _("at least 1, held by 2 kinds")
    if evidence.positions_confirmed_at is None:
        return no_data(threshold, _("Ask each member what it wants."))
    return judged(
        bool(held),
        Finding(
            Verdict.FAIL,
            ngettext("%(count)s topic", "%(count)s topics", len(held)) % {"count": len(held)},
            threshold,
            (),
            _("Find one outcome that most members want, and say how one would measure it."),
            evidence.positions_confirmed_at,
        ),
    )


@indicator("M6", T, gettext_lazy("Differences that bring something"), page="alliance:interests", blocks=NEVER)
def differences(evidence: Evidence, profile: str) -> Finding:
    """≥ 1 topic whose stances range over ≥ 2, and contributions of more than one kind.

    What was said in confidence counts among enough others only.
    """
    ranging = int((evidence.stated.ranges(evidence.told) >= RANGE).sum())
    ids = {member.id for member in evidence.members}
    kinds = {each.kind for each in evidence.counted(evidence.alliance.contributions) if each.member in ids}
    return judged(
        ranging >= 1 and len(kinds) > 1,
        Finding(
            Verdict.FAIL,
            _both(
                ngettext("%(count)s topic", "%(count)s topics", ranging) % {"count": ranging},
                ngettext("%(count)s kind of contribution", "%(count)s kinds of contribution", len(kinds))
                % {"count": len(kinds)},
            ),
            _("at least 1 topic, more than 1 kind"),
            (),
            _("No differences declared: interview members privately."),
            evidence.positions_confirmed_at,
        ),
    )
