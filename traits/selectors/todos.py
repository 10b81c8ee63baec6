"""What waits for a person because an organiser asked: two statements, whatever the number of alliances."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.todo import Todo
from alliance.models import Alliance, Role
from alliance.states import LIVING, WRITABLE, RoleKind, State
from governance.models import Officer
from governance.states import Office
from traits.indicators.registry import REGISTRY
from traits.mending import Step
from traits.models import Ask, Assessment, DropNotice
from traits.selectors.mending import href_of, key_of, open_steps, words_of
from traits.states import Verdict

FOR = timedelta(days=60)
"""So long a request stands on the person's list, unless it is done before."""


def todos_of(person: Person, at: datetime) -> Iterator[Todo]:
    """Steps that the person was asked to take and that the newest assessment still misses, each once."""
    found = Ask.objects.filter(person=person, asked_at__gt=at - FOR, alliance__state__in=LIVING)
    asks = list(found.select_related("alliance", "asked_by").order_by("-asked_at", "-pk"))
    if not asks:
        return
    newest = Assessment.objects.filter(alliance=OuterRef("alliance")).newest_first().values("pk")[:1]
    wanted = {ask.alliance_id for ask in asks}
    latest = Assessment.objects.filter(alliance__in=wanted, pk=Subquery(newest))
    open_ones = {each.alliance_id: open_steps(each) for each in latest}
    seen = set()
    for ask in asks:
        key = (ask.alliance_id, key_of(ask))
        if key not in seen and key_of(ask) in open_ones.get(ask.alliance_id, {}).get(ask.indicator, set()):
            seen.add(key)
            step = Step(ask.act, ask.ref, ask.name, ask.of)
            yield Todo(
                what=words_of(step, ask.alliance),
                where=ask.alliance.name,
                url=href_of(step, ask.alliance),
                verb=_("Do it"),
                note=_("%(who)s asked you") % {"who": ask.asked_by},
            )


def warnings_of(person: Person, at: datetime) -> Iterator[Todo]:
    """Warnings that wait for the person as chair, before the charter: two statements, whatever their number."""
    chaired = Officer.objects.current().filter(person=person, office=Office.CHAIR)
    found = list(chaired.filter(alliance__state__in=WRITABLE).select_related("alliance").order_by("pk"))
    if not found:
        return
    newest = Assessment.objects.filter(alliance=OuterRef("alliance")).newest_first().values("pk")[:1]
    latest = Assessment.objects.filter(alliance__in=[each.alliance_id for each in found], pk=Subquery(newest))
    by_alliance = {each.alliance_id: each for each in latest}
    for officer in found:
        assessment = by_alliance.get(officer.alliance_id)
        open_ones = [each for each in assessment.indicators if _is_open(each)] if assessment else []
        if open_ones:
            yield Todo(
                what=ngettext(
                    "Accept one warning, or have it mended",
                    "Accept %(n)s warnings, or have them mended",
                    len(open_ones),
                )
                % {"n": len(open_ones)},
                where=officer.alliance.name,
                url=reverse("traits:readiness", args=[officer.alliance.slug]) + "#warnings",
                verb=_("See them"),
            )


def cures_of(person: Person, at: datetime) -> Iterator[Todo]:
    """What dropped in alliances that the person organises or chairs, until it is cured: one statement."""
    chaired = Officer.objects.current().filter(person=person, office=Office.CHAIR).order_by()
    organised = Role.objects.current().of_kind(RoleKind.ORGANISER).filter(person=person).order_by()
    theirs = Q(alliance__in=chaired.values("alliance")) | Q(alliance__in=organised.values("alliance"))
    found = DropNotice.objects.filter(theirs, closed_at__isnull=True, alliance__state__in=LIVING)
    by_alliance: dict[Alliance, list[DropNotice]] = {}
    for notice in found.select_related("alliance").order_by("alliance__name", "cure_by", "indicator"):
        by_alliance.setdefault(notice.alliance, []).append(notice)
    for alliance, notices in by_alliance.items():
        named = ", ".join(str(REGISTRY[each.indicator].name) for each in notices)
        yield Todo(
            what=_("Have this cured: %(what)s") % {"what": named},
            where=alliance.name,
            url=reverse("traits:readiness", args=[alliance.slug]),
            verb=_("See how"),
            due_at=notices[0].cure_by,
            note=_time_left(alliance, notices[0], at),
        )


def _time_left(alliance: Alliance, notice: DropNotice, at: datetime) -> str:
    """Whole days until the alliance is suspended by itself; or that it is."""
    if alliance.state == State.SUSPENDED:
        return _("The alliance is suspended until then")
    days = max((notice.cure_by - at).days, 0)
    return ngettext("%(n)s day left before it is suspended", "%(n)s days left before it is suspended", days) % {
        "n": days
    }


def _is_open(kept: dict[str, Any]) -> bool:
    return kept["verdict"] == Verdict.WARN and not kept["acknowledged"]
