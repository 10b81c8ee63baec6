"""Background work: the broker, and what beat sends when. Tasks carry no content, only "there is work"."""

import os
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

SWEEP_SECONDS = 3


def _broker() -> dict[str, object]:
    """Redis where there is one, else files: read when first needed, after the settings."""
    if settings.REDIS_URL:
        return {"broker_url": settings.REDIS_URL}
    for name in ("queue", "control"):
        (settings.BROKER_DIR / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://",
        "broker_transport_options": {
            "data_folder_in": str(settings.BROKER_DIR / "queue"),
            "data_folder_out": str(settings.BROKER_DIR / "queue"),
            "control_folder": str(settings.BROKER_DIR / "control"),
            "polling_interval": 0.3,
        },
    }


TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
app = Celery("concordat")
app.add_defaults(_broker)
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "relay": {
            "task": "notifications.tasks.relay",
            "schedule": timedelta(seconds=SWEEP_SECONDS),
            "options": {"expires": SWEEP_SECONDS},
        },
        "close-decisions": {
            "task": "governance.tasks.close_due_decisions",
            "schedule": timedelta(seconds=SWEEP_SECONDS),
            "options": {"expires": SWEEP_SECONDS},
        },
        "assess-changed": {
            "task": "traits.tasks.assess_changed_alliances",
            "schedule": timedelta(seconds=SWEEP_SECONDS),
            "options": {"expires": SWEEP_SECONDS},
        },
        "assess-every": {
            "task": "traits.tasks.assess_every_alliance",
            "schedule": crontab(minute=10),
            "options": {"expires": 3600},
        },
        "compose-changed": {
            "task": "charter.tasks.compose_changed_charters",
            "schedule": timedelta(seconds=SWEEP_SECONDS),
            "options": {"expires": SWEEP_SECONDS},
        },
        "sweep-files": {
            "task": "alliance.tasks.sweep_files",
            "schedule": crontab(minute=40),
            "options": {"expires": 3600},
        },
        "move-alliances": {
            "task": "charter.tasks.move_due_alliances",
            "schedule": timedelta(minutes=1),
            "options": {"expires": 60},
        },
    },
)
app.autodiscover_tasks()
