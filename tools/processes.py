"""Child processes that cannot outlive the one that started them.

Each runs in a process group of its own, tied to a pipe: a small watchdog holds the reading end. When the launcher
ends in whatever way, also by SIGKILL, the pipe closes and the watchdog stops the group.
"""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
STOP_SECONDS = 15
_WATCHDOG = """
trap '' INT TERM HUP
read -r _ && exit 0
kill -s TERM -- "-$1"; sleep 3; kill -s KILL -- "-$1"
[ -z "$2" ] || rm -rf -- "$2"
"""


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    stop_by: signal.Signals = signal.SIGTERM,
    scratch: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends, its output in `log` (else on ours), as another user when asked.

    `scratch` names a folder that is removed should the launcher be killed.
    """
    process = _start([str(part) for part in command], log=log, env=env, user=user)
    watchdog = subprocess.Popen(
        ["sh", "-c", _WATCHDOG, "watchdog", str(process.pid), str(scratch or "")],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process, stop_by)
        watchdog.communicate(b"stopped\n")


def _start(
    command: list[str], *, log: Path | None, env: Mapping[str, str] | None, user: str | None
) -> subprocess.Popen[bytes]:
    output = None if log is None else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    account = None if user is None else pwd.getpwnam(user)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            env=env,
            cwd="/" if account else ROOT,
            start_new_session=True,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
        )
    finally:
        if output is not None:
            os.close(output)


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the process and its group to end; kill the group where it does not."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, by)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], *, what: str, seconds: float = 60) -> None:
    """Return as soon as `ready()` holds. Raises RuntimeError when the process ends first or the time is over."""
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise RuntimeError(f"{what} ended with code {process.returncode} before it was ready.")
        if time.monotonic() > end:
            raise RuntimeError(f"{what} was not ready after {seconds:.0f} seconds.")
        time.sleep(0.05)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Whether somebody listens on this machine's port."""
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end this program as Ctrl-C does, so that every block is left in order."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(0 if number == signal.SIGINT else 128 + number)
