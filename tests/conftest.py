"""What every test may use: the clock to move, threads that meet, processes and a mail server beside it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from subprocess import Popen
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis.configuration import set_hypothesis_home_dir

from audit import clock, triggers
from tests import mail_sink
from tests.facts_told import watched
from tools.processes import VAR, running

set_hypothesis_home_dir(VAR / "hypothesis")
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")

_empty = TransactionTestCase._fixture_teardown


def _empty_append_only_tables_too(case: TransactionTestCase) -> None:
    with triggers.lifted(connection):
        _empty(case)


TransactionTestCase._fixture_teardown = _empty_append_only_tables_too


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database: `make fast` leaves it out."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ())) & {"db", "transactional_db", "live_server"}
        if wanted or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


def pytest_unconfigure() -> None:
    """Nothing of a run stays behind."""
    if settings.configured:
        shutil.rmtree(settings.TEST_DIR, ignore_errors=True)


class Clock:
    """The product's clock, here and in the processes beside the test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._everywhere = timedelta()

    def read(self) -> datetime:
        """The time that a service would read now."""
        return clock.read()

    def move(self, **by: float) -> None:
        """Move on within this process: `clock.move(days=2)`."""
        self._stack.enter_context(clock.shifted(timedelta(**by)))

    def move_everywhere(self, **by: float) -> None:
        """Move on within this process and in web, worker and beat."""
        self._everywhere += timedelta(**by)
        Path(settings.CLOCK_SHIFT_FILE).write_text(str(self._everywhere.total_seconds()))


@pytest.fixture(name="clock")
def movable_clock() -> Iterator[Clock]:
    """The clock, set right again after the test."""
    with ExitStack() as stack:
        stack.callback(Path(settings.CLOCK_SHIFT_FILE).unlink, missing_ok=True)
        yield Clock(stack)


@pytest.fixture
def race(transactional_db: None) -> Callable[..., list[Any]]:
    """Run actions at the same moment, each in a thread of its own; their results or exceptions, in order."""

    def run(*actions: Callable[[], Any]) -> list[Any]:
        together = threading.Barrier(len(actions))

        def act(action: Callable[[], Any]) -> Any:
            together.wait()
            try:
                return action()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(actions)) as pool:
            return list(pool.map(act, actions))

    return run


@pytest.fixture(scope="session")
def beside(django_db_setup: None) -> dict[str, str]:
    """The environment of a process that works beside the tests: same database and broker, the application's role."""
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database['NAME']}"
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MIGRATION_")}
    names = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DIR": str(settings.TEST_DIR)}
    return ours | names | {"DATABASE_URL": address, "VAR_DIR": str(settings.TEST_DIR)}


@pytest.fixture
def start(beside: dict[str, str]) -> Iterator[Callable[..., Popen[bytes]]]:
    """Start a process beside the test, for as long as it lasts; `start(command, EMAIL_URL=…)`."""
    with ExitStack() as stack:

        def run(command: list[str | Path], **environment: str) -> Popen[bytes]:
            log = settings.TEST_DIR / f"{Path(command[0]).name}.log"
            child: AbstractContextManager[Popen[bytes]] = running(command, env=beside | environment, log=log)
            return stack.enter_context(child)

        yield run


@pytest.fixture(scope="session")
def mail_server() -> Iterator[mail_sink.MailServer]:
    """A real SMTP server on this machine, which keeps what it is given."""
    with mail_sink.serving() as server:
        yield server


@pytest.fixture
def mails(mail_server: mail_sink.MailServer) -> list[EmailMessage]:
    """What the server was given since this test began."""
    mail_server.messages.clear()
    return mail_server.messages


@pytest.fixture(autouse=True)
def facts_told(request: pytest.FixtureRequest) -> Iterator[None]:
    """No command changes a fact that its events do not tell of; watched wherever a test runs in one transaction."""
    marker = request.node.get_closest_marker("django_db")
    is_one = "db" in request.fixturenames or (marker is not None and not marker.kwargs.get("transaction"))
    if not is_one or {"transactional_db", "race", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    with watched():
        yield
