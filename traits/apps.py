from django.apps import AppConfig


class TraitsConfig(AppConfig):
    name = "traits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import triggers
        from traits import permissions  # noqa: F401 - declares who may

        triggers.append_only("traits_assessment")
        triggers.append_only("traits_toldcheck")
        from traits.selectors import panels

        panels.register()
        from alliance.afterwards import after_founding
        from traits.doors import keep_what_was_told

        after_founding(keep_what_was_told)
