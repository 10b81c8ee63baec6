"""Members, people, relations, contributions."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.idempotency import idempotent
from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told import members as told
from alliance.models import Contribution, Role
from alliance.services import contributions, control_groups, inviting, membership, roles


class Members(AllianceView):
    """Members of the alliance."""

    @extend_schema(responses=shown.MemberOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, also those that were invited or have left."""
        found = self.alliance.members.with_names().with_claims().order_by("invited_at", "pk")
        return Response(shown.MemberOut(found, many=True).data)

    @extend_schema(request=told.InviteMemberIn, responses={201: shown.MemberOut})
    def post(self, request: Request, slug: str) -> Response:
        """Invite an organisation by one of its people."""
        given = self.given(told.InviteMemberIn)
        return made(shown.MemberOut(inviting.invite_member(actor=self.person, alliance=self.alliance, **given)).data)


class Admission(AllianceView):
    """A member's admission."""

    @extend_schema(request=None, responses=shown.MemberOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Admit an organisation that has accepted."""
        member = membership.admit_member(actor=self.person, member=self.member(pk))
        return Response(shown.MemberOut(member).data)


class Withdrawal(AllianceView):
    """A member's withdrawal."""

    @extend_schema(request=None, responses=shown.MemberOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take it out, before the charter."""
        member = membership.withdraw_member(actor=self.person, member=self.member(pk))
        return Response(shown.MemberOut(member).data)


class KindConfirmation(AllianceView):
    """Confirmation of a member's kind."""

    @extend_schema(request=None, responses=shown.MemberOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """By another group's member, or the auditor."""
        member = membership.confirm_category(actor=self.person, member=self.member(pk))
        return Response(shown.MemberOut(member).data)


class PublicPart(AllianceView):
    """A public participant's part."""

    @extend_schema(request=told.PublicPartIn, responses=shown.MemberOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Say what it cannot cede, and what it gains."""
        member = membership.describe_public_part(
            actor=self.person, member=self.member(pk), **self.given(told.PublicPartIn)
        )
        return Response(shown.MemberOut(member).data)


class Control(AllianceView):
    """Under whose control a member stands."""

    @extend_schema(request=told.ControlIn, responses=shown.MemberOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Say it, for this alliance; an empty name: nobody does. It may have to be confirmed (`control_claim`)."""
        control_groups.state_control(actor=self.person, member=self.member(pk), **self.given(told.ControlIn))
        return Response(shown.MemberOut(self.member(pk)).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take back what waits to be confirmed, or say that it is not so."""
        control_groups.drop_control_claim(actor=self.person, member=self.member(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ControlConfirmation(AllianceView):
    """What a member says of who controls it, while it waits."""

    @extend_schema(request=None, responses=shown.MemberOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Confirm it: it counts from now on."""
        control_groups.confirm_control(actor=self.person, member=self.member(pk))
        return Response(shown.MemberOut(self.member(pk)).data)


class People(AllianceView):
    """Roles, and inviting people."""

    @extend_schema(responses=shown.RoleOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Roles held now."""
        roles = Role.objects.current().filter(alliance=self.alliance).select_related("person")
        return Response(shown.RoleOut(roles.order_by("granted_at", "pk"), many=True).data)

    @extend_schema(request=told.PersonIn, responses={201: None})
    def post(self, request: Request, slug: str) -> Response:
        """Invite one more person."""
        invitation = inviting.invite_person(actor=self.person, alliance=self.alliance, **self.given(told.PersonIn))
        return made({"id": str(invitation.pk)})


class OneRole(AllianceView):
    """A role that somebody holds."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Lay it down, or end it for the member; it stays on record."""
        roles.end_role(actor=self.person, role=get_object_or_404(Role, alliance=self.alliance, pk=pk))
        return Response(status=204)


class Relations(AllianceView):
    """How members stand to one another."""

    @extend_schema(responses=shown.RelationOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All on record."""
        return Response(shown.RelationOut(self.alliance.relations.order_by("recorded_at", "pk"), many=True).data)

    @extend_schema(request=told.RelationIn, responses={201: shown.RelationOut})
    def post(self, request: Request, slug: str) -> Response:
        """Record one."""
        relation = membership.record_relation(actor=self.person, **self.given(told.RelationIn))
        return made(shown.RelationOut(relation).data)


class Contributions(AllianceView):
    """What members bring in."""

    @extend_schema(responses=shown.ContributionOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, signed or not."""
        return Response(shown.ContributionOut(self.alliance.contributions.order_by("pk"), many=True).data)


class Promises(AllianceView):
    """Promising for one member."""

    @extend_schema(request=told.ContributionIn, responses={201: shown.ContributionOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Promise something; not binding yet."""
        given = self.given(told.ContributionIn)
        promised = contributions.promise_contribution(actor=self.person, member=self.member(pk), **given)
        return made(shown.ContributionOut(promised).data)


class OnePromise(AllianceView):
    """A promise that is not signed."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take it back."""
        contribution = get_object_or_404(Contribution, alliance=self.alliance, pk=pk)
        contributions.take_back_promise(actor=self.person, contribution=contribution)
        return Response(status=204)


class ContributionSignature(AllianceView):
    """A signatory's signature."""

    @extend_schema(request=None, responses=shown.ContributionOut)
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Bind the member; needs a proof of sign-in."""
        contribution = get_object_or_404(Contribution, alliance=self.alliance, pk=pk)
        signed = contributions.sign_contribution(
            actor=self.person, contribution=contribution, proof=proof_of(request._request)
        )
        return Response(shown.ContributionOut(signed).data)


class ContributionKept(AllianceView):
    """That a contribution came in."""

    @extend_schema(request=told.KeptIn, responses=shown.ContributionOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Record the day."""
        contribution = get_object_or_404(Contribution, alliance=self.alliance, pk=pk)
        kept = contributions.confirm_contribution_kept(
            actor=self.person, contribution=contribution, **self.given(told.KeptIn)
        )
        return Response(shown.ContributionOut(kept).data)
