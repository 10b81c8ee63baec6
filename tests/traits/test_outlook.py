"""Whether a member gains: pass or fail to everybody, and what its own figures say to its own people alone."""

import json

import pytest
from django.urls import reverse

from accounts.models import Person
from alliance.states import Membership
from tests import factories as make
from tests.alliance.pages import client_of
from tests.charter.steps import told
from tests.stories import CANYON, HARBOUR, judged, story
from traits.models import Assessment
from traits.services.assessments import assess_now

ALONE = "On your own figures Corvus Shipping would be better off alone."
LOW = {"low": 10, "base": 240_000_000, "high": 250_000_000}


def test_a_low_case_below_zero_names_nobody():
    document = story(CANYON)
    document["worksheets"][0]["figures"]["benefit"] = LOW

    finding = judged(document, "S2").finding

    assert (finding.verdict, finding.subjects, finding.advice) == ("warn", (), "A low case is below zero.")


def test_who_has_no_worksheet_is_told_so():
    document = story(HARBOUR)
    voting = {each["id"] for each in document["members"] if each.get("participation", "voting") == "voting"}
    gone = next(each["member"] for each in document["worksheets"] if each["member"] in voting - {"corvus"})
    document["worksheets"] = [each for each in document["worksheets"] if each["member"] != gone]
    orgs = {each["id"]: each["name"] for each in document["organisations"]}
    name = orgs[next(each["organisation"] for each in document["members"] if each["id"] == gone)]

    advice = judged(document, "S2").finding.advice

    assert advice == f"{name} has no worksheet. Corvus Shipping does not pass; figures are sealed."


def test_who_has_signed_in_words_alone_is_asked_for_figures():
    """At Essential a sentence is enough; from Standard on it is not, and nothing sealed has failed."""
    document = story(CANYON)
    sheet = document["worksheets"][0]
    document["worksheets"][0] = {key: sheet[key] for key in sheet if key != "figures"} | {"statement": "We gain."}

    advice = judged(document, "S2").finding.advice

    assert advice.endswith(" has signed in words alone; figures are asked for.")


def _page(person, name, alliance):
    return client_of(person).get(reverse(name, args=[alliance.slug])).content.decode()


@pytest.mark.django_db
def test_its_own_people_read_what_its_figures_say_and_nobody_else_does():
    alliance = told(HARBOUR)
    corvus = alliance.members.get(organisation__name="Corvus Shipping")
    own = corvus.roles.filter(kind="representative").get().person
    organiser = alliance.roles.filter(kind="organiser").first().person
    assess_now(actor=organiser, alliance=alliance)
    pages = ("traits:readiness", "alliance:worksheets")
    others = [each for each in Person.objects.filter(roles__alliance=alliance).distinct() if each != own]
    others = [each for each in others if not each.roles.filter(member=corvus).exists()]

    for page in pages:
        assert ALONE in _page(own, page, alliance)
        for other in (*others, make.holder(alliance, "observer")):
            assert "Corvus Shipping would be better off alone" not in _page(other, page, alliance)
    read = client_of(own).get(reverse("assessments", args=[alliance.slug])).content.decode()
    kept = json.dumps(list(Assessment.objects.values("indicators", "lapses", "basis")), default=str)
    assert "better off alone" not in read + kept


@pytest.mark.django_db
def test_figures_sealed_for_another_member_are_opened_by_nobody():
    alliance = told(HARBOUR)
    corvus = alliance.members.get(organisation__name="Corvus Shipping")
    foreign = make.member(alliance, state=Membership.ADMITTED)
    sheet = corvus.worksheets.get()
    foreign.worksheets.create(
        alliance=alliance, version=sheet.version, ciphertext=sheet.ciphertext, key_id=sheet.key_id,
        sealed_for=corvus.pk, signed_by=sheet.signed_by, signed_at=sheet.signed_at,
    )  # fmt: skip

    assert "On your own figures" not in _page(make.representative(foreign), "traits:readiness", alliance)
