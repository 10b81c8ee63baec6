"""A real worker on a real broker, a real mail server: killed in the middle, it loses nothing and doubles nothing."""

import os
import signal
import socket
import time
from collections.abc import Callable
from email.message import EmailMessage
from subprocess import Popen
from typing import Any

import pytest
import redis
from django.conf import settings

from accounts.models import Person
from alliance.services.inviting import invite_person
from alliance.services.membership import admit_member
from alliance.states import Membership, RoleKind
from notifications import nudge
from notifications.models import Delivery, Notice
from notifications.states import Channel, DeliveryState
from tests import factories
from tests.mail_sink import MailServer
from tools.installation import worker
from tools.processes import free_port, stop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 40
SECONDS = 40


@pytest.fixture(autouse=True)
def empty_broker() -> None:
    """No task of an earlier test."""
    if settings.REDIS_URL:
        redis.Redis.from_url(settings.REDIS_URL).flushdb()
    else:
        for left in (settings.BROKER_DIR / "queue").glob("*"):
            left.unlink()


def wait_for(what: Callable[[], bool]) -> None:
    """Wait, sending a sweep every second as beat does, until it holds."""
    began = time.monotonic()
    sweeps = 0
    while not what():
        passed = time.monotonic() - began
        assert passed < SECONDS, "it took too long"
        if passed >= sweeps:
            sweeps += 1
            assert nudge.send()
        time.sleep(0.02)


def admitted_with(people: int) -> Any:
    """An organisation just admitted, for which so many people act: each is told."""
    alliance = factories.alliance()
    member = factories.member(alliance, state=Membership.ACCEPTED)
    for _number in range(people):
        factories.holder(alliance, RoleKind.REPRESENTATIVE, member=member)
    return admit_member(actor=factories.organiser(alliance), member=member)


def sent(channel: Channel) -> int:
    return Delivery.objects.filter(channel=channel, state=DeliveryState.SENT).count()


def test_a_killed_worker_loses_nothing_and_doubles_nothing_in_the_inbox(
    start: Callable[..., Popen[bytes]], mail_server: MailServer, mails: list[EmailMessage], clock: Any
) -> None:
    admitted_with(PEOPLE)
    first = start(worker(), EMAIL_URL=mail_server.url)
    wait_for(lambda: sent(Channel.EMAIL) + sent(Channel.INBOX) >= 3)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert Delivery.objects.filter(state=DeliveryState.WAITING).exists(), "it was killed too late to show anything"

    clock.move_everywhere(seconds=61)  # its leases end
    start(worker(), EMAIL_URL=mail_server.url)
    wait_for(lambda: not Delivery.objects.exclude(state=DeliveryState.SENT).exists())

    assert (sent(Channel.INBOX), sent(Channel.EMAIL)) == (PEOPLE, PEOPLE)
    assert Notice.objects.count() == PEOPLE
    assert Notice.objects.values("person").distinct().count() == PEOPLE
    assert {str(mail["To"]) for mail in mails} == set(
        Person.objects.filter(roles__kind=RoleKind.REPRESENTATIVE).values_list("email", flat=True)
    )
    assert len({mail["Message-ID"] for mail in mails}) == PEOPLE
    assert len(mails) <= PEOPLE + 2  # a mail that was on its way when the worker died may come twice, with the same ID


def test_an_invitation_reaches_its_address_by_mail(
    start: Callable[..., Popen[bytes]], mail_server: MailServer, mails: list[EmailMessage]
) -> None:
    alliance = factories.alliance("Harbour Zero")
    organiser = factories.organiser(alliance)
    start(worker(), EMAIL_URL=mail_server.url)
    invite_person(
        actor=organiser,
        alliance=alliance,
        email="Ruth@Example.org",
        name="Ruth Adeyemi",
        roles=["counsel"],
        organisation="Adeyemi Law",
    )
    wait_for(lambda: len(mails) == 1)
    text = mails[0].get_body(("plain",)).get_content()
    assert mails[0]["To"] == "ruth@example.org"
    assert f"{organiser} invites you to take part in Harbour Zero." in text
    assert f"{settings.SITE_ADDRESS}/i/" in text
    assert f"{settings.SITE_ADDRESS}/i/" in mails[0].get_body(("html",)).get_content()


def test_a_mail_server_that_is_down_delays_a_message_and_loses_none(
    start: Callable[..., Popen[bytes]], mail_server: MailServer, mails: list[EmailMessage], clock: Any
) -> None:
    admitted_with(2)
    first = start(worker(), EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    wait_for(lambda: Delivery.objects.filter(channel=Channel.EMAIL, attempts=1, token=None).count() == 2)
    assert Notice.objects.count() == 2
    stop(first)
    clock.move_everywhere(hours=1)
    start(worker(), EMAIL_URL=mail_server.url)
    wait_for(lambda: sent(Channel.EMAIL) == 2)
    assert (len(mails), Notice.objects.count()) == (2, 2)


def test_a_broker_that_never_answers_delays_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as black_hole:
        black_hole.bind(("127.0.0.1", 0))
        black_hole.listen(1)  # takes the call and says nothing
        from config.celery import app

        monkeypatch.setattr(app.conf, "broker_write_url", f"redis://127.0.0.1:{black_hole.getsockname()[1]}/0")
        began = time.monotonic()
        admitted_with(1)
        assert time.monotonic() - began < 2
        began = time.monotonic()
        assert nudge.send() is False
        assert time.monotonic() - began < 3
    assert Delivery.objects.count() == 0  # nothing is lost: the next sweep reads it from the log
    from notifications.services.expansion import expand_events

    expand_events()
    assert Delivery.objects.count() == 2
