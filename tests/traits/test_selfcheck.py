"""Fifteen questions without an account: what they say, that they stay with the visitor, and what founding keeps."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from alliance.afterwards import follow
from alliance.states import RoleKind
from audit import clock
from audit.models import Event
from audit.strictjson import BadDocument
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from tests import factories as make
from tests.refusals import everything, not_permitted, refused
from traits.doors import remember
from traits.indicators import INDICATORS
from traits.models import ToldCheck
from traits.selfcheck import POINTS, QUESTIONS, biggest_gaps, is_whole, told_traits
from traits.services.assessments import assess_now
from traits.services.telling import keep_told_check
from traits.states import Level, Trait

YES = {each.key: "yes" for each in QUESTIONS}


def but(**answers):
    return YES | answers


def test_there_are_three_questions_a_trait_each_after_known_indicators():
    assert [sum(each.trait == trait for each in QUESTIONS) for trait in Trait] == [3] * 5
    known = {each.id: each.trait for each in INDICATORS}
    assert all(known.keys() >= set(each.indicators) for each in QUESTIONS)
    assert all(known[each.indicators[0]] == each.trait for each in QUESTIONS)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (("yes", "yes", "yes"), Level.IN_PLACE),
        (("yes", "yes", "partly"), Level.IN_PLACE),
        (("yes", "yes", "no"), Level.EMERGING),
        (("partly", "partly", "partly"), Level.EMERGING),
        (("yes", "partly", "unsure"), Level.EMERGING),
        (("yes", "no", "unsure"), Level.ABSENT),
        (("no", "no", "no"), Level.ABSENT),
    ],
)
def test_a_trait_is_what_its_three_answers_make_it(answers, level):
    told = told_traits(but(**dict(zip(("independent", "kinds", "common"), answers, strict=True))))
    assert told[0].level == level
    assert told[0].points == sum(POINTS[answer] for answer in answers)
    assert {each.level for each in told[1:]} == {Level.IN_PLACE}


def test_the_biggest_gaps_are_three_plain_noes_first_of_the_weakest_trait():
    answers = but(independent="partly", lasting="no", keeper="no", figure="partly", exit="no")
    assert [each.key for each in biggest_gaps(answers)] == ["keeper", "lasting", "exit"]
    assert biggest_gaps(YES) == []


@pytest.mark.parametrize(
    "answers", [None, {}, [], YES | {"more": "yes"}, but(independent="maybe"), but(independent=2), "yes"]
)
def test_only_whole_answers_are_answers(answers):
    assert not is_whole(answers)


@pytest.mark.django_db
class TestVisitor:
    def test_answers_lead_to_the_radar_and_nothing_is_stored(self):
        client, before = Client(), everything()
        answer = client.post(reverse("traits:self_check"), but(keeper="no"), follow=True)
        assert answer.redirect_chain[-1][0] == reverse("traits:self_check_result")
        text = answer.content.decode()
        assert "as you tell it" in text
        assert "Name a steward" in text
        assert everything() == before

    def test_missing_or_foreign_answers_are_named_and_the_others_kept(self):
        given = but(keeper="perhaps")
        del given["independent"]
        answer = Client().post(reverse("traits:self_check"), given)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"keeper", "independent"}
        assert answer.content.decode().count("checked") == len(QUESTIONS) - 2

    def test_result_without_answers_leads_to_the_questions(self):
        assert Client().get(reverse("traits:self_check_result")).url == reverse("traits:self_check")

    def test_another_visitor_sees_nothing_of_them(self):
        Client().post(reverse("traits:self_check"), YES)
        assert Client().get(reverse("traits:self_check_result")).status_code == 302


@pytest.mark.django_db
class TestKeeping:
    @pytest.fixture
    def alliance(self):
        return make.alliance()

    @pytest.fixture
    def organiser(self, alliance):
        return make.organiser(alliance)

    def test_organiser_keeps_them_once(self, alliance, organiser):
        keep_told_check(actor=organiser, alliance=alliance, answers=YES)
        assert ToldCheck.objects.get().answers == YES
        assert make.verbs(alliance) == ["traits.check.told"]
        assert "yes" not in Event.objects.get(verb="traits.check.told").body
        with refused("told_already"):
            keep_told_check(actor=organiser, alliance=alliance, answers=YES)

    def test_half_answers_and_others_are_refused(self, alliance, organiser):
        with refused("answers_missing"):
            keep_told_check(actor=organiser, alliance=alliance, answers={"independent": "yes"})
        representative = make.representative(make.member(alliance))
        with not_permitted():
            keep_told_check(actor=representative, alliance=alliance, answers=YES)

    def test_readiness_shows_them_beside_the_evidence(self, alliance, organiser):
        keep_told_check(actor=organiser, alliance=alliance, answers=YES)
        assess_now(actor=organiser, alliance=alliance)
        client = Client()
        client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(reverse("traits:readiness", args=[alliance.slug])).content.decode()
        assert "As you told it at the beginning" in page

    def test_the_api_keeps_and_tells_them(self, alliance, organiser):
        client, url = Client(), f"/api/v1/alliances/{alliance.slug}/told-check/"
        client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(url).json() == {"answers": {}, "told_at": None}
        options = {"content_type": "application/json", "headers": {"Idempotency-Key": "one"}}
        assert client.post(url, {"answers": YES}, **options).status_code == 201
        assert client.get(url).json()["answers"] == YES
        bad = client.post(url, {"answers": {"independent": "maybe"}}, **options | {"headers": {"Idempotency-Key": "2"}})
        assert bad.status_code == 400

    def test_they_travel_in_the_dossier(self, alliance, organiser):
        keep_told_check(actor=organiser, alliance=alliance, answers=YES)
        sent = json.loads(export_dossier(alliance, at=clock.read()).model_dump_json())
        again = import_dossier(dossier=dossier_of(sent), slug="again")
        assert again.told_check.answers == YES
        sent["told_check"]["answers"] = {"independent": "yes"}
        with pytest.raises(BadDocument, match="/told_check/answers"):
            dossier_of(sent)

    def test_founding_ends_with_what_is_to_do_and_how_soon(self, client):
        founder = make.person()
        session = client.session
        remember(session, YES)
        alliance = make.alliance()
        make.role(founder, alliance, RoleKind.ORGANISER)
        follow(session, founder, alliance)
        assert ToldCheck.objects.get().answers == YES
        client.force_login(founder, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(reverse("alliance:overview", args=[alliance.slug])).content.decode()
        assert "Earliest possible charter" in page
        assert "7 days apart" in page or "1 days apart" in page or "stays open 5 days" in page

    def test_the_steps_of_founding_say_what_will_be_kept(self):
        url, backend = reverse("alliance:found"), "allauth.account.auth_backends.AuthenticationBackend"
        client, other = Client(), Client()
        client.post(reverse("traits:self_check"), but(keeper="no"))  # before signing in
        for each in (client, other):
            each.force_login(make.person(), backend=backend)
        assert "fifteen answers" not in other.get(url, follow=True).content.decode()
        page = client.get(url, follow=True).content.decode()
        assert "Your fifteen answers will be kept with this alliance." in page
        assert "Name a steward" in page
