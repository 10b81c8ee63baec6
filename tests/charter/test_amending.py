"""Amendments: decided by their class, written in where they opened the record, and in force as the next version."""

import json

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Person
from alliance.models import Alliance, ValueStream
from alliance.services.contributions import promise_contribution, sign_contribution
from alliance.services.control import set_exit_terms
from alliance.services.interests import add_topic
from alliance.services.legacy import write_legacy_item
from alliance.services.membership import withdraw_member
from alliance.services.value import add_stream, change_stream
from alliance.states import Area, RoleKind, State
from audit.errors import DomainError
from charter.models import Charter, CharterVersion
from charter.reading import dossier_of
from charter.rules import READING
from charter.selectors.composition import compose
from charter.services.amending import WINDOW, close_amendment, open_amendment
from charter.services.dossier import export_dossier, import_dossier
from charter.services.drafting import draft_charter, write_section
from charter.services.staging import put_charter_in_force
from charter.states import Section, Template, VersionState
from charter.tasks import move_due_alliances
from governance.models import Decision, DecisionClass, Holding, Officer
from governance.services.ballots import cast_ballot
from governance.services.classes import change_class
from governance.services.committee import change_seat
from governance.services.decisions import draft_decision, give_notice, second_decision
from governance.services.opening import open_voting
from governance.tasks import close_due_decisions
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.alliance.test_api import api
from tests.charter.steps import organiser, told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, verdict_now
from traits.models import DropNotice
from traits.services.assessments import assess_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def canyon(clock):
    """A chartered alliance whose five traits hold."""
    found = told(CANYON)
    draft_charter(actor=organiser(found), alliance=found, template=Template.DATA_EXCHANGE)
    Alliance.objects.filter(pk=found.pk).update(state=State.ACTIVE, activated_at=clock.read())
    found.refresh_from_db()
    put_charter_in_force(found)
    return found


def held(alliance: Alliance) -> list[Holding]:
    return list(Holding.objects.current().accepted().filter(alliance=alliance).select_related("person").order_by("pk"))


def chair(alliance: Alliance) -> Person:
    return Officer.objects.current().get(alliance=alliance, office="chair").person


def drafted(alliance: Alliance, *areas: str, key: str = "amendment") -> Decision:
    return draft_decision(
        actor=held(alliance)[0].person, alliance=alliance, title="Amend it", motion="What is said here changes.",
        decision_class=DecisionClass.objects.get(alliance=alliance, key=key, retired_at=None),
        effect="amend", effect_data={"areas": list(areas)},
    )  # fmt: skip


def amended(alliance: Alliance, clock, *areas: str, against: int = 0) -> Alliance:
    """An amendment that opens these parts is adopted, against so many, and takes effect."""
    decision = drafted(alliance, *areas)
    second_decision(actor=held(alliance)[1].person, decision=decision)
    give_notice(actor=chair(alliance), decision=decision)
    clock.move(days=15)
    vote = open_voting(actor=chair(alliance), decision=decision)
    for at, each in enumerate(held(alliance)):
        choice = "no" if at < against else "yes"
        cast_ballot(actor=each.person, decision=vote, choice=choice, declared=True, proof=make.proof())
    clock.move(days=8)
    close_due_decisions()
    clock.move(days=15)
    close_due_decisions()
    alliance.refresh_from_db()
    return alliance


def closed(who: Person, alliance: Alliance) -> CharterVersion:
    """As the record composes now."""
    alliance.refresh_from_db()
    text = compose(Charter.objects.get(alliance=alliance))
    return close_amendment(actor=who, alliance=alliance, text_hash=text.hash)


