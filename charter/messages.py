"""What this app's events tell people: a charter to sign, taken back, in force."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.templatetags.moments import written
from alliance.messages import people
from alliance.models import Alliance, Role
from alliance.states import Membership, RoleKind, State
from audit import clock
from audit.models import Event
from audit.services import data_of
from charter.models import CharterVersion, Signature
from charter.states import VersionState, VoidReason
from governance.messages.audience import everyone_in
from governance.models import Decision
from governance.states import DecisionState
from notifications.registry import Message, Recipient, Words, add_message
from traits.indicators.registry import REGISTRY


def _version(event: Event) -> CharterVersion:
    return CharterVersion.objects.select_related("alliance").get(pk=UUID(data_of(event)["version"]))


def _signing_roles(version: CharterVersion) -> list[Role]:
    signing = Role.objects.current().of_kind(RoleKind.SIGNATORY).select_related("member__organisation")
    admitted = signing.filter(alliance=version.alliance_id, member__state=Membership.ADMITTED)
    signed = Signature.objects.filter(version=version).values("member")
    return list(admitted.exclude(member__in=signed).order_by("granted_at", "pk"))


def _signatories(event: Event) -> list[Recipient]:
    return people(role.person_id for role in _signing_roles(_version(event)))


def _unsigned(event: Event, to: Recipient) -> bool:
    version = _version(event)
    is_offered = version.state == VersionState.OFFERED and clock.read() < version.sign_by
    return is_offered and any(role.person_id == to.id for role in _signing_roles(version))


def _sign_words(event: Event, to: Recipient) -> Words:
    version = _version(event)
    role = next(role for role in _signing_roles(version) if role.person_id == to.id)
    about = {"member": role.member, "alliance": version.alliance, "end": written(version.sign_by)}
    return Words(
        subject=_("The charter of %(alliance)s waits for your signature") % about,
        paragraphs=[
            _("The text of the charter is fixed. As signatory of %(member)s you sign it by %(end)s.") % about,
            _("Your signature binds %(member)s once enough members have signed and all five traits hold.") % about,
        ],
        path=reverse("charter:sign", args=[version.alliance.slug, role.member_id]),
        act=_("Read and sign the charter"),
    )


def _is_active(event: Event, to: Recipient) -> bool:
    return Alliance.objects.filter(pk=event.subject, state=State.ACTIVE).exists() and to in everyone_in(event.stream)


def _active_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.subject)
    if data_of(event)["from"] == State.SUSPENDED:
        return Words(
            subject=_("%(alliance)s is active again") % {"alliance": alliance},
            paragraphs=[_("What had dropped is cured, and the auditor has confirmed it. The committee decides again.")],
            path=reverse("alliance:overview", args=[alliance.slug]),
            act=_("See the alliance"),
        )
    return Words(
        subject=_("The charter of %(alliance)s is in force") % {"alliance": alliance},
        paragraphs=[
            _("Enough members have signed and all five traits are in place: %(alliance)s is chartered.")
            % {"alliance": alliance},
            _("From now on its committee decides under the charter’s own rules."),
            *_lapsed_words(alliance),
        ],
        path=reverse("charter:charter", args=[alliance.slug]),
        act=_("Read the charter"),
    )


def _lapsed_words(alliance: Alliance) -> list[str]:
    """A sentence on members' votes that the founding rules took with them, if there were any."""
    lapsed = Decision.objects.filter(alliance=alliance, state=DecisionState.LAPSED).count()
    said = ngettext(
        "A members’ vote that had not taken effect has lapsed with the founding rules.",
        "%(count)s members’ votes that had not taken effect have lapsed with the founding rules.",
        lapsed,
    )
    return [said % {"count": lapsed}] if lapsed else []


def _told_of_return(event: Event) -> list[Recipient]:
    """Everybody, where it comes back; who begins forming is told nothing new."""
    return everyone_in(event.stream) if data_of(event)["from"] in {State.READY, State.RATIFYING} else []


def _is_back(event: Event, to: Recipient) -> bool:
    return Alliance.objects.filter(pk=event.subject, state=State.FORMING).exists() and to in everyone_in(event.stream)


