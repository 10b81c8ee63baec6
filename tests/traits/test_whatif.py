"""What would be, if the seats, weights, thresholds or members were others: exact, and nothing stored."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from audit.models import Event
from tests import factories as make
from tests.charter.steps import organiser, told
from tests.stories import CANYON, CODEC, HARBOUR, evidence, story
from traits.gate import judge, read
from traits.indicators.registry import REGISTRY
from traits.selectors.reading import evidence_of
from traits.selectors.whatif import SHIFTING, _says, evidence_now, what_if
from traits.services.assessments import assess_now
from traits.whatif import NEW_MEMBER, Change, NewSeat, changed, power_by_quota


@pytest.fixture
def codec():
    return evidence(story(CODEC))


@pytest.fixture
def harbour():
    return evidence(story(HARBOUR))


def power_of(views, quota):
    return next(each for each in views if each.quota == quota)


def test_seat_without_power_is_named_with_the_quotas_that_mend_it(codec):
    found = power_of(power_by_quota(codec), 12)
    assert [group.weight for group in found.groups] == [4, 4, 4, 2, 2, 1]
    assert found.groups[-1].banzhaf == 0
    assert [group.banzhaf for group in found.groups[:3]] == [Fraction(10, 42)] * 3
    assert found.groups[0].shapley_shubik == Fraction(7, 30)
    assert (found.powerless, found.mending) == (("Finch",), (11, 13))


def test_who_decides_nothing_is_told_so_that_any_name_reads_well(codec):
    found = _says(power_of(power_by_quota(codec), 12))
    assert found == "No decision turns on the vote of Finch. A quota of 11 or 13 of 17 would change that."


def test_other_threshold_gives_the_powerless_seat_power(codec):
    shares = {each.key: Fraction(13, 17) for each in codec.governance.classes if each.method == "vote"}
    then = changed(codec, Change(thresholds=shares))
    assert power_of(power_by_quota(then), 13).powerless == ()
    assert not [each for each in read(then).judged if each.indicator.id == "G2" and "Finch" in each.finding.subjects]


def test_groups_under_common_control_count_as_one(harbour):
    three = power_of(power_by_quota(harbour), 3)
    assert max(three.groups, key=lambda group: group.weight).banzhaf == 1


def test_seat_taken_from_the_ruling_group_mends_governance_and_kinds(harbour):
    meridian = [seat.id for seat in harbour.governance.seats if seat.member in {"lines", "terminals"}]
    then = changed(harbour, Change(counts_for={meridian[0]: "corvus"}, weights={meridian[1]: 0}))
    verdicts = {each.indicator.id: each.finding.verdict for each in read(then).judged}
    assert verdicts["G2"] != "fail"
    assert {each.indicator.id: each.finding.verdict for each in read(harbour).judged}["G2"] == "fail"


def test_recused_seats_leave_the_count():
    canyon = evidence(story(CANYON))
    before = power_of(power_by_quota(canyon), 4)
    seat = canyon.governance.seats[4].id
    after = power_of(power_by_quota(canyon, frozenset({seat})), 4)
    assert (before.total, after.total, after.recused) == (7, 6, 1)
    assert len(after.groups) == 6


def test_everybody_recused_is_said_and_divides_by_nothing():
    canyon = evidence(story(CANYON))
    assert power_by_quota(canyon, frozenset(seat.id for seat in canyon.governance.seats)) == ()


def test_new_member_counts_as_its_kind_and_has_signed_nothing(harbour):
    new = Change(new_member=("Friends of the Bay", "environment"), new_seats=(NewSeat("Bay", 1, NEW_MEMBER),))
    shifts = {each.id: (each.before, each.after) for each in what_if(harbour, new).shifts}
    assert shifts["M3"] == ("fail", "fail")
    assert shifts["M2"] == ("pass", "pass")
    assert len(changed(harbour, new).members) == len(harbour.members) + 1
    assert {each.indicator.id: each.finding.verdict for each in read(changed(harbour, new)).judged}["S1"] == "fail"


def test_no_change_changes_nothing(harbour):
    assert changed(harbour, Change()) == replace(harbour)
    assert what_if(harbour, Change()).shifts == []


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def alliance(self):
        found = make.alliance()
        make.committee(found, 3)
        make.decision_class(found)
        return found

    @pytest.fixture
    def client(self, alliance):
        client = Client()
        client.force_login(make.organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def ask(self, client, alliance, **given):
        return client.get(reverse("traits:whatif", args=[alliance.slug]), given)

    def test_shows_today_and_stores_nothing(self, client, alliance):
        seat = alliance.seats.first()
        events = Event.objects.count()
        assert self.ask(client, alliance).status_code == 200
        answer = self.ask(client, alliance, **{f"weight-{seat.pk}": 5, f"recused-{seat.pk}": "on"})
        assert answer.status_code == 200
        assert "What the five traits would say" in answer.content.decode()
        seat.refresh_from_db()
        assert (seat.weight, Event.objects.count()) == (1, events)

    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("weight-{seat}", "-1", "Write a number from 0 to 10000."),
            ("weight-{seat}", "99999", "Write a number from 0 to 10000."),
            ("weight-{seat}", "x", "Write a whole number"),
            ("for-{seat}", "nobody", "Choose from the list."),
            ("threshold-ordinary", "3/2", "at most the whole"),
            ("threshold-ordinary", "0/0", "at most the whole"),
            ("threshold-ordinary", "half", "at most the whole"),
            ("member-name", "Somebody", "of what kind"),
            ("new-for-1", "new-member", "say who joins"),
        ],
    )
    def test_bad_input_is_named_at_its_field_and_kept(self, client, alliance, name, value, sentence):
        seat = alliance.seats.first()
        answer = self.ask(client, alliance, **{name.format(seat=seat.pk): value})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert f'value="{value}"' in answer.content.decode() or name.startswith(("for-", "new-for"))
        api = client.get(f"/api/v1/alliances/{alliance.slug}/what-if/", {name.format(seat=seat.pk): value})
        assert api.status_code == 400

    def test_at_least_one_seat_stays(self, client, alliance):
        none = {f"weight-{seat.pk}": 0 for seat in alliance.seats.all()}
        answer = self.ask(client, alliance, **none)
        assert (answer.status_code, "Leave at least one seat" in answer.content.decode()) == (422, True)

    def test_who_joins_has_done_nothing_of_what_every_member_is_asked(self, client):
        canyon = told(CANYON)
        assess_now(actor=organiser(canyon), alliance=canyon)
        client.force_login(organiser(canyon), backend="allauth.account.auth_backends.AuthenticationBackend")
        page = self.ask(client, canyon, **{"member-name": "Ninth Lab", "member-kind": "laboratory"}).text
        answer = client.get(
            f"/api/v1/alliances/{canyon.slug}/what-if/", {"member-name": "Ninth Lab", "member-kind": "laboratory"}
        ).json()
        then = {each["trait"]: (each["today"], each["then"]) for each in answer["levels"]}
        assert "Ninth Lab has not said what it wants." in page
        assert then["Self-interest"][0] == "in_place" != then["Self-interest"][1]
        assert {"S1", "S3", "S4", "I1", "V2"} <= {each["id"] for each in answer["indicators"]}
        assert answer["profile"] is None

    def test_so_many_groups_ask_for_a_deeper_profile(self, client, alliance):
        type(alliance).objects.filter(pk=alliance.pk).update(
            profile="essential", term_months=12, permanence="temporary"
        )
        for _each in range(6):
            make.member(alliance)
        page = self.ask(client, alliance, **{"member-name": "One more", "member-kind": "payer"}).text
        assert "by the profile Standard" in page

    def test_page_of_an_alliance_without_a_committee(self, client):
        empty = make.alliance()
        client.force_login(make.organiser(empty), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert self.ask(client, empty).status_code == 200
        assert self.ask(client, empty, **{"new-weight-1": 2}).status_code == 200

    def test_takes_as_many_statements_for_three_seats_as_for_nine(self, client, alliance):
        with CaptureQueriesContext(connection) as few:
            self.ask(client, alliance)
        make.committee(alliance, 6)
        with CaptureQueriesContext(connection) as many:
            self.ask(client, alliance)
        assert (len(few), len(few) <= 20) == (len(many), True)

    def test_what_it_reads_is_what_the_check_reads(self, alliance):
        whole, part = evidence_of(alliance, at=clock.read()), evidence_now(alliance, at=clock.read())
        for key in SHIFTING:
            one, other = (judge(REGISTRY[key], each, alliance.profile) for each in (whole, part))
            assert (key, one.finding.verdict, one.finding.figure) == (key, other.finding.verdict, other.finding.figure)
        assert power_by_quota(whole) == power_by_quota(part)

    def test_levels_stand_beside_those_of_the_newest_reading(self, client, alliance):
        seat = alliance.seats.first()
        asked = {f"weight-{seat.pk}": 5}
        assert "Five traits, today and then" not in self.ask(client, alliance, **asked).content.decode()
        assess_now(actor=make.organiser(alliance), alliance=alliance)
        assert "Five traits, today and then" in self.ask(client, alliance, **asked).content.decode()

    def test_api_says_the_same(self, client, alliance):
        found = client.get(f"/api/v1/alliances/{alliance.slug}/what-if/").json()
        assert found["power"] == found["today"]
        assert sum(group["banzhaf"] for group in found["power"][0]["groups"]) == pytest.approx(1)


@pytest.mark.django_db
class TestSplit:
    @pytest.fixture
    def alliance(self):
        return make.alliance()

    @pytest.fixture
    def client(self, alliance):
        client = Client()
        client.force_login(make.organiser(alliance), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def post(self, client, alliance, lines, costs=""):
        return client.post(reverse("traits:split", args=[alliance.slug]), {"lines": lines, "costs": costs})

    def test_shares_and_stability_stand_in_words(self, client, alliance):
        events = Event.objects.count()
        text = self.post(client, alliance, "P, H = 10\nP, C = 10\nP, H, C = 10").content.decode()
        assert "6.67" in text
        assert "H and P would do better alone." in text
        assert "Another split would be stable" in text
        assert Event.objects.count() == events

    def test_no_stable_split_and_costs(self, client, alliance):
        pairs = self.post(client, alliance, "A, B = 9\nA, C = 9\nB, C = 9\nA, B, C = 12").content.decode()
        assert "No split at all would be stable" in pairs
        costs = "A = 88\nB = 92\nC = 70\nA,B = 100\nA,C = 119\nB,C = 112\nA,B,C = 120"
        text = self.post(client, alliance, costs, costs="1").content.decode()
        assert "Stable: nobody would do better alone" in text
        assert "41.50" in text

    @pytest.mark.parametrize(
        "lines", ["", "A", "A =", "= 3", "A = x", "A = NaN", "A = 1e99", "A, A = 3", "A, B = 1\nB, A = 2"]
    )
    def test_bad_lines_are_named_and_kept(self, client, alliance, lines):
        answer = self.post(client, alliance, lines)
        assert answer.status_code == 422
        assert answer.context["form"].errors["lines"]

    def test_too_many_players_are_refused(self, client, alliance):
        answer = self.post(client, alliance, ",".join(f"p{n}" for n in range(21)) + " = 3")
        assert answer.status_code == 422

    def test_api_answers_as_the_command_does(self, client, alliance):
        address = f"/api/v1/alliances/{alliance.slug}/what-if/split/"
        document = {"players": ["P", "H"], "worth": {"P,H": 6}}
        found = client.post(address, document, content_type="application/json").json()
        assert found == {"shares": {"P": 3.0, "H": 3.0}, "stable": True, "blocking": [], "core_empty": False}
        bad = client.post(address, {"players": []}, content_type="application/json")
        assert (bad.status_code, list(bad.json()["fields"])) == (400, ["/players"])
