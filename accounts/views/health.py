"""Signs of life, for whoever watches over the installation."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import health


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"ok": True})


@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything that this process needs answers; 503 where something does not."""
    found = health.faults()
    ok = not any(found.values())
    return JsonResponse(
        {"ok": ok, "checks": {name: fault or "ok" for name, fault in found.items()}}, status=200 if ok else 503
    )