def test_it_opens_what_it_names_and_its_end_is_the_next_version(canyon, clock):
    who, stream = organiser(canyon), ValueStream.objects.filter(alliance=canyon).first()
    gaining = [each.member for each in stream.beneficiaries.all()]
    before = CharterVersion.objects.get(alliance=canyon, state=VersionState.IN_FORCE)
    change = {"actor": who, "stream": stream, "beneficiaries": gaining, "steward": stream.steward, "title": "Claims"}
    with refused("under_charter"):
        change_stream(**change)
    amended(canyon, clock, "value", "text")
    with refused("under_charter"):
        add_topic(actor=who, alliance=canyon, name="Other", measure="")

    with refused("under_charter"):
        draft_charter(actor=who, alliance=canyon, template=Template.DATA_EXCHANGE)
    change_stream(**change)
    for stranger in (make.person(), make.holder(canyon, RoleKind.OBSERVER), who):
        with not_permitted():
            closed(stranger, canyon)
    version = closed(chair(canyon), canyon)

    before.refresh_from_db()
    assert (before.state, version.state, version.label) == ("superseded", "in_force", "1.1.0")
    assert version.hash != before.hash
    assert "Claims" in version.document
    assert (version.amends, version.signed, version.decision.effect) == (before, before, "amend")
    with refused("under_charter"):
        change_stream(**change | {"title": "Other claims"})
    with refused("no_amendment"):
        closed(chair(canyon), canyon)
    canyon.officers.update(ends_at=clock.read())
    amended_again = Alliance.objects.filter(pk=canyon.pk)
    amended_again.update(amendable=["text"], amendable_until=clock.read() + WINDOW)
    assert closed(who, canyon).label == "1.2.0"


def test_it_is_for_its_class_and_for_what_there_is(canyon):
    with refused("class_of_amendments"):
        drafted(canyon, "value", key="ordinary")
    for wrong in ([], ["everything"], [["text"]], [{"a": 1}]):
        with refused("areas_missing"):
            drafted(canyon, *wrong)
    forming = make.alliance()
    who = make.organiser(forming)
    with refused("no_charter"):
        draft_decision(
            actor=who, alliance=forming, title="A", motion="B", effect="amend",
            effect_data={"areas": ["value"]},
        )  # fmt: skip


def test_a_duty_that_it_raises_is_signed_first(canyon, clock):
    amended(canyon, clock, "contributions")
    member = canyon.members.admitted().first()
    voice = member.roles.get(kind=RoleKind.REPRESENTATIVE).person
    hand = member.roles.get(kind=RoleKind.SIGNATORY).person
    promised = promise_contribution(actor=voice, member=member, kind="people", description="Two nurses.")
    with refused("duty_unsigned"):
        closed(chair(canyon), canyon)
    sign_contribution(actor=hand, contribution=promised, proof=make.proof())
    assert closed(chair(canyon), canyon).minor == 1


def test_what_nobody_signed_is_no_duty_when_the_clock_closes_it(canyon, clock):
    amended(canyon, clock, "contributions")
    member = canyon.members.admitted().first()
    voice = member.roles.get(kind=RoleKind.REPRESENTATIVE).person
    said = {"actor": voice, "member": member, "kind": "people"}
    promised = promise_contribution(**said, description="Two nurses.")
    clock.move(days=(WINDOW + READING).days)
    move_due_alliances()
    version = canyon.charter_versions.get(state=VersionState.IN_FORCE)
    assert (version.label, "Two nurses." in version.document) == ("1.1.0", False)
    listed = reverse("alliance:contributions", args=[canyon.slug])
    back = reverse("alliance:take_back_promise", args=[canyon.slug, promised.pk])
    assert back in client_of(voice).get(listed).text
    assert client_of(voice).post(back).status_code == 302
    assert not canyon.contributions.filter(pk=promised.pk).exists()


