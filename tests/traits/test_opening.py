"""Figures that this installation cannot open are an operator's fault, and no member's failing."""

import pytest
from cryptography.fernet import Fernet

from audit import clock as clocks
from audit.errors import DomainError
from tests.charter.steps import told
from tests.stories import CANYON, HARBOUR, evidence, story, verdict
from traits.models import Assessment, DropNotice
from traits.selectors.reading import evidence_of
from traits.services.assessments import assess_now
from traits.tasks import assess_every_alliance


@pytest.mark.django_db
def test_a_lost_key_is_no_members_failing(settings, clock):
    canyon, harbour = told(CANYON), told(HARBOUR)
    settings.WORKSHEET_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(DomainError, match="WORKSHEET_KEYS"):
        evidence_of(canyon, at=clocks.read())
    before = Assessment.objects.filter(alliance=canyon).count()
    harbour.worksheets.all().delete()
    clock.move(days=1)

    assess_every_alliance()

    assert Assessment.objects.filter(alliance=canyon).count() == before
    assert not DropNotice.objects.filter(alliance=canyon).exists()
    assert Assessment.objects.filter(alliance=harbour, why="nightly").exists()
    organiser = canyon.roles.filter(kind="organiser").first().person
    with pytest.raises(DomainError, match="WORKSHEET_KEYS"):
        assess_now(actor=organiser, alliance=canyon)


def test_what_a_file_brought_sealed_elsewhere_has_no_data(settings):
    document = story(CANYON)
    for each in document["worksheets"]:
        each.update(
            figures=None, ciphertext="gAAAA", key_id="0" * 16, sealed_for="018f0000-0000-7000-8000-000000000000"
        )
    assert evidence(document).sealed == {}
    assert verdict(document, "S2", "standard") == "fail"