def _back_words(event: Event, to: Recipient) -> Words:
    """Back in forming: from the signing, because a version is void; from ready, because a trait dropped."""
    alliance = Alliance.objects.get(pk=event.subject)
    if data_of(event)["from"] == State.RATIFYING:
        return _void_words(event, alliance)
    named = ", ".join(f"{REGISTRY[each].name} ({each})" for each in data_of(event)["missing"])
    return Words(
        subject=_("%(alliance)s is not ready any more") % {"alliance": alliance},
        paragraphs=[
            _("Not all five traits are in place now. What blocks: %(what)s.") % {"what": named},
            _("Once it is mended the organiser declares the alliance ready again."),
        ],
        path=reverse("traits:readiness", args=[alliance.slug]),
        act=_("See what to mend"),
    )


def _void_words(event: Event, alliance: Alliance) -> Words:
    version = _version(event)
    about = {"alliance": alliance, "version": version.label, "why": VoidReason(version.void_reason).label}
    return Words(
        subject=_("The charter of %(alliance)s is not being signed any more") % about,
        paragraphs=[
            _("Version %(version)s is void. %(why)s") % about,
            _("Signatures given to it stay on record and do not count. %(alliance)s is forming again; once all five "
              "traits are in place the convener proposes to ratify anew.") % about,
        ],
        path=reverse("charter:signing", args=[alliance.slug]),
        act=_("See where the charter stands"),
    )  # fmt: skip


def _is_suspended(event: Event, to: Recipient) -> bool:
    return Alliance.objects.filter(pk=event.subject, state=State.SUSPENDED).exists() and to in everyone_in(event.stream)


def _suspended_words(event: Event, to: Recipient) -> Words:
    alliance = Alliance.objects.get(pk=event.subject)
    named = ", ".join(f"{REGISTRY[each].name} ({each})" for each in data_of(event)["indicators"])
    return Words(
        subject=_("%(alliance)s is suspended") % {"alliance": alliance},
        paragraphs=[
            _("This was not cured within 30 days: %(what)s.") % {"what": named},
            _("Until it is cured only the cure, amendments and dissolution can be decided. Then the committee decides "
              "to return, and the auditor confirms it."),
        ],
        path=reverse("traits:readiness", args=[alliance.slug]),
        act=_("See what to cure"),
    )  # fmt: skip


def _amended(event: Event) -> CharterVersion:
    found: CharterVersion = CharterVersion.objects.select_related("alliance", "decision", "amends").get(
        pk=event.subject
    )
    return found


def _amended_words(event: Event, to: Recipient) -> Words:
    version = _amended(event)
    assert version.amends  # noqa: S101 - of this event they are there
    assert version.decision  # noqa: S101
    about = {
        "alliance": version.alliance, "version": version.label, "before": version.amends.label,
        "title": version.decision.title, "number": version.decision.number,
    }  # fmt: skip
    return Words(
        subject=_("The charter of %(alliance)s is amended: version %(version)s is in force") % about,
        paragraphs=[
            _("Decision no. %(number)s, “%(title)s”, is written into the charter of %(alliance)s.") % about,
            _("Version %(version)s replaces version %(before)s. Read what changed, word by word.") % about,
        ],
        path=reverse("charter:version_changes", args=[version.alliance.slug, version.pk]),
        act=_("Read what changed"),
    )


def register() -> None:
    """Have these messages sent."""
    add_message(
        Message(
            kind="charter.amended",
            verbs=("charter.version.amended",),
            recipients=lambda event: everyone_in(event.stream),
            still_wanted=lambda event, to: (
                _amended(event).state == VersionState.IN_FORCE and to in everyone_in(event.stream)
            ),
            words=_amended_words,
        )
    )
    add_message(
        Message(
            kind="charter.back_to_forming",
            verbs=("charter.alliance.forming",),
            recipients=_told_of_return,
            still_wanted=_is_back,
            words=_back_words,
        )
    )
    add_message(
        Message(
            kind="charter.to_sign",
            verbs=("charter.alliance.ratifying",),
            recipients=_signatories,
            still_wanted=_unsigned,
            words=_sign_words,
        )
    )
    add_message(
        Message(
            kind="charter.in_force",
            verbs=("charter.alliance.active",),
            recipients=lambda event: everyone_in(event.stream),
            still_wanted=_is_active,
            words=_active_words,
        )
    )
    add_message(
        Message(
            kind="charter.suspended",
            verbs=("charter.alliance.suspended",),
            recipients=lambda event: everyone_in(event.stream),
            still_wanted=_is_suspended,
            words=_suspended_words,
        )
    )
