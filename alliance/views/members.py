"""Members: who is in, how they stand to one another, who comes in and leaves."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alliance.forms.membership import ControlForm, InviteMemberForm, InvitePersonForm, PublicPartForm, RelationForm
from alliance.models import Alliance, Member, Role
from alliance.selectors.evidence import shelf_of
from alliance.selectors.members import members_of, people_of, words_of
from alliance.selectors.standing import standing_of
from alliance.services import control_groups, inviting, membership, roles
from alliance.views.answers import acted, confirm_page, form_page, show
from alliance.views.loading import or_guest, person_of, posted, signed_in, visible_alliance
from audit import clock


def member_in(alliance: Alliance, pk: UUID) -> Member:
    """A member of this alliance, or 404."""
    found: Member = get_object_or_404(Member.objects.with_names(), alliance=alliance, pk=pk)
    return found


@or_guest
@require_GET
@signed_in
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisations, groups, kinds, relations."""
    alliance = visible_alliance(request, slug)
    standing, at = standing_of(person_of(request), alliance), clock.read()
    return show(
        request, "alliance/members.html", alliance, place="members", page_title=_("Members"), now=at,
        members=members_of(alliance, standing, at), standing=standing, view="members",
        shelf=shelf_of(alliance, standing, at, "member"),
    )  # fmt: skip


