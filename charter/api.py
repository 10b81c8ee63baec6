"""The API's doors to the charter, its signing, and the alliance's moves."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import proof_of
from accounts.fields import TextIn
from accounts.idempotency import idempotent
from accounts.permissions import require
from alliance.api.door import AllianceView, Within, made
from alliance.api.told.strict import Shape
from alliance.models import Member
from audit import clock
from audit.errors import DomainError
from charter.models import Charter, CharterSection, CharterVersion, Signature
from charter.redline import Kind, redline
from charter.selectors.pages import next_version
from charter.services import amending, drafting, lifecycle, ratification, suspension
from charter.services.dossier import export_dossier
from charter.states import Section, SigningRule, Template


class TemplateIn(Shape):
    template = serializers.ChoiceField(Template.choices)


class SectionIn(Shape):
    text = TextIn(max_length=20_000, trim_whitespace=False)


class SectionOut(serializers.ModelSerializer[CharterSection]):
    class Meta:
        model = CharterSection
        fields = ("key", "text")
        read_only_fields = fields


class CharterOut(serializers.ModelSerializer[Charter]):
    """The draft: its sections as written, and its hash as it would read now."""

    sections = SectionOut(many=True)

    class Meta:
        model = Charter
        fields = ("template", "signing_rule", "notice_days", "proposed_at", "composed_hash", "sections")
        read_only_fields = fields


class TermsIn(Shape):
    signing_rule = serializers.ChoiceField(SigningRule.choices)
    notice_days = serializers.IntegerField(min_value=1, max_value=365)


class SignatureOut(serializers.ModelSerializer[Signature]):
    class Meta:
        model = Signature
        fields = ("member", "signatory_name", "organisation_name", "mandate", "hash", "signed_at")
        read_only_fields = fields


class RunOut(serializers.Serializer[Any]):
    """Words that stand in both, in the earlier alone (out), in the later alone (in); or a gap that is in both."""

    kind = serializers.ChoiceField(choices=[(each.value, each.value) for each in Kind])
    text = serializers.CharField(trim_whitespace=False)


class ChangedOut(serializers.Serializer[Any]):
    """A section that reads otherwise."""

    key = serializers.CharField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    runs = RunOut(many=True)


class AmendmentIn(Shape):
    """The hash of the text that was read."""

    hash = serializers.RegexField(r"^[0-9a-f]{64}$")


class AmendmentOut(serializers.Serializer[Any]):
    """What the next version says otherwise, and the hash of its whole text."""

    hash = serializers.CharField()
    sections = ChangedOut(many=True)


class VersionOut(serializers.ModelSerializer[CharterVersion]):
    """A frozen version with its document and signatures."""

    document = serializers.SerializerMethodField()
    signatures = SignatureOut(many=True)

    class Meta:
        model = CharterVersion
        fields = (
            *("id", "label", "state", "void_reason", "voided_at", "hash", "frozen_at", "sign_by"),
            *("document", "signatures"),
        )
        read_only_fields = fields

    def get_document(self, version: CharterVersion) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(version.document)
        return document


class SignatureIn(Shape):
    """For which member, and the hash of the text that was read."""

    member = Within(queryset=Member.objects.all())
    hash = serializers.RegexField(r"^[0-9a-f]{64}$")


class MoveIn(Shape):
    """A move of the alliance: forming, ready, return (from suspension), or abandoned with its reason."""

    to = serializers.ChoiceField(["forming", "ready", "return", "abandoned"])
    reason = TextIn(max_length=2000, required=False, default="")


class MoveOut(serializers.Serializer[Any]):
    state = serializers.CharField()


class CharterView(AllianceView):
    """A view of the alliance's draft."""

    def charter(self) -> Charter:
        """The draft. Before there is one, reading it is a 404, and a command about it refused."""
        try:
            return drafting.draft_of(self.alliance)
        except DomainError:
            if self.request.method == "GET":
                raise Http404 from None
            raise

    def shown(self) -> dict[str, Any]:
        return dict(CharterOut(self.charter()).data)


class DraftOfCharter(CharterView):
    """The draft."""

    @extend_schema(responses=CharterOut)
    def get(self, request: Request, slug: str) -> Response:
        """As it is written."""
        return Response(self.shown())

    @extend_schema(request=TemplateIn, responses={201: CharterOut})
    def post(self, request: Request, slug: str) -> Response:
        """Start it from a template."""
        template = Template(self.given(TemplateIn)["template"])
        drafting.draft_charter(actor=self.person, alliance=self.alliance, template=template)
        return made(self.shown())


