"""Statements and disclosures that lapse, and reports in confidence."""

import json

import pytest

from accounts.models import Affiliation
from alliance.states import RoleKind
from audit.models import Event
from audit.services import data_of
from governance.models import Attestation, InstructionReport
from governance.selectors.holders import holder_of
from governance.services import independence
from governance.texts import INDEPENDENCE, INDEPENDENCE_HASH
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return make.holding(make.seat(make.alliance()), stated=False)


def test_holder_signs_the_text_that_was_shown(held):
    employer = make.organisation()
    Affiliation.objects.create(person=held.person, organisation=employer, starts_on=make.clock.read().date())
    independence.attest(actor=held.person, holding=held, hash=INDEPENDENCE_HASH, proof=make.proof())
    signed = Attestation.objects.get()
    assert (signed.text_hash, signed.text_version, signed.employer) == (INDEPENDENCE_HASH, "1", employer)
    assert data_of(Event.objects.get())["hash"] == INDEPENDENCE_HASH
    assert INDEPENDENCE[:20] not in Event.objects.get().body


def test_statement_needs_holder_text_seat_and_fresh_proof(held):
    other, unaccepted = make.person(), make.holding(make.seat(make.alliance()), accepted_at=None, stated=False)
    sign = {"actor": held.person, "holding": held, "hash": INDEPENDENCE_HASH, "proof": make.proof()}
    with refused("not_permitted"):
        independence.attest(**sign | {"actor": other})
    with refused("other_text"):
        independence.attest(**sign | {"hash": "0" * 64})
    with refused("proof_stale"):
        independence.attest(**sign | {"proof": make.proof(minutes=6)})
    with refused("seat_not_accepted"):
        independence.attest(**sign | {"actor": unaccepted.person, "holding": unaccepted})


def test_statement_lapses_after_a_year(held, clock):
    make.attestation(held)
    clock.move(days=364, hours=23)
    assert holder_of(held, clock.read()).attestation
    clock.move(hours=2)
    assert holder_of(held, clock.read()).attestation is None


def test_statement_lapses_by_a_change_of_employer(held, clock):
    make.attestation(held)
    clock.move(days=2)
    today = clock.read().date()
    assert holder_of(held, clock.read()).attestation
    Affiliation.objects.create(person=held.person, organisation=make.organisation(), starts_on=today)
    assert holder_of(held, clock.read()).attestation is None
    make.attestation(held)
    assert holder_of(held, clock.read()).attestation


def test_imported_or_older_statement_does_not_count(held, clock):
    make.attestation(held, witnessed=False)
    make.attestation(held, text_version="0")
    assert holder_of(held, clock.read()).attestation is None


def test_disclosure_says_one_of_both(held):
    say, other = {"actor": held.person, "holding": held}, make.person()
    with refused("one_of_both"):
        independence.disclose(**say, text="", nothing_to_disclose=False)
    with refused("one_of_both"):
        independence.disclose(**say, text="Shares", nothing_to_disclose=True)
    with refused("not_permitted"):
        independence.disclose(actor=other, holding=held, text="", nothing_to_disclose=True)
    assert independence.disclose(**say, text="Shares in Canyon Bank", nothing_to_disclose=False).text
    assert "Canyon" not in Event.objects.get().body


def test_report_names_nobody_in_the_log(held):
    report = independence.report_instruction(actor=held.person, seat=held.seat, text="My manager told me to agree.")
    event = Event.objects.get()
    body = json.loads(event.body)
    assert (event.actor, event.subject, body["data"]) == (None, report.pk, {})
    assert report.pk.version == 4
    assert str(held.person_id) not in event.body
    assert str(held.seat_id) not in event.body


def test_report_is_made_from_within_and_says_something(held):
    other = make.person()
    with refused("not_permitted"):
        independence.report_instruction(actor=other, seat=held.seat, text="…")
    with refused("text_missing"):
        independence.report_instruction(actor=held.person, seat=held.seat, text=" ")


def test_auditor_alone_reads_and_settles_once(held):
    alliance = held.alliance
    report = independence.report_instruction(actor=held.person, seat=held.seat, text="Told.")
    auditor, organiser = make.holder(alliance, RoleKind.AUDITOR), make.organiser(alliance)
    for other in (organiser, held.person):
        with refused("not_permitted"):
            independence.reports_for(actor=other, alliance=alliance)
        with refused("not_permitted"):
            independence.settle_report(actor=other, report=report, was_instructed=False)
    assert independence.reports_for(actor=auditor, alliance=alliance) == [report]
    independence.settle_report(actor=auditor, report=report, was_instructed=True)
    assert InstructionReport.objects.get().was_instructed is True
    with refused("settled_already"):
        independence.settle_report(actor=auditor, report=report, was_instructed=False)