def test_nobody_is_taken_out_by_another(canyon, clock):
    amended(canyon, clock, "members")
    member = canyon.members.get(organisation__name="Patient Voice League")
    hand = member.roles.get(kind=RoleKind.SIGNATORY).person
    out, listed = reverse("alliance:withdraw_member", args=[canyon.slug, member.pk]), reverse(
        "alliance:members", args=[canyon.slug]
    )  # fmt: skip
    with refused("leaves_itself"):
        withdraw_member(actor=organiser(canyon), member=member)
    assert out not in client_of(organiser(canyon)).get(listed).text
    assert out in client_of(hand).get(listed).text
    gone = client_of(hand).post(out, follow=True)
    assert (gone.status_code, gone.redirect_chain) == (200, [("/", 302)])
    member.refresh_from_db()
    assert member.state == "withdrawn"


def test_what_each_member_signed_for_itself_no_vote_raises(canyon, clock):
    """Liability, and the notice and cost of leaving: who voted No would be bound without its signature."""
    amended(canyon, clock, "control", "text", against=2)
    who = organiser(canyon)
    terms = {"actor": who, "alliance": canyon, "entire_agreement": True}
    days, cost = canyon.exit_notice_days, canyon.exit_cost
    for dearer in ({"exit_notice_days": days + 1, "exit_cost": cost}, {"exit_notice_days": days, "exit_cost": "All."}):
        with refused("signed_by_each"):
            set_exit_terms(**terms, **dearer)
    assert set_exit_terms(**terms, exit_notice_days=days - 1, exit_cost=cost).exit_notice_days == days - 1
    amended_value = Alliance.objects.filter(pk=canyon.pk)
    amended_value.update(amendable=["control", "text", "value"])
    plan = {each.part: each for each in canyon.legacy_items.select_related("owner")}
    write = {"actor": who, "alliance": canyon}
    for part in ("funds", "liabilities"):
        with refused("signed_by_each"):
            write_legacy_item(**write, part=part, text="All to one.", owner=str(plan[part].owner))
        assert write_legacy_item(**write, part=part, text=plan[part].text, owner="Standards House").owner
    assert write_legacy_item(**write, part="data", text="Erased.", owner="Standards House").text == "Erased."
    for key in (Section.LAW, Section.DISSOLUTION):
        with refused("signed_by_each"):
            write_section(actor=who, charter=canyon.charter, key=key, text="Each is liable without limit.")


def test_no_vote_is_opened_by_seats_that_are_being_rewritten(canyon, clock):
    """Who writes an amendment in could else weigh its own seat, and adopt what it likes."""
    who = organiser(canyon)
    waiting = drafted(canyon, "value")
    second_decision(actor=held(canyon)[1].person, decision=waiting)
    give_notice(actor=chair(canyon), decision=waiting)
    amended(canyon, clock, "committee")
    seat = canyon.seats.first()
    weigh = {"actor": who, "seat": seat, "label": seat.label, "member": seat.member}
    with refused("one_group_rules"):
        change_seat(**weigh, weight=20)
    ordinary = DecisionClass.objects.get(alliance=canyon, key="ordinary", retired_at=None)
    assert change_seat(**weigh, weight=2).weight == 2
    assert change_class(actor=who, decision_class=ordinary, threshold="3/5").threshold == "3/5"
    with refused("committee_amended"):
        open_voting(actor=chair(canyon), decision=waiting)
    closed(chair(canyon), canyon)
    assert open_voting(actor=chair(canyon), decision=waiting).opened_at


def test_the_form_offers_the_class_of_amendments_alone(canyon):
    page = f"{reverse('governance:propose', args=[canyon.slug])}?effect=amend"
    shown = client_of(held(canyon)[0].person).get(page).text
    chosen = DecisionClass.objects.get(alliance=canyon, key="amendment", retired_at=None)
    ordinary = DecisionClass.objects.get(alliance=canyon, key="ordinary", retired_at=None)
    assert (str(chosen.pk) in shown, str(ordinary.pk) in shown) == (True, False)


