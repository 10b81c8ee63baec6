"""What an outcome tells people: what came out, that it turned, and with whom the question goes on."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import Role
from alliance.states import RoleKind
from audit.models import Event
from audit.services import data_of
from governance.messages.audience import about_of, deciding, decision_of, takes_part, url_of, voices_of
from governance.models import Decision
from governance.states import DecisionState, Method, Result
from notifications.registry import Message, Recipient, Words, add_message

DECIDED = frozenset({Result.ADOPTED, Result.REJECTED})


def _concerned(event: Event) -> list[Recipient]:
    """Who could vote or was recused, who proposed it, and every member's representatives."""
    decision = decision_of(event)
    voices = [person for found in voices_of(list(decision.electors.order_by("key"))).values() for person in found]
    roles = Role.objects.current().of_kind(RoleKind.REPRESENTATIVE, RoleKind.ORGANISER)
    others = roles.filter(alliance=decision.alliance_id).order_by("granted_at", "pk").values_list("person", flat=True)
    return people([*voices, decision.proposer_id, *others])


def _outcome_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    outcome = decision.outcomes.order_by("-number").first()
    about = about_of(decision)
    result = outcome.result if outcome else ""
    effect = decision.effective_at
    return Words(
        subject=_("%(result)s: %(title)s") % {**about, "result": outcome.get_result_display() if outcome else ""},
        paragraphs=[
            _("%(alliance)s has decided on “%(title)s”.") % about
            if result in DECIDED
            else _("Voting on “%(title)s” in %(alliance)s is over; nothing is decided.") % about,
            *([outcome.sentence] if outcome else []),
            *([_effect_words(decision, effect)] if effect else []),
            *([_("Whoever still wants it proposes it again.")] if result == Result.NO_QUORUM else []),
        ],
        path=url_of(decision),
        act=_("See the outcome and recount it"),
    )


def _effect_words(decision: Decision, effect: datetime) -> str:
    if decision.took_effect_at:
        return _("It has been in effect since %(when)s.") % {"when": written(decision.took_effect_at)}
    if decision.state == DecisionState.LAPSED:
        return _("It has lapsed: the rules that it was decided by ended before it took effect.")
    if decision.effect_problem:
        return _("It could not be carried out yet. %(problem)s") % {"problem": decision.effect_refusal}
    return _("It takes effect on %(when)s.") % {"when": written(effect)}


def _is_changed(event: Event, to: Recipient) -> bool:
    """Did the recount bring another result, and does this person still take part?"""
    outcomes = list(decision_of(event).outcomes.filter(number__lte=data_of(event)["outcome"]).order_by("-number")[:2])
    return len({each.result for each in outcomes}) > 1 and takes_part(event, to)


def _turned_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    outcome = decision.outcomes.get(number=data_of(event)["outcome"])
    about = {**about_of(decision), "result": outcome.get_result_display()}
    return Words(
        subject=_("Counted again, now “%(result)s”: %(title)s") % about,
        paragraphs=[
            _("After a recusal “%(title)s” in %(alliance)s has another outcome than you were told.") % about,
            outcome.sentence,
            *([_effect_words(decision, decision.effective_at)] if decision.effective_at else []),
        ],
        path=url_of(decision),
        act=_("See the outcome and recount it"),
    )


def _proposer(event: Event) -> list[Recipient]:
    return people([decision_of(event).proposer_id])


def _is_draft(event: Event, to: Recipient) -> bool:
    return decision_of(event).state == DecisionState.DRAFT


def _returned_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    about = {**about_of(decision), "number": decision.number, "class": decision.decision_class.name}
    is_last = decision.decision_class.method == Method.VOTE
    return Words(
        subject=_("Sent back to you with objections: %(title)s") % about,
        paragraphs=[
            _("“%(title)s” in %(alliance)s was objected to again. It goes on as no. %(number)s, a vote (%(class)s).")
            % about
            if is_last
            else _("“%(title)s” in %(alliance)s was objected to. It goes on as no. %(number)s, your draft.") % about,
            _("Each objection says what would have to change. Change the draft, then have it put to the vote again."),
        ],
        path=url_of(decision),
        act=_("See the draft and the objections"),
    )


def _referred_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    about = {**about_of(decision), "number": decision.number}
    return Words(
        subject=_("The members decide: %(title)s") % about,
        paragraphs=[
            _("So many seats of %(alliance)s were recused from “%(title)s” that the committee cannot decide it.")
            % about,
            _("It goes to the members, one vote for each group of organisations, as no. %(number)s.") % about,
            _("The chair or the secretary opens the vote; you are asked then."),
        ],
        path=url_of(decision),
        act=_("Read the question"),
    )


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="governance.outcome",
            verbs=("governance.decision.closed",),
            recipients=_concerned,
            still_wanted=takes_part,
            words=_outcome_words,
        )
    )
    add_message(
        Message(
            kind="governance.outcome_turned",
            verbs=("governance.decision.recounted",),
            recipients=_concerned,
            still_wanted=_is_changed,
            words=_turned_words,
        )
    )
    add_message(
        Message(
            kind="governance.sent_back",
            verbs=("governance.decision.returned",),
            recipients=_proposer,
            still_wanted=_is_draft,
            words=_returned_words,
        )
    )
    add_message(
        Message(
            kind="governance.referred",
            verbs=("governance.decision.referred",),
            recipients=deciding,
            still_wanted=_is_draft,
            words=_referred_words,
        )
    )
