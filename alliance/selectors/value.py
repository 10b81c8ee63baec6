"""Value streams and the legacy plan."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from alliance.models import (
    Alliance,
    Beneficiary,
    DurableForm,
    InterestLink,
    LegacyItem,
    Member,
    Reading,
    Role,
    Target,
    ValueStream,
)
from alliance.querysets import MemberQuerySet
from alliance.selectors.course import Course, course_of
from alliance.selectors.standing import Standing
from alliance.states import LegacyPart

MONTHS = 12


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One stream as the list shows it."""

    stream: ValueStream
    note: str
    steward: str
    is_kept: bool
    is_measured: bool
    figure: str


@dataclass(frozen=True, slots=True)
class Value:
    streams: list[StreamLine]
    legacy: list[dict[str, Any]]
    missing: int
    ends_on: date | None


def value_of(alliance: Alliance) -> Value:
    """Three statements: streams (kept with the alliance, for the panels), their beneficiaries, the legacy plan."""
    gaining = Beneficiary.objects.select_related("member__organisation").order_by("member__organisation__name", "pk")
    streams = ValueStream.objects.select_related("steward").prefetch_related(Prefetch("beneficiaries", gaining))
    newest = Reading.objects.filter(stream=OuterRef("pk")).order_by("-read_on", "-pk").values("value")[:1]
    streams = streams.annotate(newest=Subquery(newest)).order_by("-is_primary", "created_at", "pk")
    prefetch_related_objects([alliance], Prefetch("streams", streams))
    items = {item.part: item for item in alliance.legacy_items.select_related("owner").order_by("pk")}
    return Value(
        streams=[_line(stream) for stream in alliance.streams.all()],
        legacy=[_part(part, items.get(part)) for part in LegacyPart],
        missing=sum(1 for part in LegacyPart if part not in items or not items[part].owner_id),
        ends_on=end_of(alliance),
    )


def _part(part: LegacyPart, item: LegacyItem | None) -> dict[str, Any]:
    return {
        "part": part.value,
        "name": part.label,
        "text": item.text if item else "",
        "owner": item.owner.name if item and item.owner else "",
        "item": item,
        "done": bool(item and item.text and item.owner_id),
    }


def end_of(alliance: Alliance) -> date | None:
    """The day on which the charter ends by itself; None for a permanent one, or before it is in force."""
    if alliance.activated_at is None or alliance.term_months is None:
        return None
    return months_after(alliance.activated_at.date(), alliance.term_months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day: 31 January and 1 are 28 February."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _line(stream: ValueStream) -> StreamLine:
    names = ", ".join(each.member.organisation.name for each in stream.beneficiaries.all())
    return StreamLine(
        stream=stream,
        note=_("For %(names)s") % {"names": names} if names else _("Nobody gains yet"),
        steward=stream.steward.name if stream.steward else "",
        is_kept=stream.steward_accepted_at is not None and stream.witnessed,
        is_measured=stream.baseline is not None,
        figure=_figure(stream) if stream.baseline is not None else "",
    )


def _figure(stream: Any) -> str:
    """ "Paper-claims share: 38 % at first, 21 % last": the baseline, and the newest reading beside it."""
    said = {"metric": stream.metric, "first": measured(stream.baseline, stream.unit)}
    if stream.newest is None:
        return _("%(metric)s: %(first)s at first, no reading yet") % said
    return _("%(metric)s: %(first)s at first, %(last)s last") % {**said, "last": measured(stream.newest, stream.unit)}


@dataclass(frozen=True, slots=True)
class StreamPage:
    """One stream with everything about it, and the acts that are open to who looks."""

    stream: ValueStream
    gaining: list[Beneficiary]
    readings: list[Reading]
    targets: list[Target]
    course: Course | None
    forms: list[dict[str, Any]]
    links: list[InterestLink]
    baseline: str
    is_mine: bool
    steward_is_gone: bool
    """Has the steward that was named no role here any more?"""
    may_name_steward: bool
    may_accept: bool
    may_take_back: bool
    """Readings: the steward may, in legacy too."""
    may_measure: bool
    may_verify: bool
    may_vouch: bool
    may_link: bool


def stream_page(stream: ValueStream, standing: Standing, *, today: date) -> StreamPage:
    """Eight statements: beneficiaries, readings, targets, durable forms, links, employers, steward, who may vouch."""
    links = stream.interest_links.select_related("member__organisation", "topic")
    employers = set(Organisation.objects.vouching_for(standing.person).values_list("pk", flat=True))
    durable = stream.durable_forms.select_related("successor", "accepted_by").order_by("pk")
    readings = list(
        stream.readings.select_related("entered_by", "verified_by__organisation").order_by("-read_on", "pk")
    )
    targets = list(stream.targets.select_related("set_by").order_by("due_on", "pk"))
    is_mine = standing.keeps(stream)
    keeping = Role.objects.of_stewards().filter(alliance=stream.alliance_id, person=stream.steward_id)
    is_gone = stream.steward_id is not None and not keeping.exists()
    acts = standing.is_living and standing.acts_for_a_member
    may_vouch = acts and vouching(standing, stream, None).exists()
    may_verify = may_vouch and stream.baseline is not None and not stream.baseline_verified_at
    represented = any(standing.represents(member.pk) for member in standing.members())
    return StreamPage(
        stream=stream,
        gaining=list(stream.beneficiaries.select_related("member__organisation").order_by("member__organisation__name")),
        readings=readings,
        targets=targets,
        course=course_of(stream, readings, targets, ends_on=end_of(stream.alliance), today=today),
        forms=[_durable(form, employers, standing) for form in durable],
        links=list(links.order_by("member__organisation__name", "pk")),
        baseline=measured(stream.baseline, stream.unit) if stream.baseline is not None else "",
        is_mine=is_mine,
        steward_is_gone=is_gone,
        may_name_steward=is_gone and standing.is_organiser and standing.goes_on,
        may_accept=is_mine and standing.is_living and not (stream.steward_accepted_at and stream.witnessed),
        may_take_back=is_mine and standing.goes_on,
        may_measure=standing.is_living and (is_mine or standing.is_organiser),
        may_verify=may_verify and vouching(standing, stream, stream.baseline_set_by).exists(),
        may_vouch=may_vouch,
        may_link=standing.is_living and represented,
    )  # fmt: skip


def vouching(standing: Standing, stream: ValueStream, entered_by: Person | None) -> MemberQuerySet:
    """The members that the person speaks for, of another group than the steward's and than that of who entered it.

    For them a figure is verified.
    """
    own = [member.pk for member in standing.members()]
    return Member.objects.filter(pk__in=own).beside(stream.steward, entered_by)


def _durable(form: DurableForm, employers: set[Any], standing: Standing) -> dict[str, Any]:
    is_accepted = form.accepted_at is not None and form.witnessed
    may_accept = not is_accepted and standing.is_living and form.successor_id in employers
    return {"form": form, "is_accepted": is_accepted, "may_accept": may_accept}


def plain(value: Any) -> str:
    """A decimal without trailing noughts, grouped by thousands: 38.000000 is "38"."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return str(number_format(text, force_grouping=True))


def measured(value: Any, unit: str) -> str:
    """A figure with its unit kept beside it."""
    return f"{plain(value)}\u00a0{unit}"
