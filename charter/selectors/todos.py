"""What waits for a person about charters: to sign, to open for signing."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.todo import Todo
from alliance.models import Alliance, Role
from alliance.states import UNDER_CHARTER, Membership, RoleKind, State
from charter.models import Charter, CharterVersion, Signature
from charter.rules import READING
from charter.states import VersionState
from governance.models import Officer
from governance.states import Office


def charter_todos(person: Person, at: datetime) -> Iterator[Todo]:
    """Charters that wait for this person's signature, and those that wait for the chair to open them."""
    yield from _to_sign(person, at)
    yield from _to_open(person)
    yield from _to_amend(person, at)


def _to_amend(person: Person, at: datetime) -> Iterator[Todo]:
    """Amendments that are decided: to be written in by who organises, and then closed by the chair. One statement."""
    organised = Role.objects.current().of_kind(RoleKind.ORGANISER).filter(person=person, alliance=OuterRef("pk"))
    chaired = Officer.objects.current().filter(person=person, office=Office.CHAIR, alliance=OuterRef("pk"))
    open_now = Alliance.objects.filter(state__in=UNDER_CHARTER, amendable_until__gt=at - READING)
    waiting = open_now.annotate(writes=Exists(organised), chairs=Exists(chaired)).filter(
        Q(writes=True) | Q(chairs=True)
    )
    for alliance in waiting.order_by("amendable_until", "pk"):
        until = alliance.amendable_until or at
        words = (_("Write the amendment in"), _("Write it")) if alliance.writes and at < until else (
            _("Say when the amendment is written in"), _("Read it"),
        )  # fmt: skip
        if alliance.chairs or at < until:
            url = reverse("charter:charter", args=[alliance.slug])
            ends = until if at < until else until + READING
            yield Todo(what=words[0], where=alliance.name, url=url, verb=words[1], due_at=ends)


def _to_sign(person: Person, at: datetime) -> Iterator[Todo]:
    roles = Role.objects.current().of_kind(RoleKind.SIGNATORY).filter(person=person, member__state=Membership.ADMITTED)
    mine = {role.alliance_id: role for role in roles.select_related("member__organisation")}
    offered = CharterVersion.objects.filter(state=VersionState.OFFERED, sign_by__gt=at, alliance__in=list(mine))
    signed = set(Signature.objects.filter(version__in=offered).values_list("version", "member"))
    for version in offered.select_related("alliance").order_by("sign_by", "pk"):
        role = mine[version.alliance_id]
        if (version.pk, role.member_id) not in signed:
            yield Todo(
                what=_("Sign the charter for %(member)s") % {"member": role.member},
                where=version.alliance.name,
                url=reverse("charter:sign", args=[version.alliance.slug, role.member_id]),
                verb=_("Sign"),
                due_at=version.sign_by,
            )


def _to_open(person: Person) -> Iterator[Todo]:
    chaired = Officer.objects.current().filter(person=person, office=Office.CHAIR).values("alliance")
    waiting = Charter.objects.filter(alliance__in=chaired, alliance__state=State.READY, proposed_at__isnull=False)
    for charter in waiting.select_related("alliance").order_by("proposed_at"):
        yield Todo(
            what=_("Open the charter for signing"),
            where=charter.alliance.name,
            url=reverse("charter:signing", args=[charter.alliance.slug]),
            verb=_("Open"),
        )
