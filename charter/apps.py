from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "charter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import todo
        from audit import triggers
        from charter import forms, messages, permissions  # noqa: F401 - declares who may
        from charter.selectors import panels
        from charter.selectors.todos import charter_todos
        from charter.services import carrying_out

        triggers.append_only("charter_signature")
        panels.register()
        todo.add_source(charter_todos)
        carrying_out.register_all()
        messages.register()
        forms.register_inputs()