def test_its_own_rule_is_raised_by_a_vote_that_meets_the_new_one(canyon, clock):
    """The higher of the two rules: two of seven against it meet two thirds, and not three quarters."""
    amended(canyon, clock, "committee", against=2)
    kept = {each.key: each for each in DecisionClass.objects.filter(alliance=canyon, retired_at=None)}
    who = organiser(canyon)
    with refused("rule_of_members"):
        change_class(actor=who, decision_class=kept["dissolution"], threshold="1/2")
    with refused("rule_not_met"):
        change_class(actor=who, decision_class=kept["amendment"], threshold="3/4")
    assert change_class(actor=who, decision_class=kept["amendment"], threshold="7/10").threshold == "7/10"
    assert change_class(actor=who, decision_class=kept["ordinary"], threshold="1/1").threshold == "1/1"


def test_what_it_changes_is_read_before_and_after_it_is_in_force(canyon, clock):
    who, reader = organiser(canyon), make.holder(canyon, RoleKind.OBSERVER)
    page = reverse("charter:amendment", args=[canyon.slug])
    door = f"/api/v1/alliances/{canyon.slug}/charter/amendment/"
    assert client_of(reader).get(page).status_code == api(reader).get(door).status_code == 422
    amended(canyon, clock, "value", "text")
    draft = canyon.charter
    text = draft.sections.get(key="scope").text
    write_section(actor=who, charter=draft, key=Section.SCOPE, text=f"{text}\nIt does not set <b>fees</b>.")
    for each in (reader, chair(canyon), who):
        shown = client_of(each).get(page).text
        assert "<ins>" in shown
        assert "&lt;b&gt;" in shown
        assert "fees" in shown
    [changed] = api(reader).get(door).json()["sections"]
    assert (changed["key"], changed["runs"][-1]["kind"]) == ("scope", "in")
    version = closed(chair(canyon), canyon)
    after = reverse("charter:version_changes", args=[canyon.slug, version.pk])
    assert "fees" in client_of(reader).get(after).text
    relay.run()
    heard = Notice.objects.filter(subject=f"The charter of {canyon} is amended: version 1.1.0 is in force")
    assert {reader, chair(canyon), who} <= {each.person for each in heard}
    assert set(heard.values_list("path", flat=True)) == {after}
    assert after in client_of(reader).get(reverse("charter:version", args=[canyon.slug, version.pk])).text
    first = reverse("charter:version_changes", args=[canyon.slug, version.amends.pk])
    assert client_of(reader).get(first).status_code == 422


def test_the_clock_closes_it(canyon, clock):
    amended(canyon, clock, "interests")
    add_topic(actor=organiser(canyon), alliance=canyon, name="Other", measure="")
    move_due_alliances()
    assert canyon.charter_versions.count() == 1
    clock.move(days=WINDOW.days)
    with refused("under_charter"):
        add_topic(actor=organiser(canyon), alliance=canyon, name="Late", measure="")
    for _again in range(2):
        move_due_alliances()
        assert canyon.charter_versions.count() == 1
        clock.move(days=READING.days - 1)
    text = client_of(make.holder(canyon, RoleKind.OBSERVER)).get(reverse("charter:charter", args=[canyon.slug])).text
    assert "it is in force by itself on" in text
    move_due_alliances()
    move_due_alliances()
    canyon.refresh_from_db()
    assert (canyon.amendable, canyon.charter_versions.count()) == ([], 2)


def test_a_drop_that_the_charter_fixes_is_cured_by_it(canyon, clock):
    """The seats' weights lie with one group now; only an amendment changes them, suspended or not."""
    seat = canyon.seats.first()
    canyon.seats.filter(pk=seat.pk).update(weight=9)
    assess_now(actor=organiser(canyon), alliance=canyon)
    assert "G2" in DropNotice.objects.filter(alliance=canyon, closed_at=None).values_list("indicator", flat=True)
    clock.move(days=31)
    move_due_alliances()
    canyon.refresh_from_db()
    assert canyon.state == State.SUSPENDED

    amended(canyon, clock, "committee")
    change_seat(actor=organiser(canyon), seat=seat, label=seat.label, weight=1, member=seat.member)
    closed(chair(canyon), canyon)

    assert verdict_now(canyon, "G2", "standard") == "pass"
    assess_now(actor=organiser(canyon), alliance=canyon)
    assert not DropNotice.objects.filter(alliance=canyon, closed_at=None, indicator="G2").exists()


