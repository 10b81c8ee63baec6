"""What is told to who has something to sign."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.templatetags.moments import written
from alliance.messages.audience import holders_of, people
from alliance.models import Contribution, Role, Round
from alliance.states import Membership, RoleKind, RoundState
from audit import clock
from audit.models import Event
from notifications.registry import Message, Recipient, Words, add_message


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


def register() -> None:
    """Have these messages sent."""
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
