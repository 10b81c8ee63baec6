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
from pathlib import Path

from tools.installation import installation
from tools.processes import ROOT, VAR, answers, end_on_signals

HOME = VAR / "demo"
SAMPLE = "canyon-claims-exchange"
"""The alliance that the front page shows to anybody."""


def environment(port: int, home: Path = HOME) -> dict[str, str]:
    """Ours, but for the servers that it may name: the demo stands by itself."""
    ours = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}}
    return ours | {
        "VAR_DIR": str(home),
        "BROKER_DIR": str(home / "broker"),
        "SITE_ADDRESS": f"http://localhost:{port}",
        "SAMPLE_ALLIANCE": SAMPLE,
    }


def prepare(env: Mapping[str, str], home: Path = HOME, *, fresh: bool) -> None:
    """Bring the database up to date and load the illustrative alliances."""
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(home / "broker", ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    steps = {"Preparing the database …": ["migrate", "--verbosity", "0"], "Loading the alliances …": ["load_demo"]}
    for word, command in steps.items():
        print(word, flush=True)
        subprocess.run([sys.executable, ROOT / "manage.py", *command], env=env, cwd=ROOT, check=True)


def serve(port: int, env: Mapping[str, str]) -> int:
    """Run web, worker and beat until one of them ends, or we are asked to stop."""
    with installation(port, env=env, home=HOME) as processes:
        print(
            f"\nConcordat is open at http://localhost:{port}/ (Ctrl-C stops it; mails lie in {HOME / 'mail'}).",
            flush=True,
        )
        try:
            name, code = first_ended(processes)
        finally:
            print("Stopping …", flush=True)
    print(f"The process {name} ended with code {code}; its log: {HOME / name}.log")
    return 1


def first_ended(processes: Mapping[str, subprocess.Popen[bytes]]) -> tuple[str, int]:
    """Wait until one of the processes has ended; its name and exit code."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                return name, process.returncode
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
