"""What is answered where no view was found, or one broke: a page to people, and JSON to programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; the API's own answer under its addresses."""
    if request.path.startswith(API):
        sentence = _("There is nothing here, or nothing that you may see.")
        return JsonResponse({"code": "not_found", "sentence": sentence}, status=404)
    return defaults.page_not_found(request, exception)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500, without a word of what broke."""
    if request.path.startswith(API):
        sentence = _("Something went wrong on our side. Nothing was half-written; please try again in a minute.")
        return JsonResponse({"code": "our_fault", "sentence": sentence}, status=500)
    return defaults.server_error(request)
