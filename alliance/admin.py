"""What the operator sees of alliances: that they are there and where they stand. Nothing can be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from alliance.models import Alliance


@admin.register(Alliance)
class AllianceAdmin(admin.ModelAdmin):
    """A list to look at: commands are the only way to write, and an operator sees no alliance's inside."""

    list_display = ("name", "state", "profile", "created_at", "is_illustrative")
    list_filter = ("state", "profile", "is_illustrative")
    search_fields = ("name", "slug")
    ordering = ("name",)
    fields = ("name", "slug", "convener", "state", "profile", "is_illustrative", "created_at", "activated_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
