"""A person at a desk: goes to pages, fills what is asked, presses what is offered; every page must be accessible."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from time import monotonic, sleep

from playwright.sync_api import Locator, Page

from tests.browser.conftest import PASSWORD

SEEN: set[str] = set()
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+/")


class Desk:
    """One person's page. Each kind of page is given to axe once."""

    def __init__(self, page: Page, accessible: Callable[[Page], None]) -> None:
        self.page, self._accessible = page, accessible

    def look(self) -> None:
        """Give the page to axe, if one of its kind was not given yet."""
        kind = IDENTIFIER.sub("*", self.page.url.partition("?")[0]) + self.page.title()
        if kind not in SEEN:
            SEEN.add(kind)
            self._accessible(self.page)

    def go(self, path: str) -> "Desk":
        """Open a page; when it asks for a proof first, give it."""
        self.page.goto(path)
        self.prove()
        assert self.page.locator("h1").first.is_visible(), self.page.url
        self.look()
        return self

    def prove(self) -> None:
        """Enter the password again where it is asked."""
        if "/reauthenticate/" in self.page.url:
            self.look()
            self.page.fill("input[name=password]", PASSWORD)
            self.page.press("input[name=password]", "Enter")
            self.page.wait_for_url(lambda url: "/reauthenticate/" not in url)

    def fill(self, **given: object) -> "Desk":
        """Fill fields by their names: texts, choices, check boxes."""
        for name, value in given.items():
            self._fill(self.page.locator(f"main [name='{name}']"), value)
        return self

    def _fill(self, field: Locator, value: object) -> None:
        first = field.first
        assert field.count(), f"{self.page.url} does not ask for it\n{self.page.locator('main').inner_text()}"
        kind = first.get_attribute("type") or first.evaluate("each => each.tagName.toLowerCase()")
        if kind in {"radio", "checkbox"} and not isinstance(value, bool):
            for each in value if isinstance(value, list) else [value]:
                field.and_(self.page.locator(f"[value='{each}']")).check()
        elif kind == "checkbox":
            first.set_checked(bool(value))
        elif kind == "select":
            first.select_option(str(value))
        elif kind == "select-multiple" or first.evaluate("each => each.tagName") == "SELECT":
            first.select_option(value if isinstance(value, list) else str(value))
        else:
            first.fill(str(value))

    def press(self, word: str | re.Pattern[str], *, within: str = "main") -> "Desk":
        """Press a button or follow a link by its word, and look at what comes."""
        exact = re.compile(rf"^\s*{re.escape(word)}\s*$") if isinstance(word, str) else word
        scope = self.page.locator(within)
        target = scope.get_by_role("button", name=exact).or_(scope.get_by_role("link", name=exact)).first
        with self.page.expect_navigation():
            target.click()
        self.prove()
        self.look()
        errors = self.page.locator(".error-summary, .errorlist").all_inner_texts()
        assert not errors, f"{self.page.url}: {errors}"
        return self

    def submit(self) -> "Desk":
        """Press the button of the page's own form."""
        button = self.page.locator("main form:has(button.primary, button.danger) button[type=submit]").last
        with self.page.expect_navigation() as arrived:
            button.click()
        answer = arrived.value
        assert answer is None or answer.status not in {404, 500}, self.page.url
        self.look()
        text = self.page.locator("main").inner_text()
        failed = self.page.locator("main [aria-invalid=true], main form .notice.bad").count()
        assert not failed, f"{self.page.url}\n{text}"
        return self

    def says(self, words: str) -> bool:
        return words in self.page.locator("main").inner_text()


def wait_for(what: Callable[[], object], seconds: float = 30) -> object:
    """What becomes true in time."""
    end = monotonic() + seconds
    while monotonic() < end:
        found = what()
        if found:
            return found
        sleep(0.2)
    raise AssertionError("It did not happen in time.")


def mail_to(mails: list[EmailMessage], address: str, words: str) -> EmailMessage:
    """The mail to this address whose text has these words, once it has come."""

    def found() -> EmailMessage | None:
        return next((each for each in mails if address in str(each["To"]) and words in text_of(each)), None)

    mail = wait_for(found)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    """Subject and readable text."""
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body else ''}"


def link_in(mail: EmailMessage) -> str:
    """The first address in a mail."""
    found = re.search(r"https?://\S+", text_of(mail))
    assert found, text_of(mail)
    return found[0]