class SectionOfCharter(CharterView):
    """One section."""

    @extend_schema(request=SectionIn, responses=SectionOut)
    def put(self, request: Request, slug: str, key: str) -> Response:
        """Write it."""
        if key not in Section.values:
            raise DomainError("section_unknown", _("Choose one of the twenty sections."))
        section = drafting.write_section(
            actor=self.person, charter=self.charter(), key=Section(key), **self.given(SectionIn)
        )
        return Response(SectionOut(section).data)


class TermsOfSigning(CharterView):
    """Who signs, and in how many days."""

    @extend_schema(request=TermsIn, responses=CharterOut)
    def put(self, request: Request, slug: str) -> Response:
        """Set them."""
        drafting.set_signing_terms(actor=self.person, charter=self.charter(), **self.given(TermsIn))
        return Response(self.shown())


class Proposal(CharterView):
    """The convener's half of opening the charter for signing."""

    @extend_schema(request=None, responses={201: CharterOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Propose it."""
        ratification.propose_ratification(actor=self.person, charter=self.charter())
        return made(self.shown())


class Versions(CharterView):
    """Frozen versions."""

    @extend_schema(responses=VersionOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Newest first."""
        found = CharterVersion.objects.filter(alliance=self.alliance).prefetch_related("signatures")
        return Response(VersionOut(found.order_by("-frozen_at", "-pk"), many=True).data)

    @extend_schema(request=None, responses={201: VersionOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Open the charter for signing: the chair freezes its text."""
        return made(VersionOut(ratification.begin_ratifying(actor=self.person, charter=self.charter())).data)


class SignaturesOfVersion(AllianceView):
    """Signatures under a version."""

    @extend_schema(request=SignatureIn, responses={201: SignatureOut})
    @idempotent
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Sign for a member, with a fresh proof of sign-in."""
        version = get_object_or_404(CharterVersion, alliance=self.alliance, pk=pk)
        given = self.given(SignatureIn)
        signature = ratification.sign_charter(actor=self.person, version=version, proof=proof_of(request), **given)
        return made(SignatureOut(signature).data)


class Withdrawal(AllianceView):
    """Taking the charter back from signing."""

    @extend_schema(request=None, responses={201: MoveOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Take it back; the signatures are void."""
        alliance = ratification.withdraw_ratification(actor=self.person, alliance=self.alliance)
        return made({"state": alliance.state})


class AmendmentWritten(AllianceView):
    """An amendment that was decided, as far as it is written in, and its end."""

    @extend_schema(responses=AmendmentOut)
    def get(self, request: Request, slug: str) -> Response:
        """What the next version will say otherwise."""
        written = next_version(self.alliance, self.person)
        sections = redline(written.before.document, written.after.document)
        return Response(AmendmentOut({"hash": written.after.hash, "sections": sections}).data)

    @extend_schema(request=AmendmentIn, responses={201: VersionOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """It is written in, as the text of that hash was read: the charter's next version, in force from now."""
        read = self.given(AmendmentIn)["hash"]
        version = amending.close_amendment(actor=self.person, alliance=self.alliance, text_hash=read)
        return made(VersionOut(version).data)


class Moves(AllianceView):
    """The alliance's way."""

    @extend_schema(request=MoveIn, responses={201: MoveOut})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        """Move it on; the guards of the move are asked."""
        given = self.given(MoveIn)
        commands: dict[str, Any] = {
            "forming": lambda: lifecycle.begin_forming(actor=self.person, alliance=self.alliance),
            "ready": lambda: lifecycle.declare_ready(actor=self.person, alliance=self.alliance),
            "return": lambda: suspension.confirm_return(actor=self.person, alliance=self.alliance),
            "abandoned": lambda: lifecycle.abandon_alliance(
                actor=self.person, alliance=self.alliance, reason=given["reason"]
            ),
        }
        return made({"state": commands[given["to"]]().state})


class AllianceFile(AllianceView):
    """The alliance as one document."""

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Take it."""
        require("charter.export_dossier", self.person, self.alliance)
        body = export_dossier(self.alliance, at=clock.read()).model_dump_json()
        return HttpResponse(body, content_type="application/json")
