"""`make shot`: every page of the demo as a picture, at two widths, light and dark, into var/shots/.

    python -m tools.shot [NAME…]

takes only the pages whose names begin so. A page whose state matters is named in PAGES with the person who looks at
it; every other page is found by following the links that the people of the demo see, and named as its address is.
Then come the states of `tools.states`, one after another: the database and the clock move on under them.
"""

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, product
from typing import TYPE_CHECKING, Literal

import django
from playwright.sync_api import Browser, sync_playwright

from tools import browser, demo
from tools.installation import installation
from tools.processes import VAR, end_on_signals, free_port

if TYPE_CHECKING:
    from django.test import Client

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
    "check": ("/check/", None),
    "sample": ("/a/canyon-claims-exchange/", None),
    "sample-people": ("/a/canyon-claims-exchange/members/people/", None),
    "home": ("/", "victor.stahl@ngh.example"),
    "overview": ("/a/harbour-zero/", "ruth.ashdown@port.example"),
    "overview-active": ("/a/canyon-claims-exchange/", "irene.vance@sho.example"),
    "members": ("/a/harbour-zero/members/", "ruth.ashdown@port.example"),
    "interests": ("/a/canyon-claims-exchange/interests/", "maya.lindholm@ngh.example"),
    "value": ("/a/canyon-claims-exchange/value/", "irene.vance@sho.example"),
    "control": ("/a/canyon-claims-exchange/control/", "irene.vance@sho.example"),
    "control-then": ("/a/canyon-claims-exchange/control/?at=2025-11-20", "irene.vance@sho.example"),
    "holds": ("/a/canyon-claims-exchange/records/holds/", "theo.marsh@plain-audit.example"),
    "records": ("/a/canyon-claims-exchange/records/", "theo.marsh@plain-audit.example"),
    "readiness": ("/a/harbour-zero/readiness/", "ruth.ashdown@port.example"),
    "whatif": ("/a/open-stream-codec-alliance/what-if/", "aisha.karim@heron.example"),
    "whatif-changed": (
        "/a/harbour-zero/what-if/?member-name=Friends+of+the+Bay&member-kind=environment&new-weight-1=2&new-for-1=new-member",
        "ruth.ashdown@port.example",
    ),
    "pulse": ("/a/canyon-claims-exchange/pulse/", "irene.vance@sho.example"),
    "brings": ("/a/canyon-claims-exchange/brings/", "irene.vance@sho.example"),
    "readiness-history": ("/a/harbour-zero/readiness/history/", "ruth.ashdown@port.example"),
    "readiness-compare": ("/a/harbour-zero/readiness/compare/", "ruth.ashdown@port.example"),
    "readiness-warnings": ("/a/open-stream-codec-alliance/readiness/", "aisha.karim@heron.example"),
    "charter": ("/a/canyon-claims-exchange/charter/", "irene.vance@sho.example"),
    "charter-none": ("/a/harbour-zero/charter/", "ruth.ashdown@port.example"),
    "signing": ("/a/canyon-claims-exchange/charter/signing/", "irene.vance@sho.example"),
    "found": ("/found/", "ruth.ashdown@port.example"),
    "decisions": ("/a/canyon-claims-exchange/decisions/", "ruth.adeyemi@sho.example"),
    "decision": ("/a/canyon-claims-exchange/decisions/5/", "hana.mori@jnl.example"),
    "decided": ("/a/canyon-claims-exchange/decisions/4/", "ruth.adeyemi@sho.example"),
    "rehearsal": ("/a/canyon-claims-exchange/decisions/rehearsal/", "ruth.adeyemi@sho.example"),
    "propose": ("/a/canyon-claims-exchange/decisions/propose/", "ruth.adeyemi@sho.example"),
    "classes": ("/a/canyon-claims-exchange/committee/classes/", "ruth.adeyemi@sho.example"),
    "worksheets": ("/a/canyon-claims-exchange/value/worksheets/", "maya.lindholm@ngh.example"),
    "stream": ("/a/canyon-claims-exchange/value/", "samuel.okoro@sho.example"),
    "people": ("/a/canyon-claims-exchange/members/people/", "irene.vance@sho.example"),
    "committee": ("/a/canyon-claims-exchange/committee/", "ruth.adeyemi@sho.example"),
    "inbox": ("/inbox/", "ruth.adeyemi@sho.example"),
    "settings": ("/settings/", "ruth.adeyemi@sho.example"),
    "settings-address": ("/accounts/email/", "ruth.adeyemi@sho.example"),
    "settings-password": ("/accounts/password/change/", "ruth.adeyemi@sho.example"),
}


