"""The alliance's log: what happened, narrowed and in pages, and whether the chain holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Person
from alliance.models import Alliance
from alliance.selectors.events import Told, tell
from alliance.sentences import title_of
from audit.chain import Fault
from audit.models import Event, Stream
from audit.verification import verify_stream

PAGE = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; nothing set means everything."""

    verb: str = ""
    actor: UUID | None = None
    subject: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """What a check of the chain found; `fault` is the first link that does not hold."""

    fault: Fault | None


def choices_of(alliance: Alliance) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The kinds of event and the people that the log knows, for a filter: two statements."""
    log = Event.objects.filter(stream=alliance.pk).order_by()
    verbs = sorted((title_of(verb), verb) for verb in log.values_list("verb", flat=True).distinct())
    people = Person.objects.filter(pk__in=log.filter(actor__isnull=False).values("actor")).order_by("name", "pk")
    return [(verb, title) for title, verb in verbs], [(str(pk), name) for pk, name in people.values_list("pk", "name")]


def log_of(alliance: Alliance, wanted: Wanted, page: Any) -> tuple[Page[Event], list[Told]]:
    """One page of the log, newest first: four statements."""
    found = Paginator(_matching(alliance, wanted), PAGE).get_page(page)
    return found, tell(alliance, found.object_list)


def _matching(alliance: Alliance, wanted: Wanted) -> QuerySet[Event]:
    exact = {"verb": wanted.verb, "actor": wanted.actor, "subject": wanted.subject}
    log = Event.objects.filter(stream=alliance.pk, **{key: value for key, value in exact.items() if value})
    if wanted.since:
        log = log.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        log = log.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return log.order_by("-seq")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def head_of(alliance: Alliance) -> Stream | None:
    """How long the chain is, and its last fingerprint."""
    return Stream.objects.filter(pk=alliance.pk).first()


def checked(alliance: Alliance) -> Chain:
    """Recompute the whole chain."""
    return Chain(fault=verify_stream(alliance.pk))
