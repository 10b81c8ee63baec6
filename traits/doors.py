"""What a visitor has told, kept in the session until an alliance is founded in it."""

from django.utils.translation import gettext as _

from accounts.models import Person
from alliance.afterwards import Session
from alliance.models import Alliance
from traits.selfcheck import biggest_gaps, is_whole
from traits.services.assessments import assess_now
from traits.services.telling import keep_told_check

KEPT = "told_check"


def remember(session: Session, answers: dict[str, str]) -> None:
    """Keep the answers with the visitor, and with nobody else."""
    session[KEPT] = answers


def remembered(session: Session) -> dict[str, str] | None:
    """The visitor's answers, if all fifteen were given."""
    answers = session.get(KEPT)
    return answers if is_whole(answers) else None


def keep_what_was_told(session: Session, person: Person, alliance: Alliance) -> None:
    """After a founding: what was told before becomes the alliance's, and leaves the session."""
    answers = remembered(session)
    if answers:
        keep_told_check(actor=person, alliance=alliance, answers=answers)
        del session[KEPT]


def read_at_once(session: Session, person: Person, alliance: Alliance) -> None:
    """After a founding: read the five traits, so that the overview says what is to do, and how soon it can be."""
    assess_now(actor=person, alliance=alliance)


def say_what_is_kept(session: Session) -> str:
    """On the steps of founding: that what was told goes with it, and what to think of while inviting members."""
    answers = remembered(session)
    if answers is None:
        return ""
    kept = _("Your fifteen answers will be kept with this alliance.")
    gap = next(iter(biggest_gaps(answers)), None)
    return f"{kept} {_('The biggest gap, as you told it:')} {gap.advice}" if gap else kept