def test_only_one_is_written_in_at_a_time(canyon, clock):
    amended(canyon, clock, *Area.values)
    ordinary = DecisionClass.objects.get(alliance=canyon, key="ordinary", retired_at=None)
    change_class(actor=organiser(canyon), decision_class=ordinary, threshold="3/5")
    second = drafted(canyon, "value")
    with pytest.raises(DomainError) as caught:
        open_amendment(second, clock.read())
    assert caught.value.code == "amendment_open"


def test_pages_show_it_and_close_it(canyon, clock):
    who = organiser(canyon)
    text, value = reverse("charter:charter", args=[canyon.slug]), reverse("alliance:value", args=[canyon.slug])
    add = reverse("alliance:add_stream", args=[canyon.slug])
    page = client_of(held(canyon)[0].person).get(f"{reverse('governance:propose', args=[canyon.slug])}?effect=amend")
    assert "What it changes" in page.text
    assert add not in client_of(who).get(value).text
    amended(canyon, clock, "value")
    boss = chair(canyon)
    changes = reverse("charter:amendment", args=[canyon.slug])
    assert "It is written in" not in client_of(who).get(changes).text
    assert "It is written in" in client_of(boss).get(changes).text
    assert "Write the amendment in" in client_of(who).get("/").text
    assert "Say when the amendment is written in" in client_of(boss).get("/").text
    assert add in client_of(who).get(value).text
    reader = make.holder(canyon, RoleKind.OBSERVER)
    assert "It is written in" not in client_of(reader).get(changes).text
    assert "amends this charter" in client_of(reader).get(text).text
    door = reverse("charter:close_amendment", args=[canyon.slug])
    read = compose(canyon.charter).hash
    assert read in client_of(boss).get(reverse("charter:amendment", args=[canyon.slug])).text
    add_stream(actor=who, alliance=canyon, title="One more", description="", effect="creates_gain", beneficiaries=[])
    for unread in ({}, {"hash": read}):
        assert client_of(boss).post(door, unread).status_code == 422
    assert client_of(boss).post(door, {"hash": compose(canyon.charter).hash}).status_code == 302
    version = canyon.charter_versions.get(state=VersionState.IN_FORCE)
    shown = client_of(reader).get(reverse("charter:version", args=[canyon.slug, version.pk])).text
    assert "It amends version 1.0.0; the members signed version 1.0.0." in shown
    signing = client_of(reader).get(reverse("charter:signing", args=[canyon.slug])).text
    assert "They signed version 1.0.0." in signing
    assert version.amends.hash[:4] in signing
    assert "signed, " not in shown


def test_versions_travel_with_what_they_amend(canyon, clock):
    amended(canyon, clock, "interests")
    closed(chair(canyon), canyon)
    sent = json.loads(export_dossier(canyon, at=clock.read()).model_dump_json())
    again = import_dossier(dossier=dossier_of(sent), slug="again")
    first, second = again.charter_versions.order_by("minor")
    assert (second.amends, second.decision.effect, second.state) == (first, "amend", "void")


def test_the_text_is_the_same_in_whatever_language_it_is_asked_for(canyon, clock):
    """What a chair freezes, a signatory elsewhere signs: their browsers' languages move no letter and no hash."""
    amended(canyon, clock, "value")
    page, frozen = reverse("charter:amendment", args=[canyon.slug]), compose(canyon.charter).hash
    for language in ("de", "en-us", "ar"):
        with translation.override(language):
            assert compose(canyon.charter).hash == frozen
        reader = client_of(chair(canyon))
        reader.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        shown = reader.get(page)
        assert frozen in shown.text
        assert (shown["Content-Language"], "Nothing reads otherwise" in shown.text) == ("en-gb", True)
