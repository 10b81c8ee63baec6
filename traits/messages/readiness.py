"""What this app's events tell people: asked to mend something, a drop to cure, and its cure."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import Alliance
from alliance.states import LIVING
from audit.models import Event
from audit.services import data_of
from governance.messages.audience import committee_of
from notifications.registry import Message, Recipient, Words, add_message
from traits.indicators.registry import REGISTRY
from traits.mending import Step
from traits.models import Ask, Assessment, DropNotice
from traits.selectors.directory import directory_of
from traits.selectors.mending import href_of, key_of, open_steps, words_of


# -- Asked to mend --------------------------------------------------------------------------------------------------
def _ask(event: Event) -> Ask:
    return Ask.objects.select_related("alliance", "asked_by").get(pk=event.subject)


def _step(ask: Ask) -> Step:
    return Step(ask.act, ask.ref, ask.name, ask.of)


def _asked(event: Event) -> list[Recipient]:
    return people([_ask(event).person_id])


def _still_open(event: Event, to: Recipient) -> bool:
    """Still in the way as last assessed, and the person may still do it."""
    ask = _ask(event)
    if ask.alliance.state not in LIVING:
        return False
    open_ones = open_steps(Assessment.objects.latest_of(ask.alliance))
    if key_of(ask) not in open_ones.get(ask.indicator, set()):
        return False
    return any(each.pk == to.id for each in directory_of(ask.alliance).people(_step(ask)))


def _asked_words(event: Event, to: Recipient) -> Words:
    ask = _ask(event)
    about = {
        "who": ask.asked_by,
        "alliance": ask.alliance,
        "what": words_of(_step(ask), ask.alliance),
        "indicator": REGISTRY[ask.indicator].name,
    }
    return Words(
        subject=_("%(alliance)s asks you: %(what)s") % about,
        paragraphs=[
            _("%(who)s asks you to do this for %(alliance)s: %(what)s.") % about,
            _("It stands in the way of “%(indicator)s” in the readiness check, and you are one of those who may.")
            % about,
        ],
        path=href_of(_step(ask), ask.alliance),
        act=words_of(_step(ask), ask.alliance),
    )


# -- A drop to cure -------------------------------------------------------------------------------------------------
def _dropped(event: Event) -> list[DropNotice]:
    found = DropNotice.objects.filter(opened_by=event.subject, closed_at__isnull=True)
    return list(found.order_by("indicator"))


def _still_dropped(event: Event, to: Recipient) -> bool:
    return bool(_dropped(event)) and to in committee_of(event.stream)


def _drop_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.stream)
    notices = _dropped(event)
    about = {
        "alliance": alliance,
        "what": ", ".join(f"{REGISTRY[each.indicator].name} ({each.indicator})" for each in notices),
        "end": written(min(each.cure_by for each in notices)),
    }
    return Words(
        subject=_("%(alliance)s has 30 days to cure what dropped") % about,
        paragraphs=[
            _("Under its charter %(alliance)s must keep this, and does not: %(what)s.") % about,
            _("If it is not cured by %(end)s, the alliance is suspended by itself.") % about,
        ],
        path=reverse("traits:readiness", args=[alliance.slug]),
        act=_("See how to cure it"),
    )


def _is_cured(event: Event, to: Recipient) -> bool:
    cured = set(data_of(event)["indicators"])
    open_ones = DropNotice.objects.filter(alliance=event.stream, closed_at__isnull=True, indicator__in=cured)
    return not open_ones.exists() and to in committee_of(event.stream)


def _cured_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.stream)
    named = [f"{REGISTRY[each].name} ({each})" for each in data_of(event)["indicators"]]
    about = {"alliance": alliance, "what": ", ".join(named)}
    return Words(
        subject=_("%(alliance)s has cured what had dropped") % about,
        paragraphs=[_("This holds again in %(alliance)s: %(what)s. The notice is closed.") % about],
        path=reverse("traits:readiness", args=[alliance.slug]),
        act=_("See readiness"),
    )


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="traits.asked",
            verbs=("traits.mending.asked",),
            recipients=_asked,
            still_wanted=_still_open,
            words=_asked_words,
        )
    )
    add_message(
        Message(
            kind="traits.dropped",
            verbs=("traits.drop.noticed",),
            recipients=lambda event: committee_of(event.stream),
            still_wanted=_still_dropped,
            words=_drop_words,
        )
    )
    add_message(
        Message(
            kind="traits.cured",
            verbs=("traits.drop.cured",),
            recipients=lambda event: committee_of(event.stream),
            still_wanted=_is_cured,
            words=_cured_words,
        )
    )
