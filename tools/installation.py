"""The three processes that make an installation, started alike by the demo, the screenshots and the browser tests."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen

from tools.processes import answers, running, wait_until

BIN = Path(sys.executable).parent
HOST = "127.0.0.1"


def web(port: int) -> list[str | Path]:
    """The pages and the API."""
    command: list[str | Path] = [BIN / "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    return [*command, "--worker-class", "gthread", "--workers", "2", "--threads", "4"]


def worker(*, threads: int = 2) -> list[str | Path]:
    """What works in the background. Quiet ways: nothing that the filesystem transport cannot do."""
    command: list[str | Path] = [BIN / "celery", "-A", "config", "worker", "-P", "threads", "-c", str(threads)]
    return [*command, "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def beat(home: Path) -> list[str | Path]:
    """What says when; a process of its own, because a killed `worker -B` leaves its beat alive."""
    return [BIN / "celery", "-A", "config", "beat", "-s", home / "beat", "--pidfile", "", "--loglevel", "WARNING"]


@contextmanager
def installation(port: int, *, env: Mapping[str, str], home: Path) -> Iterator[dict[str, Popen[bytes]]]:
    """Web, worker and beat until the block ends, their logs in `home`; yields them by name once the web answers."""
    commands = {"web": web(port), "worker": worker(), "beat": beat(home)}
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(running(command, env=env, log=home / f"{name}.log"))
            for name, command in commands.items()
        }
        wait_until(lambda: answers(port), started["web"], what=f"The web server (its log: {home / 'web.log'})")
        yield started
