"""The commands of docker-compose.yml, run as they stand there, against a throw-away PostgreSQL and Redis."""

import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet

from tools.installation import BIN
from tools.processes import ROOT, free_port, running
from tools.servers import postgres, postgres_binaries, redis, scratch_folder

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service.get("build")}
CHOICES = {
    "SITE_HOST": "alliances.example.org",
    "HELP_ADDRESS": "help@example.org",
    "SECRET_KEY": "9" * 25 + "abcdefghijklmnopqrstuvwxyz",
    "WORKSHEET_KEYS": Fernet.generate_key().decode(),
    "EMAIL_URL": "smtp://localhost:2525",
    "POSTGRES_PASSWORD": "super",
    "OWNER_PASSWORD": "it's-owned",
    "APP_PASSWORD": "applied",
}


def filled(value: Any, where: dict[str, str]) -> Any:
    """A value of the file as Compose would read it, with addresses of this test instead of the network's names."""
    if isinstance(value, dict):
        return {key: filled(part, where) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, where) for part in value]
    text = re.sub(r"(?<!\$)\$\{(\w+):\?[^}]*\}", lambda found: CHOICES[found[1]], str(value)).replace("$$", "$")
    for name, address in where.items():
        text = text.replace(name, address)
    return text


class Container:
    """A service of the file as a process on this machine."""

    def __init__(self, name: str, where: dict[str, str], home: Path) -> None:
        self.service = filled(SERVICES[name], where)
        self.log = home / f"{name}.log"
        self.home = home / name
        self.home.mkdir()
        here = {"PATH": f"{BIN}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "VAR_DIR": str(home / "var")}
        self.env = here | self.service["environment"]

    @property
    def folder(self) -> Path:
        return self.home if "working_dir" in self.service else ROOT

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.env, cwd=self.folder, capture_output=True, text=True, check=False, timeout=120
        )

    def is_healthy(self) -> bool:
        kind, *test = self.service["healthcheck"]["test"]
        return self.run(*(["sh", "-c", *test] if kind == "CMD-SHELL" else test)).returncode == 0

    def start(self) -> Any:
        # `env -C` stands for the container's working folder.
        command = ["env", "-C", self.folder, *self.service["command"]]
        return running(command, env=self.env, log=self.log)


@pytest.fixture(scope="module")
def where() -> Iterator[dict[str, str]]:
    """A fresh PostgreSQL whose roles the file's own script makes, a Redis, and a port for the web."""
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder())
        port = stack.enter_context(postgres(scratch, statements=()))
        address = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PATH": f"{postgres_binaries()}:{os.environ['PATH']}"}
        passwords = {name: CHOICES[name] for name in ("OWNER_PASSWORD", "APP_PASSWORD")}
        script = filled(COMPOSE["configs"]["roles"]["content"], {})
        subprocess.run(["sh", "-c", script], env=address | passwords, check=True)
        valkey = stack.enter_context(redis(scratch)).removeprefix("redis://").removesuffix("/0")
        yield {"postgres:5432": f"127.0.0.1:{port}", "valkey:6379": valkey}


def test_what_needs_the_image_is_what_the_design_names() -> None:
    assert {"migrate", "web", "worker", "beat"} == OURS
    assert set(SERVICES) - OURS == {"postgres", "valkey", "proxy"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_read_only_and_all_but_the_one_shot_say_when_they_are_healthy(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert ("healthcheck" in SERVICES[name]) == (name != "migrate")


@pytest.mark.postgres
@pytest.mark.slow
def test_the_commands_bring_up_a_healthy_installation(where: dict[str, str], tmp_path: Path) -> None:
    migrate, web, worker, beat = (Container(name, where, tmp_path) for name in ("migrate", "web", "worker", "beat"))
    web.env["PORT"] = str(free_port())
    for command in (migrate.service["command"], ["python", "manage.py", "collectstatic", "--noinput"]):
        done = migrate.run(*command)
        assert done.returncode == 0, done.stderr
    deployed = web.run("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert deployed.returncode == 0, deployed.stderr

    with web.start(), worker.start(), beat.start():
        for container in (web, worker, beat):
            until_healthy(container)
        page = urllib.request.Request(
            f"http://localhost:{web.env['PORT']}/accounts/login/",
            headers={"Host": CHOICES["SITE_HOST"], "X-Forwarded-Proto": "https"},
        )
        with urllib.request.urlopen(page) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]


def until_healthy(container: Container) -> None:
    end = time.monotonic() + 60
    while not container.is_healthy():
        assert time.monotonic() < end, container.log.read_text()
        time.sleep(0.5)
