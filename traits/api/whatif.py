"""The API's door to what would be."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from alliance.api.door import AllianceView
from audit import clock
from audit.strictjson import BadDocument
from traits.forms import WhatIfForm
from traits.models import Assessment
from traits.schemas import game_in
from traits.selectors.split import split_document
from traits.selectors.whatif import as_document, evidence_now, what_if


class WhatIf(AllianceView):
    """What if seats, weights, thresholds or members were others? Nothing is stored."""

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, slug: str) -> Response:
        """Power and the five traits as they would be, by the same parameters as the page's address:
        `weight-<seat>`, `for-<seat>`, `recused-<seat>`, `threshold-<class>`, `new-weight-<1…3>`, `new-for-<1…3>`,
        `member-name`, `member-kind`. Without any, as they are."""
        evidence = evidence_now(self.alliance, at=clock.read())
        form = WhatIfForm(request.query_params or None, evidence)
        if form.is_bound and not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(each) for each in said] for name, said in form.errors.items()}
            )
        return Response(
            as_document(
                what_if(evidence, form.change() if form.is_bound else None, Assessment.objects.latest_of(self.alliance))
            )
        )


class ReferenceSplit(AllianceView):
    """How a joint worth could be shared. Nothing is stored."""

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def post(self, request: Request, slug: str) -> Response:
        """The document of `manage.py split` in, its answer out."""
        try:
            game = game_in(request.data)
        except BadDocument as bad:
            raise serializers.ValidationError({bad.pointer: [bad.sentence]}) from bad
        return Response(split_document(game))