Looks = dict[str, tuple[str, str | None]]
LINK = re.compile(r'href="(/[^"#]*)')
ALIKE = 3
NOT_FOLLOWED = ("/static/", "/accounts/logout/", "/admin/")


@contextmanager
def site() -> Iterator[str]:
    """A fresh demo of its own; yields its address."""
    port = free_port()
    env = demo.environment(port, HOME) | {"CLOCK_SHIFT_FILE": str(HOME / "shift")}
    demo.prepare(env, HOME, fresh=True)
    os.environ.update(env, DJANGO_SETTINGS_MODULE="config.settings", DJANGO_ALLOW_ASYNC_UNSAFE="true")
    django.setup()
    with installation(port, env=env, home=HOME):
        yield env["SITE_ADDRESS"]


def found_by_links() -> tuple[Looks, int]:
    """One page of each address that PAGES does not name, with who sees it first; and how many links lead nowhere."""
    from django.urls import resolve  # noqa: PLC0415 - after the settings are known

    known = {resolve(path.partition("?")[0]).view_name for path, _email in PAGES.values()}
    found: Looks = {}
    faults = 0
    for email in _demo_people():
        for path, status in _walk(email):
            name = resolve(path.partition("?")[0]).view_name
            if status >= 400:
                print(f"{email}: {path} answered {status}")
                faults += 1
            elif name not in known:
                known.add(name)
                found[name.replace(":", "-")] = (path, email)
    return found, faults


def _demo_people() -> list[str]:
    """Everybody who has a part in an illustrative alliance."""
    from accounts.models import Person  # noqa: PLC0415

    return list(Person.objects.order_by("email").values_list("email", flat=True))


def _walk(email: str) -> Iterator[tuple[str, int]]:
    """The pages that this person reaches from home, with their status; of each address the first few."""
    from django.urls import resolve  # noqa: PLC0415

    client = signed_in(email)
    seen, waiting = {"/"}, ["/"]
    times: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        times[view := resolve(path.partition("?")[0]).view_name] += 1
        if times[view] > ALIKE:
            continue
        answer = client.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            yield path, answer.status_code
            links = {link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())}
            waiting += sorted(link for link in links - seen if not link.startswith(NOT_FOLLOWED))
            seen |= links


def signed_in(email: str) -> "Client":
    """A client with a signed-in session of this person and a fresh proof."""
    from django.test import Client  # noqa: PLC0415 - after the settings are known

    from accounts.models import Person  # noqa: PLC0415
    from audit import clock  # noqa: PLC0415 - after the settings are known

    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.read().timestamp()}
    ]  # pages that bind are shown whole
    session.save()
    return client


def take(chrome: Browser, address: str, name: str, path: str, email: str | None) -> int:
    """Four pictures of one page; returns how many of the answers were faults."""
    faults = 0
    session = signed_in(email).cookies["sessionid"].value if email else ""
    for (width, height), theme in product(WIDTHS.items(), THEMES):
        context = chrome.new_context(
            base_url=address, viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        if email:
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        answer = page.goto(path, wait_until="networkidle")
        picture = f"{name}-{width}-{theme}"
        page.screenshot(path=OUT / f"{picture}.png", full_page=True)
        if picture in TOUR_PICTURES:
            page.set_viewport_size({"width": width, "height": SCREENS[width]})
            page.screenshot(path=TOUR / f"{name}.png")
        if answer is None or answer.ok == name.startswith("error-"):
            print(f"{name}: {path} answered {answer and answer.status}")
            faults += 1
        context.close()
    return faults


def _states() -> Iterator[Looks]:
    """What `tools.states` brings about, each while it stands."""
    from tools import states  # noqa: PLC0415 - its models need the settings

    yield from states.stages()


def main(wanted: list[str]) -> int:
    """Take the pictures asked for, or all; 1 when a page did not answer well."""
    end_on_signals()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    TOUR.mkdir(exist_ok=True)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = browser.node()
    with site() as address, sync_playwright() as playwright:
        found, faults = found_by_links()
        chrome = playwright.chromium.launch(executable_path=browser.path(), args=browser.ARGUMENTS)
        for looks in chain([PAGES | found], _states()):
            asked = {name: look for name, look in looks.items() if not wanted or name.startswith(tuple(wanted))}
            faults += sum(take(chrome, address, name, *look) for name, look in asked.items())
        chrome.close()
    print(f"{len(list(OUT.iterdir()))} pictures in {OUT}")
    return min(faults, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
