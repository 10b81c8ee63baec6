"""Value streams, what outlives the alliance."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from alliance.api import shapes_out as shown
from alliance.api.door import AllianceView, made
from alliance.api.told import value as told
from alliance.api.told.strict import OfMemberIn
from alliance.models import DurableForm, InterestLink, Reading, ValueStream
from alliance.services import legacy, results, value
from alliance.states import LegacyPart


class StreamView(AllianceView):
    """A view of one value stream."""

    def stream(self, pk: UUID) -> ValueStream:
        """The stream with all about it, or 404."""
        streams = ValueStream.objects.select_related("alliance", "steward")
        whole = streams.prefetch_related(
            "beneficiaries", "readings", "targets", "durable_forms__successor", "interest_links"
        )
        found: ValueStream = get_object_or_404(whole, alliance=self.alliance, pk=pk)
        return found

    def told(self, pk: UUID) -> Response:
        """The stream as it stands now."""
        return Response(shown.StreamOut(self.stream(pk)).data)


class Streams(StreamView):
    """Value streams of the alliance."""

    @extend_schema(responses=shown.StreamOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """All, the main one first."""
        streams = self.alliance.streams.select_related("steward").order_by("-is_primary", "created_at", "pk")
        whole = streams.prefetch_related(
            "beneficiaries", "readings", "targets", "durable_forms__successor", "interest_links"
        )
        return Response(shown.StreamOut(whole, many=True).data)

    @extend_schema(request=told.NewStreamIn, responses={201: shown.StreamOut})
    def post(self, request: Request, slug: str) -> Response:
        """Describe a benefit."""
        stream = value.add_stream(actor=self.person, alliance=self.alliance, **self.given(told.NewStreamIn))
        return made(self.told(stream.pk).data)


class Stream(StreamView):
    """One value stream."""

    @extend_schema(responses=shown.StreamOut)
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """With readings, durable forms and linked interests."""
        return self.told(pk)

    @extend_schema(request=told.StreamIn, responses=shown.StreamOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Change it, before the charter."""
        value.change_stream(actor=self.person, stream=self.stream(pk), **self.given(told.StreamIn))
        return self.told(pk)


