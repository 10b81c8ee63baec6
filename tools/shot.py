"""`make shot`: every page of the demo as a picture, at two widths, light and dark, into var/shots/.

    python -m tools.shot [NAME…]

takes only the pages whose names begin so. A page is named in PAGES with the person who looks at it.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from time import time
from typing import Literal

import django
from playwright.sync_api import Browser, sync_playwright

from tools import browser, demo
from tools.installation import installation
from tools.processes import VAR, end_on_signals, free_port

HOME = VAR / "shot"
OUT = VAR / "shots"
WIDTHS = {390: 844, 1440: 900}
SCREENS = {390: 1100, 1440: 1000}
"""How much of a page the README shows."""
TOUR = HOME.parent.parent / "docs" / "tour"
# what the README shows
TOUR_PICTURES = {
    "overview-1440-light",
    "readiness-1440-light",
    "interests-1440-light",
    "control-1440-light",
    "decision-390-dark",
    "charter-1440-light",
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# name → path, and the address of who is signed in
PAGES: dict[str, tuple[str, str | None]] = {
    "sign-in": ("/accounts/login/", None),
    "reset": ("/accounts/password/reset/", None),
    "front": ("/", None),
    "home": ("/", "victor.stahl@ngh.example"),
    "overview": ("/a/harbour-zero/", "ruth.ashdown@port.example"),
    "overview-active": ("/a/canyon-claims-exchange/", "irene.vance@sho.example"),
    "members": ("/a/harbour-zero/members/", "ruth.ashdown@port.example"),
    "interests": ("/a/canyon-claims-exchange/interests/", "maya.lindholm@ngh.example"),
    "value": ("/a/canyon-claims-exchange/value/", "irene.vance@sho.example"),
    "control": ("/a/canyon-claims-exchange/control/", "irene.vance@sho.example"),
    "records": ("/a/canyon-claims-exchange/records/", "theo.marsh@plain-audit.example"),
    "readiness": ("/a/harbour-zero/readiness/", "ruth.ashdown@port.example"),
    "readiness-warnings": ("/a/open-stream-codec-alliance/readiness/", "aisha.karim@heron.example"),
    "charter": ("/a/canyon-claims-exchange/charter/", "irene.vance@sho.example"),
    "charter-none": ("/a/harbour-zero/charter/", "ruth.ashdown@port.example"),
    "signing": ("/a/canyon-claims-exchange/charter/signing/", "irene.vance@sho.example"),
    "found": ("/found/", "ruth.ashdown@port.example"),
    "decisions": ("/a/canyon-claims-exchange/decisions/", "ruth.adeyemi@sho.example"),
    "decision": ("/a/canyon-claims-exchange/decisions/5/", "hana.mori@jnl.example"),
    "decided": ("/a/canyon-claims-exchange/decisions/4/", "ruth.adeyemi@sho.example"),
    "propose": ("/a/canyon-claims-exchange/decisions/propose/", "ruth.adeyemi@sho.example"),
    "classes": ("/a/canyon-claims-exchange/committee/classes/", "ruth.adeyemi@sho.example"),
    "worksheets": ("/a/canyon-claims-exchange/value/worksheets/", "maya.lindholm@ngh.example"),
    "stream": ("/a/canyon-claims-exchange/value/", "samuel.okoro@sho.example"),
    "people": ("/a/canyon-claims-exchange/members/people/", "irene.vance@sho.example"),
    "committee": ("/a/canyon-claims-exchange/committee/", "ruth.adeyemi@sho.example"),
    "inbox": ("/inbox/", "ruth.adeyemi@sho.example"),
    "settings": ("/settings/", "ruth.adeyemi@sho.example"),
}


@contextmanager
def site() -> Iterator[str]:
    """A fresh demo of its own; yields its address."""
    port = free_port()
    env = demo.environment(port, HOME)
    demo.prepare(env, HOME, fresh=True)
    os.environ.update(env, DJANGO_SETTINGS_MODULE="config.settings", DJANGO_ALLOW_ASYNC_UNSAFE="true")
    django.setup()
    with installation(port, env=env, home=HOME):
        yield env["SITE_ADDRESS"]


def session_of(email: str) -> str:
    """A signed-in session of this person, as its cookie's value."""
    from django.test import Client  # noqa: PLC0415 - after the settings are known

    from accounts.models import Person  # noqa: PLC0415

    client = Client()
    client.force_login(Person.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time()}
    ]  # pages that bind are shown whole
    session.save()
    return client.cookies["sessionid"].value


def take(chrome: Browser, address: str, name: str) -> int:
    """Four pictures of one page; returns how many of the answers were faults."""
    path, email = PAGES[name]
    faults = 0
    for (width, height), theme in product(WIDTHS.items(), THEMES):
        context = chrome.new_context(
            base_url=address, viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        if email:
            context.add_cookies([{"name": "sessionid", "value": session_of(email), "url": address}])
        page = context.new_page()
        answer = page.goto(path, wait_until="networkidle")
        picture = f"{name}-{width}-{theme}"
        page.screenshot(path=OUT / f"{picture}.png", full_page=True)
        if picture in TOUR_PICTURES:
            page.set_viewport_size({"width": width, "height": SCREENS[width]})
            page.screenshot(path=TOUR / f"{name}.png")
        if answer is None or not answer.ok:
            print(f"{name}: {path} answered {answer and answer.status}")
            faults += 1
        context.close()
    return faults


def main(wanted: list[str]) -> int:
    """Take the pictures asked for, or all; 1 when a page did not answer well."""
    names = [name for name in PAGES if not wanted or name.startswith(tuple(wanted))]
    end_on_signals()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    TOUR.mkdir(exist_ok=True)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = browser.node()
    with site() as address, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=browser.path(), args=browser.ARGUMENTS)
        faults = sum(take(chrome, address, name) for name in names)
        chrome.close()
    print(f"{len(names) * len(WIDTHS) * len(THEMES)} pictures in {OUT}")
    return min(faults, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
