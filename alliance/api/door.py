"""How every address of an alliance's API begins: the alliance visible to the person, or 404; input by its shape."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import person_of
from accounts.models import Person
from alliance.models import Alliance, Member

Given = dict[str, Any]


class AllianceView(APIView):
    """A view within one alliance: `self.person` and `self.alliance` are set before its handler runs."""

    person: Person
    alliance: Alliance

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """As DRF does, then the alliance. Raises Http404 for one that the person does not see."""
        super().initial(request, *args, **kwargs)
        self.person = person_of(request)
        seen = Alliance.objects.visible_to(self.person).select_related("convener")
        found = seen.filter(slug=kwargs["slug"]).first()
        if found is None:
            raise Http404
        self.alliance = found

    def given(self, shape: type[serializers.BaseSerializer[Any]], *, many: bool = False, partial: bool = False) -> Any:
        """The request's body by this shape; raises ValidationError."""
        options: Given = {"many": True} if many else {"partial": partial}
        form = shape(data=self.request.data, context={"alliance": self.alliance}, **options)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def member(self, pk: Any) -> Member:
        """A member of this alliance, or 404."""
        found: Member = get_object_or_404(Member.objects.with_names().with_claims(), alliance=self.alliance, pk=pk)
        return found


class Within(serializers.PrimaryKeyRelatedField[Any]):
    """The identifier of a thing of the same alliance."""

    def get_queryset(self) -> Any:
        found: Any = super().get_queryset()
        return found.filter(alliance=self.context["alliance"])


def made(data: Any) -> Response:
    """201 with what was made."""
    return Response(data, status=status.HTTP_201_CREATED)
