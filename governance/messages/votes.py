"""What votes tell people: voting opened, closing soon and still missing, the outcome."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import until, written
from alliance.messages import people
from alliance.models import Role
from alliance.states import Membership, RoleKind
from audit import clock
from audit.models import Event
from governance.models import Decision, Elector, Holding
from governance.states import DecisionState
from notifications.closing import ClosingReminders
from notifications.registry import Message, Recipient, Words, add_message, add_reminders

OPENED = "governance.voting.opened"
CLOSING = {"half": None, "day": timedelta(hours=24), "hours": timedelta(hours=2)}
"""The reminders of an open vote: at half of its window, and so long before it closes."""


# -- Who may vote, and has not --------------------------------------------------------------------------------------
def voices_of(electors: list[Elector]) -> dict[UUID, list[UUID]]:
    """Each elector's people now: the holder while they hold the seat, or the representatives of the group's members."""
    seats = [each.seat_id for each in electors if each.seat_id]
    held = set(Holding.objects.current().accepted().filter(seat__in=seats).values_list("seat", "person"))
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE).select_related("member__organisation")
    alliances = {each.alliance_id for each in electors}
    by_group: dict[tuple[UUID | None, UUID | None], list[UUID]] = {}
    for role in roles.filter(alliance__in=alliances, member__state=Membership.ADMITTED).order_by("granted_at", "pk"):
        group = role.member.group_key if role.member else None
        by_group.setdefault((role.alliance_id, group), []).append(role.person_id)
    return {
        each.pk: ([each.person_id] if each.person_id and (each.seat_id, each.person_id) in held else [])
        if each.seat_id
        else by_group.get((each.alliance_id, each.group), [])
        for each in electors
    }


def able(decision: Decision) -> list[Recipient]:
    """Those who may vote: recused electors are not asked."""
    electors = list(decision.electors.filter(recused_at__isnull=True).order_by("key"))
    return people(person for voices in voices_of(electors).values() for person in voices)


def missing_of(decisions: Sequence[Decision]) -> dict[UUID, list[Recipient]]:
    """Those who may vote in each decision and have not."""
    waiting = Elector.objects.filter(decision__in=decisions, recused_at__isnull=True, ballot__isnull=True)
    electors = list(waiting.order_by("decision", "key"))
    voices = voices_of(electors)
    return {
        pk: people(person for each in own for person in voices[each.pk])
        for pk, own in groupby(electors, key=attrgetter("decision_id"))
    }


def _decision(event: Event) -> Decision:
    return Decision.objects.select_related("alliance").get(pk=event.subject)


def _still_missing(event: Event, to: Recipient) -> bool:
    decision = _decision(event)
    is_open = Decision.objects.open_at(clock.read()).filter(pk=decision.pk).exists()
    return is_open and to in missing_of([decision]).get(decision.pk, [])


def _url(decision: Decision) -> str:
    return reverse("governance:decision", args=[decision.alliance.slug, decision.number])


def _about(decision: Decision) -> dict[str, object]:
    end = decision.closes_at or decision.created_at
    return {
        "title": decision.title,
        "alliance": decision.alliance,
        "end": written(end),
        "left": until(end, clock.read()),
    }


def _opened_words(event: Event, to: Recipient) -> Words:
    decision = _decision(event)
    about = _about(decision)
    return Words(
        subject=_("Voting is open: %(title)s") % about,
        paragraphs=[
            _("In %(alliance)s you may vote on “%(title)s” until %(end)s.") % about,
            *([decision.summary] if decision.summary else []),
            _("You vote on the page, after signing in; this link alone casts no vote. You may change it until then."),
        ],
        path=_url(decision),
        act=_("Read the motion and vote"),
    )


def _closing_words(event: Event, to: Recipient) -> Words:
    decision = _decision(event)
    about = _about(decision)
    return Words(
        subject=_("Your vote is missing, voting closes %(left)s: %(title)s") % about,
        paragraphs=[
            _("You have not voted on “%(title)s” in %(alliance)s yet. Voting closes on %(end)s.") % about,
            _("If a conflict of interest keeps you from voting, say so on the page instead."),
        ],
        path=_url(decision),
        act=_("Vote now"),
    )


def _open_votes(at: datetime) -> list[Decision]:
    return list(Decision.objects.open_at(at).order_by("closes_at", "pk"))


CLOSING_SOON = ClosingReminders("governance.closing", OPENED, CLOSING, _open_votes, missing_of)


# -- The outcome ----------------------------------------------------------------------------------------------------
def _concerned(event: Event) -> list[Recipient]:
    """Who could vote or was recused, who proposed it, and every member's representatives."""
    decision = _decision(event)
    voices = [person for found in voices_of(list(decision.electors.order_by("key"))).values() for person in found]
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE, RoleKind.ORGANISER)
    others = roles.filter(alliance=decision.alliance_id).order_by("granted_at", "pk").values_list("person", flat=True)
    return people([*voices, decision.proposer_id, *others])


def _takes_part(event: Event, to: Recipient) -> bool:
    alliance = _decision(event).alliance_id
    if Role.objects.current().filter(alliance=alliance, person=to.id).exists():
        return True
    return Holding.objects.current().accepted().filter(alliance=alliance, person=to.id).exists()


def _outcome_words(event: Event, to: Recipient) -> Words:
    decision = _decision(event)
    outcome = decision.outcomes.order_by("-number").first()
    about = _about(decision)
    result = str(outcome.get_result_display()) if outcome else ""
    effect = decision.effective_at
    return Words(
        subject=_("%(result)s: %(title)s") % {**about, "result": result},
        paragraphs=[
            _("%(alliance)s has decided on “%(title)s”.") % about,
            *([outcome.sentence] if outcome else []),
            *([_effect_words(decision, effect)] if effect else []),
        ],
        path=_url(decision),
        act=_("See the outcome and recount it"),
    )


def _effect_words(decision: Decision, effect: datetime) -> str:
    if decision.took_effect_at:
        return _("It is in effect since %(when)s.") % {"when": written(decision.took_effect_at)}
    if decision.state == DecisionState.LAPSED:
        return _("It has lapsed: the rules that it was decided by ended before it took effect.")
    if decision.effect_problem:
        return _("It could not be carried out yet. %(problem)s") % {"problem": decision.effect_problem}
    return _("It takes effect on %(when)s.") % {"when": written(effect)}


def register() -> None:
    """Have these messages sent, and the reminders made."""
    decision = partial(Message, still_wanted=_still_missing)
    add_message(
        decision(
            kind="governance.voting_opened",
            verbs=(OPENED,),
            recipients=lambda event: able(_decision(event)),
            words=_opened_words,
        )
    )
    for name in CLOSING:
        add_message(decision(kind=f"governance.closing.{name}", words=_closing_words))
    add_reminders(CLOSING_SOON)
    add_message(
        Message(
            kind="governance.outcome",
            verbs=("governance.decision.closed",),
            recipients=_concerned,
            still_wanted=_takes_part,
            words=_outcome_words,
        )
    )
