"""For who runs the installation: what is waiting, and what was given up, with another try."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications.models import Delivery
from notifications.services.relay import requeue


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """Deliveries, to look at; those given up can be sent again. What they say is not shown."""

    list_display = ("kind", "channel", "state", "attempts", "due_at", "last_error")
    list_filter = ("state", "channel", "kind")
    actions = ("send_again",)

    @admin.action(description=_("Try again those that were given up"), permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: "QuerySet[Delivery]") -> None:
        number = requeue(list(chosen.values_list("pk", flat=True)))
        said = ngettext("%(n)d message will be tried again.", "%(n)d messages will be tried again.", number)
        self.message_user(request, said % {"n": number})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
