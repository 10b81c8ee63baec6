"""The API's doors to accounts: sign in for a token, list the tokens, sign out."""

from typing import Any

from django.contrib.auth import authenticate
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import person_of
from accounts.models import Organisation
from accounts.rules import Proof
from accounts.services import tokens
from audit import clock
from audit.errors import DomainError


class EmployerOut(serializers.Serializer[Any]):
    """An organisation that you work for, and that says so itself."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class MeOut(serializers.Serializer[Any]):
    """You, as the API knows you."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    time_zone = serializers.CharField()
    organisations = EmployerOut(many=True)


class Me(APIView):
    """The person who asks."""

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        """Who you are here, and the organisations that you work for."""
        person = person_of(request)
        employers = Organisation.objects.vouching_for(person).order_by("name")
        own = {"id": person.pk, "name": person.name, "email": person.email, "time_zone": person.time_zone}
        return Response(MeOut({**own, "organisations": employers}).data)


class TokenIn(serializers.Serializer[Any]):
    """Address and password."""

    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)


class TokenOut(serializers.Serializer[Any]):
    """A token as it is listed: its beginning, and how long it lasts."""

    beginning = serializers.CharField(source="token_key")
    made_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)


class TokenMade(TokenOut):
    """A new token, with its text: shown this once."""

    token = serializers.CharField()


class Tokens(APIView):
    """Tokens of the person."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    @extend_schema(responses=TokenOut(many=True))
    def get(self, request: Request) -> Response:
        """The person's tokens, newest first."""
        found = AuthToken.objects.filter(user=request.user).order_by("-created", "digest")
        return Response(TokenOut(found, many=True).data)

    @extend_schema(request=TokenIn, responses={201: TokenMade})
    def post(self, request: Request) -> Response:
        """Sign in with address and password, for a token. It reads and writes as you, but signs nothing."""
        form = TokenIn(data=request.data)
        form.is_valid(raise_exception=True)
        person = authenticate(request._request, **form.validated_data)
        if person is None:
            raise DomainError("sign_in_failed", _("Address or password is not right."))
        token, text = tokens.make_token(actor=person, proof=Proof("password", clock.read()))
        return Response(TokenOut(token).data | {"token": text}, status=status.HTTP_201_CREATED)


class Token(APIView):
    """One token of the person."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, beginning: str) -> Response:
        """Withdraw a token; `current` is the one that this request carries."""
        own = AuthToken.objects.filter(user=request.user)
        token = request.auth if beginning == "current" and request.auth else get_object_or_404(own, token_key=beginning)
        tokens.withdraw_token(actor=person_of(request), token=token)
        return Response(status=status.HTTP_204_NO_CONTENT)
