"""Times as people read them: in their own zone with the zone named, and from here."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

SOON = timedelta(days=3)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
FORMATS = {
    "long": "l j F Y, H:i",
    "short": "D j M Y, H:i",
    "brief": "D j M, H:i",
    "dated": "D j M Y, H:i",
    "date": "j M Y",
    "day": "j F Y",
}


def zone_name(at: datetime) -> str:
    """MST, CET, or +03 where the zone has no letters."""
    return timezone.localtime(at).tzname() or ""


def moment(at: datetime | date, form: str = "short", now: datetime | None = None) -> SafeString:
    """A time element: "Wed 25 Nov 2026, 17:00 MST"; `form` is long, short, brief, date or day.

    Brief leaves out the zone, and the year where it is that of `now`.
    """
    if not isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), date_format(at, FORMATS["day"]))
    local = timezone.localtime(at)
    if form == "brief" and local.year != timezone.localtime(now).year:
        form = "dated"
    words = date_format(local, FORMATS[form])
    if form in ("long", "short"):
        words = f"{words} {zone_name(at)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


def written(at: datetime) -> str:
    """A time in plain text, for mails and messages: "Wednesday 25 November 2026, 17:00 MST"."""
    return f"{date_format(timezone.localtime(at), FORMATS['long'])} {zone_name(at)}"


def dated(at: datetime | date) -> str:
    """A day in plain text, that of the reader's zone for a time: "25 November 2026"."""
    return date_format(timezone.localtime(at) if isinstance(at, datetime) else at, FORMATS["day"])


def until(at: datetime, now: datetime) -> str:
    """How far off a time is, in whole days, hours or minutes: "in 2 days", "3 hours ago".

    What is ahead is told to the minute begun: two days that began some seconds ago are two days.
    """
    ahead, distance = at >= now, abs(at - now)
    if ahead and distance >= MINUTE:
        distance = -(-distance // MINUTE) * MINUTE
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if distance >= unit:
            return phrase(distance // unit, name, ahead=ahead)
    return gettext("in less than a minute") if ahead else gettext("just now")


def phrase(count: int, unit: str, *, ahead: bool) -> str:
    """The sentence piece for a count of units, by plural."""
    params = {"count": count}
    if unit == "day":
        form = (
            ngettext("in %(count)d day", "in %(count)d days", count)
            if ahead
            else ngettext("%(count)d day ago", "%(count)d days ago", count)
        )
    elif unit == "hour":
        form = (
            ngettext("in %(count)d hour", "in %(count)d hours", count)
            if ahead
            else ngettext("%(count)d hour ago", "%(count)d hours ago", count)
        )
    else:
        form = (
            ngettext("in %(count)d minute", "in %(count)d minutes", count)
            if ahead
            else ngettext("%(count)d minute ago", "%(count)d minutes ago", count)
        )
    return form % params


def left(at: datetime, now: datetime) -> dict[str, int]:
    """What is left of a window, in days, hours and minutes; nothing once it has passed."""
    minutes = max(0, int((at - now).total_seconds() // 60))
    return {"days": minutes // 1440, "hours": minutes % 1440 // 60, "minutes": minutes % 60}


def urgency(at: datetime | None, now: datetime) -> str:
    """The class of a row's date: any, past, soon or none."""
    if at is None:
        return "any"
    if at < now:
        return "past"
    return "soon" if at - now < SOON else ""
