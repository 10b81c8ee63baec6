"""An assessment's report: typeset, tagged, the same bytes each time; as data, the same as `assess` prints."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.typesetting import _lacking, printable
from tests import factories as make
from traits.models import Assessment
from traits.selectors.report import assessment_document, brief_pdf, report_pdf
from traits.services.assessments import assess_now

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *bold* $1+1$ <label> @ref \\ ”quoted“ #sys.inputs 日本 ' + "long " * 40


@pytest.fixture
def alliance():
    return make.alliance("Harbour " + HOSTILE[:60])


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


@pytest.fixture
def assessment(alliance, organiser):
    return assess_now(actor=organiser, alliance=alliance)


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def path_of(assessment, form="report"):
    return reverse(f"traits:{form}", args=[assessment.alliance.slug, assessment.pk])


def test_report_is_a_tagged_pdf_and_the_same_bytes_each_time(assessment):
    found = Assessment.objects.get(pk=assessment.pk)
    pdf = report_pdf(found)
    assert pdf == report_pdf(Assessment.objects.get(pk=assessment.pk))
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid:part>1<" in pdf.replace(b" ", b"") or re.search(rb"pdfuaid:part", pdf)


def test_what_people_wrote_is_never_read_as_markup(assessment):
    assessment.indicators[0].update(advice=HOSTILE, figure=HOSTILE, threshold="#eval(1)", by=HOSTILE)
    assert report_pdf(assessment).startswith(b"%PDF")


def test_pages_give_the_report_to_whoever_sees_the_alliance(alliance, assessment):
    answer = browser(make.organiser(alliance)).get(path_of(assessment))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content == report_pdf(assessment)
    assert f"{alliance.slug}-readiness-" in answer["Content-Disposition"]


def test_report_takes_few_statements_however_much_was_accepted(alliance, assessment, organiser):
    client = browser(organiser)
    with CaptureQueriesContext(connection) as seen:
        client.get(path_of(assessment))
    assert len(seen) <= 6


@pytest.mark.parametrize("form", ["report", "report_data"])
def test_other_alliances_reports_are_not_there(assessment, form):
    other = make.alliance()
    outsider = browser(make.organiser(other))
    assert outsider.get(path_of(assessment, form)).status_code == 404
    disguised = reverse(f"traits:{form}", args=[other.slug, assessment.pk])
    assert outsider.get(disguised).status_code == 404


def test_data_are_what_assess_prints(alliance, assessment, organiser, capsys):
    call_command("assess", alliance.slug, at=assessment.at.isoformat())
    printed = json.loads(capsys.readouterr().out)
    assert assessment_document(assessment) == printed
    client, address = browser(organiser), f"/api/v1/alliances/{alliance.slug}/assessments/{assessment.pk}/report/"
    assert client.get(path_of(assessment, "report_data")).json() == printed
    assert client.get(address).json() == printed
    assert client.get(f"{address}?form=pdf").content == report_pdf(assessment)


def test_characters_beyond_the_fonts_are_boxes():
    assert printable("Łódź Ἀθῆναι Київ → ✓ 日本 😀 −2") == "Łódź Ἀθῆναι Київ → ✓ ▯▯ ▯ −2"
    assert not _lacking("".join(map(chr, range(0xA1, 0x180))).replace("\xad", ""))


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_brief_has_two_pages_whatever_is_written(alliance, assessment):
    assert pages_of(brief_pdf(assessment)) == 2
    alliance.purpose = HOSTILE * 30
    alliance.name = HOSTILE[:160]
    assessment.alliance = alliance
    assessment.earliest_because = [HOSTILE] * 3
    assessment.missing = [each["id"] for each in assessment.indicators]
    for each in assessment.indicators:
        each.update(advice=HOSTILE * 3)
    pdf = brief_pdf(assessment)
    assert pages_of(pdf) == 2
    assert pdf == brief_pdf(assessment)


def test_brief_is_given_by_page_and_api(alliance, assessment, organiser):
    client = browser(organiser)
    address = f"/api/v1/alliances/{alliance.slug}/assessments/{assessment.pk}/report/?form=brief"
    pdf = client.get(path_of(assessment, "brief")).content
    assert pdf == client.get(address).content == brief_pdf(assessment)
    assert browser(make.organiser(make.alliance())).get(path_of(assessment, "brief")).status_code == 404
