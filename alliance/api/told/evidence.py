"""What the API is told of evidence: as JSON a link or another record, as a form (multipart) a file as well."""

from rest_framework import serializers

from accounts.fields import TextIn
from alliance.api.told.strict import Shape


class EvidenceIn(Shape):
    title = TextIn(max_length=160)
    address = TextIn(max_length=2000, allow_blank=True, default="")
    source_kind = serializers.CharField(max_length=24, allow_blank=True, default="")
    source = serializers.UUIDField(allow_null=True, default=None)  # type: ignore[assignment]  # DRF declares its own
    valid_until = serializers.DateField(allow_null=True, default=None)


class EvidenceFileIn(EvidenceIn):
    file = serializers.FileField(allow_empty_file=True, allow_null=True, default=None)