@or_guest
@require_GET
@signed_in
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who speaks and signs for whom, counsel, auditor and the others."""
    alliance = visible_alliance(request, slug)
    standing = standing_of(person_of(request), alliance)
    found = people_of(alliance, standing, clock.read())
    invited = [
        {"offer": offer, "roles": words_of(offer), "invitation": offer.invitation} for offer in found.open_invitations
    ]
    return show(
        request, "alliance/people.html", alliance, place="members", page_title=_("People"),
        found=found, invited=invited, standing=standing, view="people",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def invite_member(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation, by one of its people."""
    alliance = visible_alliance(request, slug)
    form = InviteMemberForm(posted(request))
    return form_page(
        request, alliance, form,
        lambda: inviting.invite_member(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.invite_member", alliance), done=_("Invited. A mail with a link is on its way."),
        back=reverse("alliance:members", args=[slug]),
        place="members", page_title=_("Invite an organisation"), submit=_("Send the invitation"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def invite_person(request: HttpRequest, slug: str) -> HttpResponse:
    """One more person."""
    alliance = visible_alliance(request, slug)
    initial = {"member": request.GET.get("member", ""), "roles": request.GET.getlist("role")}
    standing = standing_of(person_of(request), alliance)
    form = InvitePersonForm(posted(request), alliance=alliance, standing=standing, initial=initial)
    return form_page(
        request, alliance, form,
        lambda: inviting.invite_person(actor=person_of(request), alliance=alliance, **form.cleaned_data),
        needs=("alliance.invite_person", alliance), done=_("Invited. A mail with a link is on its way."),
        back=reverse("alliance:people", args=[slug]),
        place="members", page_title=_("Invite a person"), submit=_("Send the invitation"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def end_role(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Lay down a role, or end somebody's, after saying what that means."""
    alliance = visible_alliance(request, slug)
    role = get_object_or_404(Role.objects.select_related("person", "member__organisation"), alliance=alliance, pk=pk)
    is_own = role.person_id == person_of(request).pk
    words = {"role": role.get_kind_display().lower(), "person": role.person}
    answer = confirm_page(
        request, alliance, lambda: roles.end_role(actor=person_of(request), role=role),
        needs=("alliance.end_role", role), done=_("%(person)s is no longer %(role)s here.") % words,
        back=reverse("alliance:people", args=[slug]), place="members",
        page_title=(_("Lay down: %(role)s") if is_own else _("End: %(role)s, %(person)s")) % words,
        text=_(
            "It ends now; to take it up again needs an invitation. What was said and signed in it stays on record, and "
            "what was signed still binds. Interests that a representative confirmed, another one confirms anew."
        ),
        keep=_("Keep it"), act=_("Lay it down") if is_own else _("End it"), danger=True,
    )  # fmt: skip
    return redirect("home") if is_own and answer.status_code == HTTPStatus.FOUND else answer


@require_POST
@signed_in
def admit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Let in an organisation that has accepted."""
    member = member_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: membership.admit_member(actor=person_of(request), member=member),
        done=_("%(member)s is a member now.") % {"member": member}, back=reverse("alliance:members", args=[slug]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def state_control(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Under whose control it stands."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    form = ControlForm(posted(request), initial={"group": member.control or ""})
    return form_page(
        request, alliance, form,
        lambda: control_groups.state_control(actor=person_of(request), member=member, **form.cleaned_data),
        needs=("alliance.state_control", member), done=_("Said. Where others are concerned, they confirm it first."),
        back=reverse("alliance:members", args=[slug]), place="members",
        page_title=_("Who controls %(member)s?") % {"member": member}, submit=_("Put it on record"),
        text=_("Organisations under common control are one party here: in seats and votes, in the check, in figures."),
    )  # fmt: skip


@require_POST
@signed_in
def confirm_control(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Confirm what a member says of who controls it."""
    member = member_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: control_groups.confirm_control(actor=person_of(request), member=member),
        done=_("Confirmed: it counts from now on."), back=reverse("alliance:members", args=[slug]),
    )  # fmt: skip


@require_POST
@signed_in
def drop_control_claim(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take back what was said, or say that it is not so."""
    member = member_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: control_groups.drop_control_claim(actor=person_of(request), member=member),
        done=_("It does not count."), back=reverse("alliance:members", args=[slug]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def public_part(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What a public participant cannot cede, and what it gains."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    said = {"statutory_limit": member.statutory_limit, "public_benefit": member.public_benefit}
    form = PublicPartForm(posted(request), initial=said)
    return form_page(
        request, alliance, form,
        lambda: membership.describe_public_part(actor=person_of(request), member=member, **form.cleaned_data),
        needs=("alliance.describe_public_part", member), done=_("On record; the charter names it."),
        back=reverse("alliance:members", args=[slug]), place="members",
        page_title=_("%(member)s as a public participant") % {"member": member}, submit=_("Put it on record"),
        text=_("It cedes no rights and shows no money: instead it says by what law, and what it gains."),
    )  # fmt: skip


@require_POST
@signed_in
def confirm_kind(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say that another member's kind is right."""
    member = member_in(visible_alliance(request, slug), pk)
    return acted(
        request, lambda: membership.confirm_category(actor=person_of(request), member=member),
        done=_("Kind confirmed: %(member)s, %(kind)s.") % {"member": member, "kind": member.category},
        back=reverse("alliance:members", args=[slug]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take an organisation out, after saying what that means."""
    alliance = visible_alliance(request, slug)
    member = member_in(alliance, pk)
    is_own = standing_of(person_of(request), alliance).signs_for(member.pk)
    answer = confirm_page(
        request, alliance, lambda: membership.withdraw_member(actor=person_of(request), member=member),
        needs=("alliance.withdraw_member", member),
        done=_("%(member)s has left.") % {"member": member}, back=reverse("alliance:members", args=[slug]),
        place="members", page_title=_("Withdraw %(member)s") % {"member": member},
        text=_(
            "Its people lose their roles for it, its open invitations stop working, and it no longer counts for "
            "readiness. What it stated and signed stays on record. To come back it must be invited anew."
        ),
        keep=_("Keep it"), act=_("Withdraw it"), danger=True,
    )  # fmt: skip
    return redirect("home") if is_own and answer.status_code == HTTPStatus.FOUND else answer


@require_http_methods(["GET", "POST"])
@signed_in
def record_relation(request: HttpRequest, slug: str) -> HttpResponse:
    """Who competes with, supplies, or litigates against whom."""
    alliance = visible_alliance(request, slug)
    form = RelationForm(posted(request), alliance=alliance)
    return form_page(
        request, alliance, form,
        lambda: membership.record_relation(actor=person_of(request), **form.cleaned_data),
        needs=("alliance.record_relation", alliance),
        done=_("Recorded."), back=reverse("alliance:members", args=[slug]),
        place="members", page_title=_("Record a relation"), submit=_("Record it"),
        text=_("Everyone here sees it. It guides counsel’s review, and hints at who may have to step out of a vote."),
    )  # fmt: skip
