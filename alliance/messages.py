"""What this app's events tell people: invited, something to sign, admitted, something held."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acceptance import offer_of
from accounts.models import Invitation
from accounts.services.invitations import token_of
from accounts.templatetags.moments import written
from alliance import holdable
from alliance.models import Contribution, Hold, Member, Role, Round
from alliance.states import Membership, RoleKind, RoundState
from audit import clock
from audit.models import Event
from audit.services import data_of
from notifications.registry import INVITE, PERSON, Message, Recipient, Words, add_message


def people(ids: Iterable[UUID]) -> list[Recipient]:
    """These people as recipients, each once."""
    return [Recipient(PERSON, each) for each in dict.fromkeys(ids)]


def holders_of(member: UUID, *kinds: RoleKind) -> list[UUID]:
    """The people who act for a member now, in these roles (any, if none is named)."""
    roles = Role.objects.current().filter(member=member, **({"kind__in": kinds} if kinds else {}))
    return list(roles.order_by("granted_at", "pk").values_list("person", flat=True))


# -- Invited --------------------------------------------------------------------------------------------------------
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


# -- Admitted -------------------------------------------------------------------------------------------------------
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


# -- To sign --------------------------------------------------------------------------------------------------------
def _contribution_signatories(event: Event) -> list[Recipient]:
    contribution = Contribution.objects.get(pk=event.subject)
    return people(holders_of(contribution.member_id, RoleKind.SIGNATORY))


def _contribution_unsigned(event: Event, to: Recipient) -> bool:
    open_ones = Contribution.objects.filter(pk=event.subject, signed_at__isnull=True)
    found = open_ones.filter(member__state=Membership.ADMITTED).first()
    return found is not None and to.id in holders_of(found.member_id, RoleKind.SIGNATORY)


def _contribution_words(event: Event, to: Recipient) -> Words:
    found = Contribution.objects.select_related("alliance", "member__organisation").get(pk=event.subject)
    about = {"member": found.member, "alliance": found.alliance, "kind": found.get_kind_display()}
    return Words(
        subject=_("A contribution of %(member)s waits for your signature") % about,
        paragraphs=[
            _("%(member)s has promised a contribution to %(alliance)s. What it brings: %(kind)s.") % about,
            _("It binds %(member)s once you sign it as its signatory. Read what is promised first.") % about,
        ],
        path=reverse("alliance:sign_contribution", args=[found.alliance.slug, found.pk]),
        act=_("Read and sign"),
    )


def _round_signatories(event: Event) -> list[Recipient]:
    members = Round.objects.get(pk=event.subject).steps.values("member")
    signing = Role.objects.current().of_kind(RoleKind.SIGNATORY).filter(member__in=members)
    return people(signing.order_by("granted_at", "pk").values_list("person", flat=True))


def _round_unsigned(event: Event, to: Recipient) -> bool:
    found = Round.objects.filter(pk=event.subject, state=RoundState.OPEN, closes_at__gt=clock.read()).first()
    if found is None:
        return False
    unsigned = found.steps.filter(signed_at__isnull=True).values("member")
    return Role.objects.current().of_kind(RoleKind.SIGNATORY).filter(person=to.id, member__in=unsigned).exists()


def _round_words(event: Event, to: Recipient) -> Words:
    found = Round.objects.select_related("alliance").get(pk=event.subject)
    about = {"number": found.number, "alliance": found.alliance, "end": written(found.closes_at)}
    return Words(
        subject=_("Round %(number)s of shared control in %(alliance)s waits for your signature") % about,
        paragraphs=[
            _("Every voting member of %(alliance)s is asked to take a step of shared control, all together.") % about,
            _("The round counts only if every member signs by %(end)s.") % about,
        ],
        path=reverse("alliance:control", args=[found.alliance.slug]),
        act=_("See the steps and sign"),
    )


# -- Held -----------------------------------------------------------------------------------------------------------
def _concerned(event: Event) -> list[Recipient]:
    """Organisers and members' representatives, and whom the thing's own kind names; never who placed the hold."""
    hold = Hold.objects.select_related("alliance").get(pk=event.subject)
    roles = Role.objects.current().of_kind(RoleKind.ORGANISER, RoleKind.REPRESENTATIVE).filter(alliance=hold.alliance)
    roles = roles.exclude(member__state=Membership.WITHDRAWN).order_by("granted_at", "pk")
    found = holdable.find(hold.alliance, hold.kind, hold.subject)
    also = found[0].also_told(found[1]) if found else ()
    everybody = [*roles.values_list("person", flat=True), *also]
    return people(each for each in everybody if each != hold.placed_by_id)


def _still_held(event: Event, to: Recipient) -> bool:
    return Hold.objects.standing_at(clock.read()).filter(pk=event.subject).exists() and to in _concerned(event)


def _held_words(event: Event, to: Recipient) -> Words:
    hold, about = _hold_and_words(event)
    found = holdable.find(hold.alliance, hold.kind, hold.subject)
    effect = found[0].effect(found[1], clock.read()) if found else ""
    return Words(
        subject=_("“%(title)s” is held by %(holder)s in %(alliance)s") % about,
        paragraphs=[
            _("%(who)s, %(role)s of %(alliance)s, holds “%(title)s” until %(until)s.") % about,
            _("The reason: %(reason)s") % about,
            *([effect] if effect else []),
        ],
        path=_place_of(hold),
        act=_("Look at it"),
    )


def _lifted_words(event: Event, to: Recipient) -> Words:
    hold, about = _hold_and_words(event)
    return Words(
        subject=_("“%(title)s” is held no more in %(alliance)s") % about,
        paragraphs=[_("%(who)s has lifted the hold on “%(title)s”. It goes on.") % about],
        path=_place_of(hold),
        act=_("Look at it"),
    )


def _hold_and_words(event: Event) -> tuple[Hold, dict[str, object]]:
    hold = Hold.objects.select_related("alliance", "placed_by").get(pk=event.subject)
    return hold, {
        "title": hold.title,
        "role": hold.get_role_display().lower(),
        "holder": hold.holder,
        "who": hold.placed_by,
        "alliance": hold.alliance,
        "until": written(hold.until),
        "reason": hold.reason,
    }


def _place_of(hold: Hold) -> str:
    found = holdable.address_of(hold.alliance, hold.kind, hold.subject)
    return found or reverse("alliance:holds", args=[hold.alliance.slug])


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
            kind="alliance.contribution_to_sign",
            verbs=("alliance.contribution.promised",),
            recipients=_contribution_signatories,
            still_wanted=_contribution_unsigned,
            words=_contribution_words,
        )
    )
    add_message(
        Message(
            kind="alliance.round_to_sign",
            verbs=("alliance.round.proposed",),
            recipients=_round_signatories,
            still_wanted=_round_unsigned,
            words=_round_words,
        )
    )
    add_message(
        Message(
            kind="alliance.held",
            verbs=("alliance.hold.placed",),
            recipients=_concerned,
            still_wanted=_still_held,
            words=_held_words,
        )
    )
    add_message(
        Message(
            kind="alliance.hold_lifted",
            verbs=("alliance.hold.lifted",),
            recipients=_concerned,
            still_wanted=lambda event, to: to in _concerned(event),
            words=_lifted_words,
        )
    )
