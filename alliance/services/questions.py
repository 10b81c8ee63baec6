"""The six questions that a new member's representative answers, and what becomes of the answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import require
from alliance import sealing
from alliance.models import Alliance, Contribution, Member, MemberAnswers, Topic
from alliance.selectors.holds import TOPIC
from alliance.services.contributions import keep_promise_of
from alliance.services.holds import require_not_held
from alliance.services.interests import Stated, require_in_range, write_position, write_topic
from alliance.services.locking import lock, require_writable, tell
from alliance.states import Area, ContributionKind, Membership
from audit.errors import DomainError

NO_WORDS = sealing.OwnWords()
MOST, ALSO, NEVER = "most", "also", "never"
STANCE = {MOST: 2, ALSO: 1, NEVER: -2}
"""Which stance each of the first three questions stands for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer about a topic: one that is there, or a new one with its measure; salience in hundredths 0…100."""

    salience: int
    topic: Topic | None = None
    name: str = ""
    measure: str = ""
    is_confidential: bool = False


@dataclass(frozen=True, slots=True)
class Bringing:
    """What the member could bring: amount in minor units of the alliance's currency, for money."""

    kind: ContributionKind
    description: str
    amount: int | None = None


@transaction.atomic
def answer_questions(
    *,
    actor: Person,
    member: Member,
    wants_most: Wish,
    wants_also: Wish | None = None,
    must_not_happen: Wish | None = None,
    brings: Bringing | None = None,
    words: sealing.OwnWords = NO_WORDS,
) -> MemberAnswers:
    """Answer the six questions for one's member, once, from accepting the invitation on and before the charter.

    The first three become positions (+2, +1, −2), on topics that are added where they are new; the fourth becomes a
    promise that binds once the signatory signs it; the last two are sealed, and preset the worksheet. All or nothing.
    Only the member's own representative may. Raises DomainError when it has answered, or stated positions, already.
    """
    alliance, at = lock(member.alliance_id)
    member = Member.objects.get(pk=member.pk)
    require("alliance.answer_questions", actor, member)
    require_writable(alliance, Area.INTERESTS)
    _require_first(member)
    for question, wish in _distinct({MOST: wants_most, ALSO: wants_also, NEVER: must_not_happen}).items():
        stated = _stated(actor, alliance, question, wish, at)
        write_position(actor, alliance, member, stated, at)
    if brings:
        keep_promise_of(actor, _promised(member, alliance, brings), at)
    answers = MemberAnswers.objects.create(
        alliance=alliance,
        member=member,
        ciphertext=sealing.seal_words(words, member=member.pk),
        key_id=sealing.current_key_id(),
        sealed_for=member.pk,
        answered_by=actor,
        answered_at=at,
    )
    tell("questions.answered", alliance, actor=actor, subject=member, at=at)
    return answers


def _require_first(member: Member) -> None:
    if member.state not in {Membership.ACCEPTED, Membership.ADMITTED}:
        raise DomainError("not_accepted", _("Only an organisation that has accepted answers for itself."))
    if MemberAnswers.objects.filter(member=member).exists() or member.positions.exists():
        raise DomainError(
            "answered_already", _("This member has said what it wants already. Change it in its row of positions.")
        )


def _distinct(wishes: dict[str, Wish | None]) -> dict[str, Wish]:
    """Those that are given, no two about one topic."""
    given = {question: wish for question, wish in wishes.items() if wish}
    seen: set[object] = set()
    for question, wish in given.items():
        topic = wish.topic.pk if wish.topic else wish.name.strip()
        if topic in seen:
            sentence = _("You have answered about this topic already. Choose another one.")
            raise DomainError("topic_twice", sentence, field=f"{question}_{'topic' if wish.topic else 'name'}")
        seen.add(topic)
    return given


def _stated(actor: Person, alliance: Alliance, question: str, wish: Wish, at: datetime) -> Stated:
    if wish.topic and wish.topic.alliance_id != alliance.pk:
        raise DomainError("not_this_alliance", _("Choose a topic of this alliance."), field=f"{question}_topic")
    if not wish.topic and wish.is_confidential:
        raise DomainError(
            "new_and_confidential",
            _("Everybody sees who adds a topic. Choose one that is there, or do without confidence."),
            field=f"{question}_confidential",
        )
    if not wish.topic and not wish.measure.strip():
        raise DomainError("measure_missing", _("Say how one would see it."), field=f"{question}_measure")
    if wish.topic:
        require_not_held(TOPIC, wish.topic, at, field=f"{question}_topic")
    topic = wish.topic or write_topic(actor, alliance, wish.name, wish.measure, at, field=f"{question}_name")
    stated = Stated(topic, STANCE[question], wish.salience, is_confidential=wish.is_confidential)
    require_in_range(stated)
    return stated


def _promised(member: Member, alliance: Alliance, brings: Bringing) -> Contribution:
    if not brings.description.strip():
        raise DomainError("description_missing", _("Say what you could bring."), field="brings")
    if brings.kind == ContributionKind.MONEY and not brings.amount:
        raise DomainError("amount_missing", _("Say how much money."), field="amount")
    return Contribution(
        alliance=alliance,
        member=member,
        kind=brings.kind,
        description=brings.description,
        amount=brings.amount,
        currency=alliance.currency if brings.amount else "",
    )
