"""A real browser before a real installation: gunicorn, worker and beat beside the test, on its database and broker.

The processes sign in to PostgreSQL as the application does; the test itself owns the database and empties it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from accounts.models import Person
from tests.mail_sink import MailServer
from tools import browser as chromium
from tools.installation import beat, web, worker
from tools.processes import answers, free_port, running, wait_until

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the test's thread; nothing is awaited
PASSWORD = "a long walk to the harbour"
HERE = Path(__file__).parent
SECONDS = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One browser for the session; people get a context each."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = chromium.node()
    with sync_playwright() as playwright:
        running_browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield running_browser
        running_browser.close()


@pytest.fixture(scope="session")
def site_environment(django_db_setup: None, beside: dict[str, str], mail_server: MailServer) -> dict[str, str]:
    """What web, worker and beat are told: the test's database, broker and mail server."""
    address = f"http://localhost:{free_port()}"
    return beside | {"SITE_ADDRESS": address, "EMAIL_URL": mail_server.url}


@pytest.fixture(scope="session")
def site(site_environment: dict[str, str]) -> Iterator[str]:
    """The address of the pages, served by gunicorn."""
    address = site_environment["SITE_ADDRESS"]
    port, log = int(address.rpartition(":")[2]), settings.TEST_DIR / "web.log"
    with running(web(port), env=site_environment, log=log) as process:
        wait_until(lambda: answers(port), process, what=f"The web server (its log: {log})")
        yield address


@pytest.fixture
def background(transactional_db: None, site_environment: dict[str, str]) -> Iterator[None]:
    """Worker and beat for one test; they end before its database is emptied."""
    if settings.REDIS_URL:
        redis.Redis.from_url(settings.REDIS_URL).flushdb()
    with ExitStack() as stack:
        for name, command in {"worker": worker(), "beat": beat(settings.TEST_DIR)}.items():
            log = settings.TEST_DIR / f"{name}.log"
            stack.enter_context(running(command, env=site_environment, log=log))
        yield


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """Script errors and content that the policy refused, on any page; they fail the test at its end."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_context(
    chrome: Browser, site: str, background: None, problems: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser context for one more visitor."""

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    with ExitStack() as stack:

        def start(**options: object) -> BrowserContext:
            context = stack.enter_context(chrome.new_context(base_url=site, locale="en-GB", **options))
            context.set_default_timeout(SECONDS * 1000)
            context.on("console", listen)
            context.on("weberror", lambda error: problems.append(str(error.error)))
            return context

        yield start


@pytest.fixture
def visitor(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who has not signed in."""
    return open_context().new_page()


@pytest.fixture
def sign_in(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Sign a person in by the form, in a browser of their own: `sign_in(person) -> Page`."""

    def run(person: Person, password: str = PASSWORD, **options: object) -> Page:
        page = open_context(**options).new_page()
        page.goto(reverse("account_login"))
        page.fill("input[name=login]", person.email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: reverse("account_login") not in url)
        return page

    return run


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Assert that axe finds nothing on the page."""
    axe = Axe()

    def check(page: Page) -> None:
        # Not preloading style sheets: axe would do it by inline styles, which the policy refuses.
        results = axe.run(page, options={"preload": False})
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check
