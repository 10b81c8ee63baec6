"""The lists of decisions: open with mine missing first, decided, drafts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from alliance.models import Alliance
from alliance.states import Membership, RoleKind
from governance.counting import opens_from
from governance.models import Decision, Elector, Outcome
from governance.selectors.words import state_of
from governance.states import Body, DecisionState

VIEWS = ("open", "decided", "drafts")


@dataclass(frozen=True, slots=True)
class Line:
    """One decision in a list."""

    title: str
    url: str
    note: str
    at: datetime | None
    word: str
    look: str
    is_missing: bool
    is_due: bool
    """Its time is a deadline: voting goes on until then."""


def decisions_of(alliance: Alliance, person: Person, *, view: str, words: str = "") -> Any:
    """The rows of one list, in its order; `words` are looked for in title, summary and motion."""
    found = Decision.objects.visible_in(alliance).select_related("decision_class", "proposer")
    electors = Elector.objects.filter(decision=OuterRef("pk"), recused_at__isnull=True)
    found = found.annotate(
        is_missing=Exists(missing(person)),
        result=latest_result(),
        able=_number_of(electors),
        voted=_number_of(electors.filter(ballot__isnull=False)),
    )
    if words.strip():
        found = found.filter(
            Q(title__icontains=words.strip()) | Q(summary__icontains=words.strip()) | Q(motion__icontains=words.strip())
        )
    if view == "drafts":
        return found.filter(state=DecisionState.DRAFT).order_by("-number")
    if view == "decided":
        over = (DecisionState.CLOSED, DecisionState.EFFECTIVE, DecisionState.WITHDRAWN, DecisionState.LAPSED)
        return found.filter(state__in=over).order_by("-number")
    return found.filter(state=DecisionState.OPEN).order_by("-is_missing", "closes_at", "pk")


def _number_of(electors: QuerySet[Elector]) -> Subquery:
    return Subquery(electors.order_by().values("decision").annotate(number=Count("pk")).values("number"))


def latest_result() -> Subquery:
    """The result of a decision's outcome that counts."""
    return Subquery(Outcome.objects.filter(decision=OuterRef("pk")).order_by("-number").values("result")[:1])


def missing(person: Person) -> QuerySet[Elector]:
    """What a person could still vote as, in the decision that the query stands in."""
    own = Q(seat__isnull=False, person=person) | Q(seat__isnull=True, group__in=_groups_represented(person))
    return Elector.objects.filter(own, decision=OuterRef("pk"), recused_at__isnull=True, ballot__isnull=True)


def _groups_represented(person: Person) -> Any:
    """The groups for whose members a person votes, in the alliance of the elector that the query stands in."""
    roles = person.roles.current().of_kind(RoleKind.REPRESENTATIVE)
    spoken_for = roles.filter(alliance=OuterRef("alliance"), member__state=Membership.ADMITTED)
    controlled = ("member__group_id", "member__organisation__control_group_id", "member__organisation_id")
    group = Coalesce(*controlled, output_field=UUIDField())
    return spoken_for.annotate(group=group).order_by().values("group")


def line_of(decision: Any, at: datetime) -> Line:
    """A row of `decisions_of` as a page shows it."""
    word, look = state_of(decision, at, decision.result)
    is_open = look == "open"
    who = _("members’ vote") if decision.body == Body.MEMBERS else decision.decision_class.name
    missing_now = is_open and decision.is_missing
    return Line(
        title=decision.title,
        url=reverse("governance:decision", args=[decision.alliance.slug, decision.number]),
        note=_note(decision, who) + (f" · {_progress(decision)}" if is_open else ""),
        at=decision.closes_at or opens_from(decision) or decision.created_at,
        word=_("Your vote is missing") if missing_now else word,
        look="missing" if missing_now else look,
        is_missing=missing_now,
        is_due=is_open,
    )


def _note(decision: Decision, who: str) -> str:
    text = _("No. %(number)s · %(who)s · proposed by %(name)s")
    return text % {"number": decision.number, "who": who, "name": decision.proposer.name}


def _progress(decision: Any) -> str:
    """Who has voted may be seen, never how."""
    said = {"voted": decision.voted or 0, "able": decision.able or 0}
    return ngettext("%(voted)s of %(able)s has voted", "%(voted)s of %(able)s have voted", said["voted"]) % said


def counts_of(alliance: Alliance) -> dict[str, int]:
    """How many are open, and how many are drafts: one statement."""
    states = list(
        Decision.objects.visible_in(alliance)
        .filter(state__in=(DecisionState.OPEN, DecisionState.DRAFT))
        .order_by()
        .values_list("state", flat=True)
    )
    return {"open": states.count(DecisionState.OPEN), "drafts": states.count(DecisionState.DRAFT)}
