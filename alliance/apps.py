from django.apps import AppConfig


class AllianceConfig(AppConfig):
    name = "alliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import acceptance
        from alliance import permissions  # noqa: F401 - declares who may
        from alliance.services import membership

        acceptance.on_accepted(membership.accept_offer)
