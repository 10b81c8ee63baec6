"""The API's door to the inbox."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import person_of
from notifications.selectors.told import notices_of

NEWEST = 100


class NoticeOut(serializers.Serializer[Any]):
    """A message in the inbox; `path` is where it leads, from the site's root."""

    id = serializers.UUIDField()
    subject = serializers.CharField()
    text = serializers.CharField()
    path = serializers.CharField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class Inbox(APIView):
    """The person's inbox."""

    @extend_schema(responses=NoticeOut(many=True))
    def get(self, request: Request) -> Response:
        """The newest 100 messages."""
        return Response(NoticeOut(notices_of(person_of(request))[:NEWEST], many=True).data)
