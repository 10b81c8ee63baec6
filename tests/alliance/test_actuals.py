"""What came of a worksheet beside what it promised; and seals that are renewed with a newer key."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.doors import SIGN_INS
from alliance import sealing
from alliance.models import Actual, Worksheet
from alliance.services import worksheets
from alliance.states import RoleKind
from audit import clock
from audit.models import Event
from tests import factories as make
from tests.refusals import everything, not_permitted, refused

pytestmark = pytest.mark.django_db
PROMISED = sealing.Figures(
    currency="USD",
    benefit=sealing.Range(200, 300, 400),
    cost=sealing.Range(50, 100, 150),
    fall_back=sealing.Range(0, 50, 60),
    basis="Last year's books.",
)


def came(benefit=777_00, cost=90, fall_back=10, currency="USD", basis="This year's books."):
    one = (sealing.Range(each, each, each) for each in (benefit, cost, fall_back))
    return sealing.Figures(currency, *one, basis)


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def member(alliance):
    return make.member(alliance)


@pytest.fixture
def voice(member):
    return make.representative(member)


@pytest.fixture
def sheet(member, voice):
    return worksheets.seal_worksheet(actor=voice, member=member, figures=PROMISED, proof=make.proof())


def enter(voice, member, **changes):
    given = {"measured_on": clock.read().date(), "figures": came(), "proof": make.proof()} | changes
    return worksheets.seal_actual(actor=voice, member=member, **given)


def test_actuals_stand_beside_the_promise_for_the_member_and_the_custodian(alliance, member, voice, sheet, clock):
    with refused("before_promise"):
        enter(voice, member, measured_on=clock.read().date() - timedelta(days=1))
    clock.move(days=9)
    enter(voice, member, measured_on=clock.read().date() - timedelta(days=9), figures=came(benefit=1))
    enter(voice, member)
    for who in (voice, make.holder(alliance, RoleKind.CUSTODIAN)):
        opened = worksheets.read_worksheet(actor=who, worksheet=sheet)
        assert opened.figures == PROMISED
        assert [figures.benefit.base for _day, figures in opened.actuals] == [777_00, 1]
    assert make.verbs(alliance).count("alliance.worksheet.read") == 2


def test_nobody_else_opens_them_and_the_log_holds_no_figure(alliance, member, voice, sheet):
    enter(voice, member)
    organiser = make.organiser(alliance)
    with not_permitted():
        worksheets.read_worksheet(actor=organiser, worksheet=sheet)
    assert not [event for event in Event.objects.all() if "77700" in event.body]
    assert "77700" not in Actual.objects.get().ciphertext


def test_actuals_are_refused_without_a_promise_in_another_currency_or_ahead_of_time(alliance, member, voice):
    with refused("nothing_promised"):
        enter(voice, member)
    worksheets.seal_worksheet(actor=voice, member=member, figures=PROMISED, proof=make.proof())
    with refused("other_currency"):
        enter(voice, member, figures=came(currency="EUR"))
    with refused("measured_ahead"):
        enter(voice, member, measured_on=clock.read().date() + timedelta(days=1))
    with refused("one_value"):
        enter(voice, member, figures=PROMISED)
    with refused("basis_missing"):
        enter(voice, member, figures=came(basis=" "))
    stranger = make.representative(make.member(alliance))
    with not_permitted():
        enter(stranger, member)
    with not_permitted("proof_stale"):
        enter(voice, member, proof=make.proof(hours=2))


def test_an_actual_never_opens_as_a_promise(member, voice, sheet):
    actual = enter(voice, member)
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(actual.ciphertext, member=member.pk, version=1)
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(sheet.ciphertext, member=member.pk, version=1, kind=sealing.ACTUAL)


def test_seals_are_renewed_with_the_newest_key_once(alliance, member, voice, sheet, settings, capsys):
    enter(voice, member)
    old, new = settings.WORKSHEET_KEYS[0], Fernet.generate_key().decode()
    settings.WORKSHEET_KEYS = [new, old]
    call_command("rotate_keys")
    assert capsys.readouterr().out == "2 sealed anew.\n"
    settings.WORKSHEET_KEYS = [new]
    assert worksheets.read_worksheet(actor=voice, worksheet=Worksheet.objects.get()).figures == PROMISED
    before = everything()
    call_command("rotate_keys")
    assert everything() == before
    assert make.verbs(alliance).count("alliance.seals.renewed") == 1


def test_what_no_key_opens_is_left_and_said(alliance, member, voice, sheet, settings, capsys):
    settings.WORKSHEET_KEYS = [Fernet.generate_key().decode()]
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("rotate_keys")
    assert caught.value.returncode == 1
    assert alliance.slug in capsys.readouterr().err
    assert everything() == before


def test_tampered_seal_is_not_renewed(alliance, member, voice, sheet, settings):
    Worksheet.objects.update(ciphertext=sheet.ciphertext[:-8] + "AAAAAAA=")
    settings.WORKSHEET_KEYS = [Fernet.generate_key().decode(), *settings.WORKSHEET_KEYS]
    assert worksheets.reseal(alliance=alliance) == (0, 1)


def test_page_seals_and_shows_them(alliance, member, voice, sheet):
    client = Client()
    client.force_login(voice, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[SIGN_INS] = [{"method": "password", "at": clock.read().timestamp()}]
    session.save()
    form = {
        "measured_on": clock.read().date().isoformat(),
        "currency": "USD",
        "benefit": "777",
        "cost": "90",
        "fall_back": "x",
        "basis": "Books.",
    }
    path = reverse("alliance:seal_actual", args=[alliance.slug, member.pk])
    wrong = client.post(path, form)
    assert (wrong.status_code, 'value="777"' in wrong.content.decode()) == (422, True)
    assert client.post(path, form | {"fall_back": "10"}).status_code == 302
    shown = client.post(reverse("alliance:open_worksheet", args=[alliance.slug, sheet.pk])).content.decode()
    assert "777" in shown
    assert "Enter what came of it" in client.get(reverse("alliance:worksheets", args=[alliance.slug])).content.decode()
