"""What others add to a holder's disclosure: on the record, under their names, and told to the holder."""

import json

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from alliance.states import RoleKind
from audit import clock
from audit.models import Event
from audit.services import data_of
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from governance.models import Addition
from governance.services import independence
from governance.services.holders import leave_seat
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.refusals import not_permitted, refused

pytestmark = pytest.mark.django_db
SAID = "A brother of the holder sells cranes to the port."


@pytest.fixture
def alliance():
    return make.alliance("Harbour Zero")


@pytest.fixture
def held(alliance):
    return make.holding(make.seat(alliance, "First seat"))


@pytest.fixture
def knows(alliance):
    return make.representative(make.member(alliance))


@pytest.fixture
def page(alliance):
    return reverse("governance:committee", args=[alliance.slug])


def test_an_addition_stands_beside_the_disclosure(alliance, held, knows):
    added = independence.add_to_disclosure(actor=knows, holding=held, text=f" {SAID} ")

    assert (added.text, added.added_by, added.holding) == (SAID, knows, held)
    event = Event.objects.get(stream=alliance.pk)
    assert event.verb == "governance.disclosure.added_to"
    assert data_of(event)["holding"] == str(held.pk)
    assert "brother" not in event.body
    assert held.disclosures.count() == 1


def test_the_holder_strangers_and_empty_words_add_nothing(alliance, held, knows):
    stranger = make.person()
    offered = make.holding(make.seat(alliance, "Second seat"), accepted_at=None, stated=False)

    with not_permitted():
        independence.add_to_disclosure(actor=held.person, holding=held, text=SAID)
    with not_permitted():
        independence.add_to_disclosure(actor=stranger, holding=held, text=SAID)
    with refused("text_missing"):
        independence.add_to_disclosure(actor=knows, holding=held, text=" ")
    with refused("seat_not_accepted"):
        independence.add_to_disclosure(actor=knows, holding=offered, text=SAID)


def test_an_addition_is_never_changed(held, knows):
    independence.add_to_disclosure(actor=knows, holding=held, text=SAID)

    for change in (Addition.objects.all().delete, lambda: Addition.objects.update(text="Nothing.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_holder_is_told_once_as_long_as_they_hold_the_seat(held, knows, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    independence.add_to_disclosure(actor=knows, holding=held, text=SAID)
    relay.run()
    relay.run()

    [sent] = [each for each in mail.outbox if each.to == [held.person.email]]
    assert sent.subject == "Your disclosure was added to, in Harbour Zero"
    assert SAID in sent.body
    assert f"{knows} has put on record" in sent.body
    assert Notice.objects.get().person == held.person
    mail.outbox.clear()
    independence.add_to_disclosure(actor=knows, holding=held, text="And a cousin.")
    leave_seat(actor=held.person, holding=held)
    relay.run()
    assert not [each for each in mail.outbox if "added to" in each.subject]


def test_everyone_here_reads_it_on_the_committees_page(held, knows, page, alliance):
    client = client_of(knows)
    address = reverse("governance:add_to_disclosure", args=[alliance.slug, held.seat_id])
    assert address in client.get(page).content.decode()
    empty = client.post(address, {"text": " "})

    client.post(address, {"text": SAID})

    assert empty.status_code == 422
    observer = make.holder(alliance, RoleKind.OBSERVER)
    shown = client_of(observer).get(page).content.decode()
    assert SAID in shown
    assert "1 addition by others" in shown
    own = client_of(held.person).get(page).content.decode()
    assert SAID in own
    assert address not in own


def test_it_travels_with_the_alliance(alliance, held, knows):
    independence.add_to_disclosure(actor=knows, holding=held, text=SAID)

    sent = json.loads(export_dossier(alliance, at=clock.read()).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")

    [added] = again.additions.all()
    assert (added.text, added.added_by, added.witnessed) == (SAID, knows, False)
    assert added.holding.person == held.person
