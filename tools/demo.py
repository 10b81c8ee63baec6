"""`make demo`: the whole product on this machine, without a server: web, worker and beat as processes of their own.

SQLite and the filesystem transport carry it; its data lies in var/demo and is kept between runs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tools.processes import ROOT, VAR, answers, end_on_signals, running, wait_until

HOME = VAR / "demo"
BIN = Path(sys.executable).parent


def commands(bind: str) -> dict[str, list[str | Path]]:
    """The three processes that make an installation, by name."""
    web = [
        BIN / "gunicorn",
        "config.wsgi",
        "--bind",
        bind,
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    worker = [BIN / "celery", "-A", "config", "worker", "-P", "threads", "-c", "2", "--loglevel", "WARNING"]
    return {
        "web": web,
        "worker": [*worker, "--without-gossip", "--without-mingle", "--without-heartbeat"],
        "beat": [BIN / "celery", "-A", "config", "beat", "-s", HOME / "beat", "--pidfile", "", "--loglevel", "WARNING"],
    }


def environment(port: int) -> dict[str, str]:
    """Ours, but for the servers that it may name: the demo stands by itself."""
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}}
    return ours | {"VAR_DIR": str(HOME), "BROKER_DIR": str(HOME / "broker"), "SITE_ADDRESS": f"http://localhost:{port}"}


def prepare(env: Mapping[str, str], *, fresh: bool) -> None:
    """Bring the database up to date and load the illustrative alliances."""
    if fresh:
        shutil.rmtree(HOME, ignore_errors=True)
    shutil.rmtree(HOME / "broker", ignore_errors=True)
    HOME.mkdir(parents=True, exist_ok=True)
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run([sys.executable, ROOT / "manage.py", *command], env=env, cwd=ROOT, check=True)


def serve(port: int, env: Mapping[str, str]) -> int:
    """Run the three until one of them ends, or we are asked to stop."""
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(running(command, env=env, log=HOME / f"{name}.log"))
            for name, command in commands(f"127.0.0.1:{port}").items()
        }
        stack.callback(print, "Stopping …", flush=True)
        wait_until(lambda: answers(port), started["web"], what=f"The web server (its log: {HOME / 'web.log'})")
        print(
            f"\nConcordat is open at http://localhost:{port}/ (Ctrl-C stops it; mails lie in {HOME / 'mail'})",
            flush=True,
        )
        while True:
            for name, process in started.items():
                if process.poll() is not None:
                    print(
                        f"The process {name} ended with code {process.returncode}; see {HOME / name}.log.", flush=True
                    )
                    return 1
            time.sleep(0.5)


def main() -> int:
    """Prepare and serve; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs have kept")
    options = parser.parse_args()
    if answers(options.port):
        print(f"Port {options.port} is taken: choose another one, as in `make demo PORT={options.port + 10}`.")
        return 1
    end_on_signals()
    env = environment(options.port)
    try:
        prepare(env, fresh=options.fresh)
        return serve(options.port, env)
    except subprocess.CalledProcessError as problem:
        print(f"`manage.py {problem.cmd[2]}` failed; its message stands above.")
    except RuntimeError as problem:
        print(problem)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
