"""After a commit: tell the workers that there is work, from a thread of its own, so that no request ever waits.

At most one nudge waits. A broker that does not answer is left alone until the next sweep would have come by itself.
"""

import logging
import os
import threading
import time
from uuid import UUID

from celery import current_app
from kombu.exceptions import OperationalError

TASK = "notifications.tasks.relay"
SWEEP_SECONDS = 3
BROKER_SECONDS = 0.5
log = logging.getLogger(__name__)


class Nudger:
    """One thread a process, started by the first nudge in it (so not before a server has forked)."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._process = 0

    def nudge(self, stream: UUID) -> None:
        """Have a task sent soon. Returns at once; raises nothing."""
        self._wanted.set()
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._work, name="nudge", daemon=True).start()

    def _work(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if not send():
                time.sleep(SWEEP_SECONDS)


def send() -> bool:
    """Publish one task, without retry and within half a second a step; False where the broker does not take it."""
    limits = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS, "max_retries": 0}
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            broker.transport_options = {**broker.transport_options, **limits}
            current_app.send_task(TASK, connection=broker, retry=False, expires=SWEEP_SECONDS, ignore_result=True)
    except (OSError, OperationalError) as error:
        log.warning("the broker takes no nudge: %s", type(error).__name__)
        return False
    return True


nudger = Nudger()
