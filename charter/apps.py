from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import triggers
        from charter import permissions  # noqa: F401 - declares who may

        triggers.append_only("charter_signature")
        from accounts import todo
        from charter import messages, panels
        from charter.selectors.todos import charter_todos

        panels.register()
        messages.register()
        todo.add_source(charter_todos)
