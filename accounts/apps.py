from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed

        from accounts import todo
        from accounts.doors import by_our_clock

        todo.add_source(todo.colleagues_of)
        authentication_step_completed.connect(by_our_clock, dispatch_uid="accounts.by_our_clock")
