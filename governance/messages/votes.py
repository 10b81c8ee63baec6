"""What a vote tells people while it is ahead or open: notice, opened, closing soon and still missing, extended."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.templatetags.moments import written
from alliance.messages import people
from audit import clock
from audit.models import Event
from audit.services import data_of
from governance.counting import opens_from
from governance.messages.audience import able, about_of, deciding, decision_of, missing_of, url_of
from governance.models import Decision
from governance.selectors.ballots import group_name
from governance.states import DecisionState
from notifications.closing import ClosingReminders
from notifications.registry import Message, Recipient, Words, add_message, add_reminders

OPENED = "governance.voting.opened"
CLOSING = {"half": None, "day": timedelta(hours=24), "hours": timedelta(hours=2)}
"""The reminders of an open vote: at half of its window, and so long before it closes."""


def _still_missing(event: Event, to: Recipient) -> bool:
    decision = decision_of(event)
    is_open = Decision.objects.open_at(clock.read()).filter(pk=decision.pk).exists()
    return is_open and to in missing_of([decision]).get(decision.pk, [])


def _opened_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    about = about_of(decision)
    return Words(
        subject=_("Voting is open: %(title)s") % about,
        paragraphs=[
            _("In %(alliance)s you may vote on “%(title)s” until %(end)s.") % about,
            *([decision.summary] if decision.summary else []),
            _(
                "You vote on the page, after signing in; this link alone casts no vote. You may change your "
                "ballot until voting closes."
            ),
        ],
        path=url_of(decision),
        act=_("Read the motion and vote"),
    )


def _closing_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    about = about_of(decision)
    return Words(
        subject=_("Your vote is missing, voting closes %(left)s: %(title)s") % about,
        paragraphs=[
            _("You have not voted on “%(title)s” in %(alliance)s yet. Voting closes on %(end)s.") % about,
            _("If a conflict of interest keeps you from voting, say so on the page instead."),
        ],
        path=url_of(decision),
        act=_("Vote now"),
    )


def _open_votes(at: datetime) -> list[Decision]:
    return list(Decision.objects.open_at(at).order_by("closes_at", "pk"))


CLOSING_SOON = ClosingReminders("governance.closing", OPENED, CLOSING, _open_votes, missing_of)


def _still_noticed(event: Event, to: Recipient) -> bool:
    decision = decision_of(event)
    return decision.state == DecisionState.DRAFT and decision.noticed_at == event.at and to in deciding(event)


def _notice_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    opens = opens_from(decision) or event.at
    about = {**about_of(decision), "who": decision.proposer, "opens": written(opens)}
    return Words(
        subject=_("Notice of a vote: %(title)s") % about,
        paragraphs=[
            _("%(alliance)s is to decide on “%(title)s”, proposed by %(who)s.") % about,
            _("The vote may open from %(opens)s on. Until then the text can be read and talked about.") % about,
            *([decision.summary] if decision.summary else []),
        ],
        path=url_of(decision),
        act=_("Read the motion"),
    )


def _extended_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    about = about_of(decision)
    return Words(
        subject=_("Voting goes on for a day: %(title)s") % about,
        paragraphs=[
            _("Enough have voted only in the last day, so voting on “%(title)s” in %(alliance)s goes on, this once.")
            % about,
            _("It closes on %(end)s. Until then every ballot may be changed; the last one counts.") % about,
        ],
        path=url_of(decision),
        act=_("See the vote"),
    )


def _is_open(event: Event, to: Recipient) -> bool:
    return Decision.objects.open_at(clock.read()).filter(pk=event.subject).exists() and to in able(decision_of(event))


def _replaced(event: Event) -> list[Recipient]:
    """Who cast the group's ballot that a colleague has just replaced."""
    replaces = data_of(event).get("replaces")
    return people([UUID(replaces)]) if replaces else []


def _replaced_words(event: Event, to: Recipient) -> Words:
    decision = decision_of(event)
    elector = decision.electors.get(key=data_of(event)["seat"])
    who = Person.objects.filter(pk=event.actor).first() if event.actor else None
    about = {**about_of(decision), "group": group_name(elector), "who": who}
    return Words(
        subject=_("%(who)s has replaced your ballot: %(title)s") % about,
        paragraphs=[
            _("%(group)s has one ballot on “%(title)s” in %(alliance)s, and the last one counts.") % about,
            _("You cast it; %(who)s has cast it again since. Talk to each other before %(end)s.") % about,
        ],
        path=url_of(decision),
        act=_("See the vote"),
    )


def register() -> None:
    """Have these messages sent, and the reminders made."""
    decision = partial(Message, still_wanted=_still_missing)
    add_message(
        decision(
            kind="governance.voting_opened",
            verbs=(OPENED,),
            recipients=lambda event: able(decision_of(event)),
            words=_opened_words,
        )
    )
    for name in CLOSING:
        add_message(decision(kind=f"governance.closing.{name}", words=_closing_words))
    add_reminders(CLOSING_SOON)
    add_message(
        Message(
            kind="governance.notice_given",
            verbs=("governance.notice.given",),
            recipients=deciding,
            still_wanted=_still_noticed,
            words=_notice_words,
        )
    )
    add_message(
        Message(
            kind="governance.voting_extended",
            verbs=("governance.voting.extended",),
            recipients=lambda event: able(decision_of(event)),
            still_wanted=_is_open,
            words=_extended_words,
        )
    )
    add_message(
        Message(
            kind="governance.ballot_replaced",
            verbs=("governance.ballot.cast",),
            recipients=_replaced,
            still_wanted=_is_open,
            words=_replaced_words,
        )
    )
