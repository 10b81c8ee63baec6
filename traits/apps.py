from django.apps import AppConfig


class TraitsConfig(AppConfig):
    name = "traits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import todo
        from audit import triggers
        from traits import messages, permissions  # noqa: F401 - declares who may

        triggers.append_only("traits_assessment", "traits_ask", "traits_announcement", "traits_toldcheck")
        triggers.append_only("traits_pulseround", "traits_pulseturn", "traits_pulseanswer")
        triggers.append_only("traits_saving")
        from alliance.afterwards import after_founding, note_before
        from traits.doors import keep_what_was_told, read_at_once, say_what_is_kept
        from traits.selectors import panels, pulse, reasons, todos

        panels.register()
        reasons.register()
        messages.register()
        todo.add_source(todos.todos_of)
        todo.add_source(todos.warnings_of)
        todo.add_source(todos.cures_of)
        todo.add_source(pulse.todos_of)
        after_founding(keep_what_was_told)
        after_founding(read_at_once)
        note_before(say_what_is_kept)
