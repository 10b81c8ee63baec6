"""Something that a person can renew lapses: what, when, and what follows. A holder hears once of both statements."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import CounselReview, Position
from alliance.states import LIVING
from audit import clock
from audit.models import Event
from governance import rules
from governance.models import Attestation, Disclosure, Officer
from notifications.registry import Message, Recipient, Words, add_message
from traits.freshness import Lapse, read_back
from traits.indicators.self_interest import FRESH_DAYS
from traits.indicators.surrender import REVIEW_DAYS
from traits.mending import Step
from traits.models import Announcement, Assessment
from traits.selectors.directory import directory_of
from traits.selectors.mending import href_of

OWN: dict[str, Any] = {
    "attestation": gettext_lazy("your independence statement"),
    "disclosure": gettext_lazy("your disclosure of conflicts"),
}
"""What a holder renews, as told to that holder."""
BOTH = gettext_lazy("your independence statement and your disclosure of conflicts")
ACTS: dict[str, Any] = {
    "attestation": gettext_lazy("Sign your independence statement"),
    "disclosure": gettext_lazy("Renew your disclosure"),
}

ATTACHED = "exhibit"
"""The kind of lapse of which the organisers hear where nobody who may renew it is here any more."""


def _announcement(event: Event) -> Announcement:
    return Announcement.objects.select_related("alliance").get(pk=event.subject)


def _lapsing(announced: Announcement) -> Step | None:
    """The step that renews it, while the newest assessment still says that it lapses on that day."""
    latest = Assessment.objects.latest_of(announced.alliance)
    for each in read_back(latest.lapses if latest else ()):
        same = (each.kind, each.step.of, each.step.name) == (announced.kind, announced.of, announced.name)
        if same and each.day == announced.lapses_on:
            return each.step
    return None


def _beside(announced: Announcement) -> Announcement | None:
    """The holder's other statement, when it is announced for the same day and lapses still."""
    other = {"attestation": "disclosure", "disclosure": "attestation"}.get(announced.kind)
    found = Announcement.objects.filter(
        alliance=announced.alliance_id, kind=other, of=announced.of, lapses_on=announced.lapses_on, days=announced.days
    ).select_related("alliance")
    return next((each for each in found if _lapsing(each)), None)


def _who_renews(event: Event) -> list[Recipient]:
    """Who may renew it; the organisers where the author of attached evidence is not here any more."""
    announced = _announcement(event)
    step = _lapsing(announced)
    if step is None:
        return []
    directory = directory_of(announced.alliance)
    renewing = directory.people(step)
    if announced.kind == ATTACHED and not renewing:
        renewing = directory.organisers()
    return people(each.pk for each in renewing)


def _still_lapsing(event: Event, to: Recipient) -> bool:
    """And not told already with the statement that lapses on the same day."""
    announced = _announcement(event)
    if announced.alliance.state not in LIVING or to not in _who_renews(event):
        return False
    return announced.kind != "disclosure" or _beside(announced) is None


def _until(announced: Announcement) -> str:
    """The moment from which it no longer counts, as other mails say one; a term ends with a day."""
    told, days = _told_at(announced), _DAYS.get(announced.kind, 0)
    ends = [each + timedelta(days=days) for each in told]
    found = [each for each in ends if each.date() == announced.lapses_on]
    return written(max(found)) if found else date_format(announced.lapses_on, "l j F Y")


_DAYS = {
    "interests": FRESH_DAYS,
    "attestation": rules.STATEMENT_DAYS,
    "disclosure": rules.STATEMENT_DAYS,
    "review": REVIEW_DAYS,
    "acting_chair": rules.ACTING_CHAIR_DAYS,
}


def _told_at(announced: Announcement) -> list[datetime]:
    """When what lapses was said last, as the record has it."""
    if announced.kind not in _DAYS:
        return []
    of, alliance = UUID(announced.of) if announced.of else None, announced.alliance_id
    rows: dict[str, Any] = {
        "interests": lambda: Position.objects.filter(member=of).values_list("confirmed_at", flat=True),
        "attestation": lambda: Attestation.objects.filter(holding__person=of).values_list("signed_at", flat=True),
        "disclosure": lambda: Disclosure.objects.filter(holding__person=of).values_list("made_at", flat=True),
        "review": lambda: CounselReview.objects.values_list("reviewed_at", flat=True),
        "acting_chair": lambda: Officer.objects.filter(is_acting=True).values_list("starts_at", flat=True),
    }
    return [each for each in rows[announced.kind]().filter(alliance=alliance).order_by() if each]


def _words(event: Event, to: Recipient) -> Words:
    announced = _announcement(event)
    return _own_words(announced) if announced.kind in OWN else _words_about(announced)


def _about(announced: Announcement) -> dict[str, Any]:
    days = max((announced.lapses_on - clock.read().date()).days, 0)
    return {"alliance": announced.alliance, "end": _until(announced), "days": days}


def _own_words(announced: Announcement) -> Words:
    """To a holder, about the statement, the disclosure, or both."""
    both = _beside(announced) is not None
    about = {**_about(announced), "what": str(BOTH if both else OWN[announced.kind])}
    about["begun"] = about["what"][:1].upper() + about["what"][1:]
    days = about["days"]
    if both:
        subject = ngettext("%(begun)s lapse in %(days)s day", "%(begun)s lapse in %(days)s days", days)
        told = _("In %(alliance)s, %(what)s lapse on %(end)s.")
        then = _("Renew both before then. From then on your seat cannot vote until both are renewed.")
    else:
        subject = ngettext("%(begun)s lapses in %(days)s day", "%(begun)s lapses in %(days)s days", days)
        told = _("In %(alliance)s, %(what)s lapses on %(end)s.")
        then = _("Renew it before then. From then on your seat cannot vote until it is renewed.")
    step = _lapsing(announced) or Step("attest", "", announced.name, announced.of)
    return Words(
        subject=subject % about,
        paragraphs=[told % about, then],
        path=href_of(step, announced.alliance),
        act=str(ACTS[announced.kind]),
    )


def _words_about(announced: Announcement) -> Words:
    """To who speaks for a member, or sees to what nobody renews alone."""
    step = _lapsing(announced) or Step("review")
    lapse = Lapse(announced.kind, announced.lapses_on.isoformat(), step)
    about = {**_about(announced), "what": lapse.words, "name": step.name}
    subject = ngettext("Lapses in %(days)s day: %(what)s", "Lapses in %(days)s days: %(what)s", about["days"])
    is_orphan = announced.kind == ATTACHED and not directory_of(announced.alliance).people(step)
    then = (
        _("Confirm them before then. From then on the vote of %(name)s is suspended until they are confirmed.")
        if announced.kind == "interests"
        else _("See to it before then, so that the readiness check goes on holding.")
    )
    gone = [_("Nobody who may renew it is here any more: ask those whom it concerns.")] if is_orphan else []
    return Words(
        subject=subject % about,
        paragraphs=[_("In %(alliance)s this lapses on %(end)s: %(what)s.") % about, then % about, *gone],
        path=href_of(step, announced.alliance),
        act=_("Look at it") if is_orphan else step.words,
    )


def register() -> None:
    """Have this message sent."""
    add_message(
        Message(
            kind="traits.lapses",
            verbs=("traits.lapse.announced",),
            recipients=_who_renews,
            still_wanted=_still_lapsing,
            words=_words,
        )
    )
