from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import health, panels
        from audit.services import on_recorded
        from notifications.nudge import nudger
        from notifications.selectors import told

        on_recorded(nudger.nudge)
        panels.count_unread(told.count_unread)
        health.add_check("relay", told.relay_fault)
