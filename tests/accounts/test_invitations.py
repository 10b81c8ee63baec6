"""Coming in on an invitation: its page, its one address, its one use."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Person
from accounts.services import invitations
from accounts.services.invitations import token_of
from alliance.models import Role
from alliance.services.inviting import invite_member, invite_person
from alliance.states import RoleKind
from audit.errors import DomainError
from audit.models import Event
from tests import factories
from tests.refusals import refused

SECRET = "a long walk to the harbour"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def invited(email: str = "ruth@example.org") -> Invitation:
    """Counsel of Harbour Zero, invited and not come in yet."""
    alliance = factories.alliance("Harbour Zero")
    return invite_person(
        actor=factories.organiser(alliance),
        alliance=alliance,
        email=email,
        name="Ruth Adeyemi",
        roles=[RoleKind.COUNSEL],
        organisation="Adeyemi Law",
    )


def page_of(invitation: Invitation) -> str:
    return reverse("accounts:invitation", args=[token_of(invitation)])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def sign_up(client: Client, **typed: Any) -> Any:
    body = {"name": "Ruth A.", "password1": SECRET, **typed}
    return client.post(reverse("account_signup"), body)


@pytest.mark.django_db
def test_the_page_says_who_invites_to_what_and_for_whom() -> None:
    invitation = invited()
    html = Client().get(page_of(invitation)).content.decode()
    for said in (invitation.invited_by.name, "Harbour Zero", "Adeyemi Law", "Counsel", "ruth@example.org"):
        assert said in html
    assert reverse("account_signup") in html


@pytest.mark.django_db
def test_an_account_is_made_for_the_invited_address_and_no_other() -> None:
    invitation = invited()
    client = Client()
    client.get(page_of(invitation))
    form = client.get(reverse("account_signup")).content.decode()
    assert re.search(r'<input[^>]*value="ruth@example.org"[^>]*disabled', form)

    answered = sign_up(client, email="mallory@example.org")

    ruth = Person.objects.get(email="ruth@example.org")
    alliance = invitation.offer.alliance
    assert (answered.status_code, answered["Location"]) == (302, reverse("alliance:overview", args=[alliance.slug]))
    assert (ruth.name, ruth.joined_at is not None) == ("Ruth A.", True)
    assert not Person.objects.filter(email="mallory@example.org").exists()
    assert Role.objects.filter(person=ruth, alliance=alliance, kind=RoleKind.COUNSEL).exists()
    assert ruth.affiliations.get().organisation.name == "Adeyemi Law"
    assert ruth.emailaddress_set.get().verified
    verbs = set(Event.objects.filter(actor=ruth.pk).values_list("verb", flat=True))
    assert verbs == {"accounts.person.joined", "alliance.invitation.accepted", "accounts.invitation.accepted"}
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.django_db
def test_a_founder_comes_in_on_a_page_that_is_there() -> None:
    operator = factories.person(is_staff=True, is_superuser=True)
    invitation = invitations.invite_founder(
        actor=operator, email="new@example.org", name="New", organisation="Port Authority"
    )
    client = Client()
    client.get(page_of(invitation))

    answer = client.post(reverse("account_signup"), {"name": "New", "password1": SECRET}, follow=True)

    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, "/")
    assert reverse("alliance:found") in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "new"}, "email_invalid"),
        ({"name": " "}, "name_missing"),
        ({"organisation": "\u200b"}, "name_missing"),
    ],
)
def test_a_founder_is_invited_by_an_address_a_name_and_an_organisation(change: dict[str, str], code: str) -> None:
    operator = factories.person(is_staff=True, is_superuser=True)
    given = {"email": "new@example.org", "name": "New", "organisation": "Port Authority", **change}

    with refused(code):
        invitations.invite_founder(actor=operator, **given)


@pytest.mark.django_db
def test_without_an_invitation_nobody_signs_up() -> None:
    answered = sign_up(Client(), email="mallory@example.org")
    assert "By invitation only" in answered.content.decode()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_weak_password_keeps_what_was_typed_and_makes_no_account() -> None:
    client = Client()
    client.get(page_of(invited()))
    html = sign_up(client, password1="short").content.decode()
    assert 'value="Ruth A."' in html
    assert "short" not in re.sub(r"too short|shorter", "", html)
    assert not Person.objects.filter(email="ruth@example.org").exists()


@pytest.mark.django_db
def test_who_has_an_account_signs_in_and_accepts() -> None:
    invitation = invited()
    ruth = factories.person("Ruth Adeyemi", email="ruth@example.org")
    asked = Client().get(page_of(invitation)).content.decode()
    assert f"{reverse('account_login')}?next=/i/" in asked
    client = signed_in(ruth)
    assert "Accept the invitation" in client.get(page_of(invitation)).content.decode()
    answered = client.post(page_of(invitation))
    assert answered["Location"] == reverse("alliance:overview", args=[invitation.offer.alliance.slug])
    invitation.refresh_from_db()
    assert invitation.used_by == ruth


@pytest.mark.django_db
def test_another_address_is_told_whose_invitation_it_is_and_changes_nothing() -> None:
    invitation = invited()
    client = signed_in(factories.person("Otto", email="otto@example.org"))
    html = client.get(page_of(invitation)).content.decode()
    assert "This invitation is for ruth@example.org" in html
    refused = client.post(page_of(invitation))
    assert (refused.status_code, "Sign in with that one" in refused.content.decode()) == (422, True)
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert not Role.objects.filter(kind=RoleKind.COUNSEL).exists()


@pytest.mark.django_db
def test_what_is_over_is_answered_as_what_never_was(clock: Any) -> None:
    used, withdrawn, late = invited("a@example.org"), invited("b@example.org"), invited("c@example.org")
    ann = factories.person(email="a@example.org")
    invitations.accept_invitation(actor=ann, invitation=used)
    Invitation.objects.filter(pk=withdrawn.pk).update(withdrawn_at=clock.read())
    Invitation.objects.filter(pk=late.pk).update(expires_at=clock.read() - timedelta(seconds=1))
    unknown = Client().get(reverse("accounts:invitation", args=["0" * 64]))
    answers = [Client().get(page_of(each)) for each in (used, withdrawn, late)]
    assert {(each.status_code, each.content) for each in [unknown, *answers]} == {(404, unknown.content)}


@pytest.mark.django_db
def test_a_token_is_kept_only_as_its_hash() -> None:
    invitation = invited()
    assert token_of(invitation) not in {str(value) for value in Invitation.objects.values().get().values()}
    assert len(bytes.fromhex(token_of(invitation))) * 8 == 256
    assert not Event.objects.filter(body__contains=token_of(invitation)).exists()
    assert not Event.objects.filter(body__contains="example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_thirty_two_uses_at_the_same_moment_have_one_winner(race: Callable[..., list[Any]]) -> None:
    invitation = invited()
    ruth = factories.person(email="ruth@example.org")
    uses = [lambda: invitations.accept_invitation(actor=ruth, invitation=Invitation.objects.get(pk=invitation.pk))]
    results = race(*uses * 32)
    won = [each for each in results if isinstance(each, Invitation)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["invitation_over"] * 31)
    assert Event.objects.filter(verb="accounts.invitation.accepted").count() == 1
    assert Role.objects.filter(person=ruth).count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_sign_ups_on_one_token_make_one_account(race: Callable[..., list[Any]]) -> None:
    invitation = invited()

    def come_in() -> int:
        client = Client()
        client.get(page_of(invitation))
        return int(sign_up(client).status_code)

    results = race(*[come_in] * 8)
    assert all(isinstance(each, int) and each in {200, 302, 422} for each in results), results
    assert Person.objects.filter(email="ruth@example.org").count() == 1
    assert Event.objects.filter(verb="accounts.invitation.accepted").count() == 1


@pytest.mark.django_db
def test_an_invited_organisation_accepts_by_its_person() -> None:
    alliance = factories.alliance()
    member = invite_member(
        actor=factories.organiser(alliance),
        alliance=alliance,
        organisation="Northgate Health",
        category="payer",
        participation="voting",
        email="nora@example.org",
        name="Nora",
        roles=[RoleKind.REPRESENTATIVE],
    )
    client = Client()
    client.get(page_of(Invitation.objects.get(email="nora@example.org")))
    sign_up(client, name="Nora Berg")
    member.refresh_from_db()
    assert member.state == "accepted"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost:8000@evil.example"])
def test_the_host_of_a_request_never_reaches_a_mail(host: str, settings: Any) -> None:
    from django.core import mail

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    factories.person(email="ruth@example.org", password=SECRET)
    headers = {"Host": host, "X-Forwarded-Host": "evil.example"}
    assert (
        Client().post(reverse("account_reset_password"), {"email": "ruth@example.org"}, headers=headers).status_code
        == 400
    )
    forwarded = {"X-Forwarded-Host": "evil.example"}
    Client().post(reverse("account_reset_password"), {"email": "ruth@example.org"}, headers=forwarded)
    (sent,) = mail.outbox
    assert set(re.findall(r"https?://[^/\s]+", sent.body)) == {"http://localhost:8000"}
