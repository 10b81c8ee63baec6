"""Reports in confidence: the auditor hears that one waits, who made it what was found, all who reads them from now on.

No message carries a report's text, its seat or its author's name.
"""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alliance.messages import people
from alliance.models import Alliance, Role
from alliance.states import RoleKind
from audit.models import Event
from audit.services import data_of
from governance.messages.audience import everyone_in
from governance.models import InstructionReport
from governance.permissions import reads_reports
from notifications.registry import Message, Recipient, Words, add_message
from notifications.states import Channel


def _auditors(alliance: UUID) -> list[Role]:
    roles = Role.objects.current().of_kind(RoleKind.AUDITOR).filter(alliance=alliance).select_related("person")
    return list(roles.order_by("granted_at", "pk"))


def _readers(event: Event) -> list[Recipient]:
    alliance = Alliance.objects.get(pk=event.stream)
    return people(role.person_id for role in _auditors(alliance.pk) if reads_reports(role.person, alliance))


def _is_unsettled(event: Event, to: Recipient) -> bool:
    waits = InstructionReport.objects.filter(pk=event.subject, settled_at__isnull=True).exists()
    return waits and to in _readers(event)


def _waiting_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.stream)
    return Words(
        subject=_("A report in confidence waits for you in %(alliance)s") % {"alliance": alliance},
        paragraphs=[
            _("Somebody reports that the holder of a seat was told how to vote. Only you may read it."),
            _("Settle it within 30 days: until then the readiness check shows that a report is open."),
        ],
        path=reverse("governance:reports", args=[alliance.slug]),
        act=_("Read the report"),
    )


def _author(event: Event) -> list[Recipient]:
    return people([InstructionReport.objects.get(pk=event.subject).reported_by_id])


def _finding_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.stream)
    found = InstructionReport.objects.get(pk=event.subject)
    finding = _("The holder was told how to vote.") if found.was_instructed else _("The holder was not told.")
    return Words(
        subject=_("The auditor has settled your report in %(alliance)s") % {"alliance": alliance},
        paragraphs=[_("Finding: %(finding)s") % {"finding": finding}],
        path=reverse("governance:report", args=[alliance.slug]),
        act=_("See your reports"),
    )


def _all_within(event: Event) -> list[Recipient]:
    """Everybody else in the alliance, where somebody has become its auditor."""
    if RoleKind.AUDITOR not in data_of(event)["roles"]:
        return []
    return [each for each in everyone_in(event.stream) if each.id != event.actor]


def _is_auditor_still(event: Event, to: Recipient) -> bool:
    return any(role.person_id == event.actor for role in _auditors(event.stream)) and to in _all_within(event)


def _appointed_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.stream)
    auditor = next(role.person for role in _auditors(event.stream) if role.person_id == event.actor)
    about = {"person": auditor, "alliance": alliance}
    return Words(
        subject=_("%(person)s is auditor of %(alliance)s") % about,
        paragraphs=[
            _("%(person)s checks what is on record in %(alliance)s from now on, and settles reports in confidence.")
            % about,
            _("An auditor reads such reports, those made before too, and nobody else does."),
        ],
        path=reverse("alliance:people", args=[alliance.slug]),
        act=_("See who is in the alliance"),
    )


def register() -> None:
    """Have these messages sent. What the author hears goes to no mailbox: an employer may keep that."""
    add_message(
        Message(
            kind="governance.report_waits",
            verbs=("governance.instruction.reported",),
            recipients=_readers,
            still_wanted=_is_unsettled,
            words=_waiting_words,
        )
    )
    add_message(
        Message(
            kind="governance.report_settled",
            verbs=("governance.instruction.settled",),
            recipients=_author,
            still_wanted=lambda event, to: True,
            words=_finding_words,
            channels=(Channel.INBOX,),
        )
    )
    add_message(
        Message(
            kind="governance.auditor_appointed",
            verbs=("alliance.invitation.accepted",),
            recipients=_all_within,
            still_wanted=_is_auditor_still,
            words=_appointed_words,
        )
    )