class Stewardship(StreamView):
    """The steward's acceptance, and another steward where the one that was named has left."""

    @extend_schema(request=told.StewardIn, responses=shown.StreamOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Name another steward, who must accept."""
        value.name_steward(actor=self.person, stream=self.stream(pk), **self.given(told.StewardIn))
        return self.told(pk)

    @extend_schema(request=None, responses=shown.StreamOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Accept to keep it."""
        value.accept_stewardship(actor=self.person, stream=self.stream(pk))
        return self.told(pk)


class Baseline(StreamView):
    """What is measured, and where it stood."""

    @extend_schema(request=told.BaselineIn, responses=shown.StreamOut)
    def put(self, request: Request, slug: str, pk: UUID) -> Response:
        """Enter it; it must be verified anew."""
        value.set_baseline(actor=self.person, stream=self.stream(pk), **self.given(told.BaselineIn))
        return self.told(pk)


class BaselineVerification(StreamView):
    """A second member's word."""

    @extend_schema(request=OfMemberIn, responses=shown.StreamOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Vouch for the baseline."""
        value.verify_baseline(actor=self.person, stream=self.stream(pk), **self.given(OfMemberIn))
        return self.told(pk)


class Readings(StreamView):
    """What the metric stood at."""

    @extend_schema(responses=shown.ReadingOut(many=True))
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """All, oldest first."""
        return Response(shown.ReadingOut(self.stream(pk).readings.order_by("read_on", "pk"), many=True).data)

    @extend_schema(request=told.ReadingIn, responses={201: shown.ReadingOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Enter one, as its steward."""
        reading = value.record_reading(actor=self.person, stream=self.stream(pk), **self.given(told.ReadingIn))
        return made(shown.ReadingOut(reading).data)


class OneReading(AllianceView):
    """A reading that was entered."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, pk: UUID) -> Response:
        """Take it back, as its steward."""
        found = get_object_or_404(Reading.objects.select_related("stream"), stream__alliance=self.alliance, pk=pk)
        results.take_back_reading(actor=self.person, reading=found)
        return Response(status=204)


class ReadingVerification(AllianceView):
    """A second member's word on a reading."""

    @extend_schema(request=OfMemberIn, responses=shown.ReadingOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Vouch for it."""
        found = get_object_or_404(Reading.objects.select_related("stream"), stream__alliance=self.alliance, pk=pk)
        verified = results.verify_reading(actor=self.person, reading=found, **self.given(OfMemberIn))
        return Response(shown.ReadingOut(verified).data)


class Targets(StreamView):
    """What the metric is to reach."""

    @extend_schema(responses=shown.TargetOut(many=True))
    def get(self, request: Request, slug: str, pk: UUID) -> Response:
        """All, the nearest first."""
        return Response(shown.TargetOut(self.stream(pk).targets.order_by("due_on", "pk"), many=True).data)

    @extend_schema(request=told.TargetIn, responses={201: shown.TargetOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Set one; the same day again replaces it."""
        target = results.set_target(actor=self.person, stream=self.stream(pk), **self.given(told.TargetIn))
        return made(shown.TargetOut(target).data)


class Links(StreamView):
    """Interests that the stream meets."""

    @extend_schema(request=told.LinkIn, responses={201: shown.LinkOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Link a member's interest."""
        link = value.link_interest(actor=self.person, stream=self.stream(pk), **self.given(told.LinkIn))
        return made(shown.LinkOut(link).data)


class LinkAcceptance(AllianceView):
    """The steward's word on a link."""

    @extend_schema(request=None, responses=shown.LinkOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Accept it."""
        link = get_object_or_404(InterestLink.objects.select_related("stream"), stream__alliance=self.alliance, pk=pk)
        return Response(shown.LinkOut(value.accept_interest_link(actor=self.person, link=link)).data)


class DurableForms(StreamView):
    """In what the stream lives on."""

    @extend_schema(request=told.DurableFormIn, responses={201: shown.DurableFormOut})
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Propose one."""
        durable = legacy.add_durable_form(actor=self.person, stream=self.stream(pk), **self.given(told.DurableFormIn))
        return made(shown.DurableFormOut(durable).data)


class Succession(AllianceView):
    """The successor's acceptance."""

    @extend_schema(request=told.AcceptanceIn, responses=shown.DurableFormOut)
    def post(self, request: Request, slug: str, pk: UUID) -> Response:
        """Accept in writing, for the successor."""
        forms = DurableForm.objects.select_related("stream__alliance", "successor")
        durable = get_object_or_404(forms, stream__alliance=self.alliance, pk=pk)
        accepted = legacy.accept_succession(actor=self.person, form=durable, **self.given(told.AcceptanceIn))
        return Response(shown.DurableFormOut(accepted).data)


class LegacyPlan(AllianceView):
    """The legacy plan."""

    @extend_schema(responses=shown.LegacyOut(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The parts that are written, of six."""
        items = self.alliance.legacy_items.select_related("owner").order_by("part", "pk")
        return Response(shown.LegacyOut(items, many=True).data)


class LegacyPartOfPlan(AllianceView):
    """One of the six parts."""

    @extend_schema(request=told.LegacyIn, responses=shown.LegacyOut)
    def put(self, request: Request, slug: str, part: str) -> Response:
        """Say what becomes of it, and who sees to it."""
        if part not in LegacyPart.values:
            raise Http404
        item = legacy.write_legacy_item(
            actor=self.person, alliance=self.alliance, part=LegacyPart(part), **self.given(told.LegacyIn)
        )
        return Response(shown.LegacyOut(item).data)
