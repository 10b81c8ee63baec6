"""What members promise, sign and keep."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alliance.models import Alliance, Contribution, Member
from alliance.money import money
from alliance.selectors.standing import Standing
from alliance.states import Membership, State


@dataclass(frozen=True, slots=True)
class ContributionLine:
    contribution: Contribution
    what: str
    word: str
    look: str
    may_sign: bool
    may_take_back: bool
    may_confirm_kept: bool


@dataclass(frozen=True, slots=True)
class Contributions:
    by_member: list[tuple[Member, list[ContributionLine]]]
    without: list[Member]


def contributions_of(alliance: Alliance, standing: Standing) -> Contributions:
    """Two statements: members, contributions."""
    members = alliance.members.present().with_names().order_by("organisation__name", "pk")
    rows = alliance.contributions.select_related("signed_by").order_by("due_on", "pk")
    found: dict[object, list[ContributionLine]] = {}
    for contribution in rows:
        found.setdefault(contribution.member_id, []).append(_line(contribution, standing, alliance.state))
    everyone = list(members)
    return Contributions(
        by_member=[(member, found[member.pk]) for member in everyone if member.pk in found],
        without=[each for each in everyone if each.pk not in found and each.state == Membership.ADMITTED],
    )


def _line(contribution: Contribution, standing: Standing, state: str) -> ContributionLine:
    is_signed = contribution.signed_at is not None and contribution.witnessed
    word, look = _("Promised, not signed"), "waiting"
    if contribution.signed_at and not contribution.witnessed:
        word = _("Not signed here")
    elif contribution.kept_on:
        word, look = _("Kept"), "kept"
    elif contribution.signed_at:
        word, look = _("Signed"), "signed"
    is_fixed = not standing.is_living or state == State.RATIFYING
    return ContributionLine(
        contribution=contribution,
        what=what_of(contribution),
        word=word,
        look=look,
        may_sign=not is_signed and standing.is_living and standing.signs_for(contribution.member_id),
        may_take_back=not is_signed and not is_fixed and standing.acts_for(contribution.member_id),
        may_confirm_kept=is_signed and not contribution.kept_on and standing.is_organiser and standing.is_living,
    )


def what_of(contribution: Contribution) -> str:
    """The promise in one line, beginning with the amount where there is one."""
    if contribution.amount is None:
        return contribution.description
    return f"{money(contribution.amount, contribution.currency)}: {contribution.description}"
