"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The installation's own address."""
    return {"site_address": settings.SITE_ADDRESS}
