"""What is told to who is invited or admitted."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acceptance import offer_of
from accounts.models import Invitation, Person
from accounts.services.invitations import token_of
from accounts.templatetags.moments import written
from alliance.messages.audience import holders_of, people
from alliance.models import Member, Role
from alliance.states import INDEPENDENT, OF_A_MEMBER, RoleKind
from audit import clock
from audit.models import Event
from audit.services import data_of
from notifications.registry import INVITE, Message, Recipient, Words, add_message


def _invited(event: Event) -> list[Recipient]:
    return [Recipient(INVITE, UUID(data_of(event).get("invitation", str(event.subject))))]


def _is_open(event: Event, to: Recipient) -> bool:
    invitation = Invitation.objects.filter(pk=to.id).first()
    return invitation is not None and invitation.is_open(clock.read())


def invitation_words(event: Event, to: Recipient) -> Words:
    """Who invites to what, as what, until when; the link carries the token."""
    invitation = Invitation.objects.select_related("invited_by", "organisation").get(pk=to.id)
    offer = offer_of(invitation)
    name = offer.to if offer else "Concordat"
    paragraphs = [
        _("%(who)s invites you to take part in %(alliance)s.") % {"who": invitation.invited_by, "alliance": name}
    ]
    if offer and offer.purpose:
        paragraphs.append(_("What it is for: %(purpose)s") % {"purpose": offer.purpose})
    paragraphs.append(_your_part(invitation, ", ".join(offer.roles) if offer else ""))
    paragraphs.append(
        _("The link is for this address only and works until %(end)s. Accepting binds your organisation to nothing.")
        % {"end": written(invitation.expires_at)}
    )
    return Words(
        subject=_("%(who)s invites you to %(alliance)s") % {"who": invitation.invited_by, "alliance": name},
        paragraphs=[each for each in paragraphs if each],
        path=reverse("accounts:invitation", args=[token_of(invitation)]),
        act=_("Open the invitation"),
    )


def _your_part(invitation: Invitation, roles: str) -> str:
    if roles and invitation.organisation:
        return _("Your part: %(roles)s, for %(organisation)s.") % {
            "roles": roles,
            "organisation": invitation.organisation,
        }
    return _("Your part: %(roles)s.") % {"roles": roles} if roles else ""


def _acting_for(event: Event) -> list[Recipient]:
    return people(holders_of(event.subject))


def _still_acts(event: Event, to: Recipient) -> bool:
    is_member = Member.objects.admitted().filter(pk=event.subject).exists()
    return is_member and to.id in holders_of(event.subject)


def _admitted_words(event: Event, to: Recipient) -> Words:
    member = Member.objects.select_related("organisation", "alliance").get(pk=event.subject)
    return Words(
        subject=_("%(member)s is admitted to %(alliance)s") % {"member": member, "alliance": member.alliance},
        paragraphs=[
            _("%(member)s is now a member of %(alliance)s.") % {"member": member, "alliance": member.alliance},
            _("Next, say what matters to you: your position on each topic, and what you bring in."),
        ],
        path=reverse("alliance:interests", args=[member.alliance.slug]),
        act=_("Enter your interests"),
    )


def _held(event: Event) -> Role:
    found: Role = Role.objects.select_related("person", "alliance", "member__organisation").get(pk=event.subject)
    return found


def _former_holder(event: Event) -> list[Recipient]:
    return people([_held(event).person_id])


def _is_over(event: Event, to: Recipient) -> bool:
    over = _held(event)
    same = Role.objects.current().filter(alliance=over.alliance_id, person=over.person_id, kind=over.kind)
    return not same.filter(member=over.member_id).exists()


def _ended_words(event: Event, to: Recipient) -> Words:
    role = _held(event)
    words = {"role": role.get_kind_display().lower(), "alliance": role.alliance, "member": role.member}
    part = _("%(role)s for %(member)s in %(alliance)s") if role.member else _("%(role)s in %(alliance)s")
    by = Person.objects.filter(pk=event.actor).first() if event.actor else None
    said = _("You laid this role down.") if event.actor == to.id else _("%(who)s ended this role.") % {"who": by}
    return Words(
        subject=_("You are no longer %(part)s") % {"part": part % words},
        paragraphs=[
            _("You are no longer %(part)s.") % {"part": part % words},
            said,
            _("What you said and signed stays on record. If this is wrong, ask to be invited again."),
        ],
        path=reverse("home"),
        act=_("See what else is yours"),
    )


def _those_watched_for(event: Event) -> list[Recipient]:
    """Where somebody ends the role of an auditor, a custodian or counsel: the members’ people, and who organises."""
    over = _held(event)
    if over.kind not in INDEPENDENT or event.actor in {None, over.person_id}:
        return []
    roles = Role.objects.current().filter(alliance=over.alliance_id).of_kind(RoleKind.ORGANISER, *OF_A_MEMBER)
    told = roles.exclude(person=event.actor).order_by("granted_at", "pk")
    return people(told.values_list("person", flat=True))


def _watch_ended_words(event: Event, to: Recipient) -> Words:
    over = _held(event)
    about = {
        "who": Person.objects.filter(pk=event.actor or over.person_id).first(), "person": over.person,
        "alliance": over.alliance, "role": over.get_kind_display().lower(),
    }  # fmt: skip
    return Words(
        subject=_("%(person)s is no longer %(role)s of %(alliance)s") % about,
        paragraphs=[
            _("%(who)s ended the role of %(person)s as %(role)s of %(alliance)s.") % about,
            _("What was put on record in it stays. Ask why, and who comes next: it stands apart from all members."),
        ],
        path=reverse("alliance:people", args=[over.alliance.slug]),
        act=_("See the people"),
    )  # fmt: skip


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="alliance.invited",
            verbs=("alliance.member.invited", "alliance.person.invited"),
            recipients=_invited,
            still_wanted=_is_open,
            words=invitation_words,
        )
    )
    add_message(
        Message(
            kind="alliance.admitted",
            verbs=("alliance.member.admitted",),
            recipients=_acting_for,
            still_wanted=_still_acts,
            words=_admitted_words,
        )
    )
    add_message(
        Message(
            kind="alliance.role_ended",
            verbs=("alliance.role.ended",),
            recipients=_former_holder,
            still_wanted=_is_over,
            words=_ended_words,
        )
    )
    add_message(
        Message(
            kind="alliance.watch_ended",
            verbs=("alliance.role.ended",),
            recipients=_those_watched_for,
            still_wanted=lambda event, to: _is_over(event, to) and to in _those_watched_for(event),
            words=_watch_ended_words,
        )
    )
