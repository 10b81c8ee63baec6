"""Changes suggested to a draft and their answers; what is taken up again; who meets a specification."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliance.states import State
from audit import clock as clocks
from audit.strictjson import BadDocument
from charter.reading import dossier_of
from charter.services.dossier import export_dossier, import_dossier
from governance.models import Conformance, Decision, Suggestion
from governance.services.conformance import declare_conformance, end_conformance
from governance.services.decisions import change_draft, draft_decision
from governance.services.suggestions import answer_suggestion, suggest_change
from governance.states import DecisionState
from notifications.models import Notice
from notifications.services import relay
from tests import factories as make
from tests.alliance.pages import client_of
from tests.charter.steps import told
from tests.refusals import not_permitted, refused
from tests.stories import CANYON, story
from traits.selectors.reasons import measures_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return make.alliance(state=State.ACTIVE)


@pytest.fixture
def proposer(alliance):
    return make.representative(make.member(alliance, kind="payer"))


@pytest.fixture
def draft(alliance, proposer):
    return make.decision(alliance, proposer, decision_class=make.decision_class(alliance))


@pytest.fixture
def critic(alliance):
    return make.representative(make.member(alliance, kind="provider"))


def rewritten(draft, proposer, motion="We adopt it in May.", **given):
    return change_draft(actor=proposer, decision=draft, title=draft.title, motion=motion, **given)


def adopted(alliance, key="specification", **fields):
    """A decision that was adopted and is in effect."""
    at = clocks.read()
    found = make.decision(alliance, make.person(), decision_class=make.decision_class(alliance, key))
    Decision.objects.filter(pk=found.pk).update(
        state=DecisionState.EFFECTIVE, opened_at=at, closes_at=at + timedelta(days=1), closed_at=at,
        effective_at=at, took_effect_at=at, **fields,
    )  # fmt: skip
    found.refresh_from_db()
    return found


def voice_of(member):
    return member.roles.current().of_kind("representative").get().person


def figures(alliance):
    found = measures_of(alliance, clocks.read())
    return {figure.name: figure.value for each in found.values() for figure in each.figures}


# -- Suggested changes ----------------------------------------------------------------------------------------------
def test_a_change_is_suggested_taken_and_counts_as_its_kind_of_member(alliance, draft, proposer, critic):
    said = suggest_change(actor=critic, decision=draft, text=" Say when. ")
    rewritten(draft, proposer)

    answer_suggestion(actor=proposer, suggestion=said, is_taken=True)

    assert (said.text, said.member.category.name, said.is_taken) == ("Say when.", "provider", True)
    assert make.verbs(alliance)[-3:] == [
        "governance.change.suggested", "governance.draft.changed", "governance.suggestion.answered"
    ]  # fmt: skip


def test_whoever_holds_a_seat_speaks_for_who_appointed_them(alliance, draft):
    member = make.member(alliance, kind="provider")
    held = make.holding(make.seat(alliance), appointed_by=member)
    assert suggest_change(actor=held.person, decision=draft, text="Say when.").member == member
    neutral = make.holding(make.seat(alliance))
    assert suggest_change(actor=neutral.person, decision=draft, text="Say when.").member is None


def test_it_is_not_taken_while_the_draft_reads_as_before(draft, proposer, critic):
    said = suggest_change(actor=critic, decision=draft, text="Say when.")
    with refused("text_unchanged"):
        answer_suggestion(actor=proposer, suggestion=said, is_taken=True)


def test_who_does_not_take_it_says_why_and_once(draft, proposer, critic):
    said = suggest_change(actor=critic, decision=draft, text="Say when.")
    with refused("answer_missing"):
        answer_suggestion(actor=proposer, suggestion=said, is_taken=False, answer="  ")
    answer_suggestion(actor=proposer, suggestion=said, is_taken=False, answer="In the annex.")
    with refused("answered_already"):
        answer_suggestion(actor=proposer, suggestion=said, is_taken=False, answer="In the annex.")
    assert Suggestion.objects.get().answer == "In the annex."


def test_nothing_is_suggested_without_words_or_to_what_is_no_draft(draft, critic):
    with refused("text_missing"):
        suggest_change(actor=critic, decision=draft, text=" ")
    Decision.objects.filter(pk=draft.pk).update(state=DecisionState.WITHDRAWN)
    with refused("wrong_state"):
        suggest_change(actor=critic, decision=draft, text="Say when.")


def test_the_proposer_suggests_nothing_and_nobody_else_answers(alliance, draft, proposer, critic):
    with not_permitted():
        suggest_change(actor=proposer, decision=draft, text="Say when.")
    stranger = make.organiser(make.alliance())
    with not_permitted():
        suggest_change(actor=stranger, decision=draft, text="Say when.")
    said = suggest_change(actor=critic, decision=draft, text="Say when.")
    with not_permitted():
        answer_suggestion(actor=critic, suggestion=said, is_taken=False, answer="No.")


def test_the_page_offers_it_and_shows_the_answer(draft, proposer, critic):
    page = reverse("governance:decision", args=[draft.alliance.slug, draft.number])
    suggesting = reverse("governance:suggest", args=[draft.alliance.slug, draft.number])
    reader, writer = client_of(critic), client_of(proposer)
    assert suggesting in reader.get(page).content.decode()
    assert suggesting not in writer.get(page).content.decode()
    empty = reader.post(suggesting, {"text": ""})
    assert empty.status_code == 422
    warned = reader.post(suggesting, {"text": "Agree on common prices."}, follow=True).content.decode()
    assert "Counsel will ask about" in warned
    answering = reverse(
        "governance:answer_suggestion", args=[draft.alliance.slug, draft.number, Suggestion.objects.get().pk]
    )
    assert answering in writer.get(page).content.decode()
    kept = writer.post(answering, {"is_taken": "no", "answer": ""})
    assert (kept.status_code, "Say why you do not take it." in kept.content.decode()) == (422, True)
    answered = writer.post(answering, {"is_taken": "no", "answer": "Not ours to say."}, follow=True).content.decode()
    assert "Answer: Not ours to say." in answered
    assert "Not taken" in answered


def test_who_suggests_and_who_proposed_hear_of_each_other(alliance, draft, proposer, critic):
    wish = suggest_change(actor=critic, decision=draft, text="Say when.")
    relay.run()
    heard = Notice.objects.get(person=proposer, subject__startswith="A change to")
    assert "Say when." in heard.text
    rewritten(draft, proposer, motion="We adopt it on 1 May.")
    answer_suggestion(actor=proposer, suggestion=wish, is_taken=False, answer="It is in the annex.")
    relay.run()
    assert "It is in the annex." in Notice.objects.get(person=critic, subject__startswith="Your suggestion").text


# -- Options, and what is taken up again ----------------------------------------------------------------------------
def test_options_weighed_stand_beside_the_motion(alliance, draft, proposer, critic):
    rewritten(draft, proposer, alternatives="Wait a year.\n\n  Buy it.  ")
    shown = client_of(critic).get(reverse("governance:decision", args=[alliance.slug, draft.number])).content.decode()
    assert "Other options weighed" in shown
    draft.refresh_from_db()
    assert draft.options == ["Wait a year.", "Buy it."]


def test_only_what_was_adopted_here_is_taken_up_again(alliance, draft, proposer):
    old, elsewhere = adopted(alliance), adopted(make.alliance(state=State.ACTIVE))
    for wrong in (draft, elsewhere):
        with refused("not_adopted"):
            rewritten(draft, proposer, reopens=wrong)
    given = {"title": "Again", "motion": "We adopt it anew.", "decision_class": draft.decision_class}
    again = draft_decision(actor=proposer, alliance=alliance, reopens=old, **given)
    assert again.reopens == old


# -- Who meets a specification --------------------------------------------------------------------------------------
def test_a_member_says_that_it_meets_a_specification_and_takes_it_back(alliance):
    member, other = make.member(alliance), make.member(alliance)
    hand, standard = make.signatory(member), adopted(alliance)
    today = clocks.read().date()

    said = declare_conformance(actor=hand, decision=standard, member=member, since=today)
    with refused("declared_already"):
        declare_conformance(actor=hand, decision=standard, member=member, since=today)
    assert figures(alliance)["Members that meet adopted standards"] == "1 of 2"

    end_conformance(actor=hand, conformance=said)
    with refused("ended_already"):
        end_conformance(actor=hand, conformance=said)
    assert figures(alliance)["Members that meet adopted standards"] == "0 of 2"
    with not_permitted():
        declare_conformance(actor=hand, decision=standard, member=other, since=today)


@pytest.mark.parametrize(("days", "code"), [(1, "day_out_of_range"), (-400, "day_out_of_range")])
def test_a_day_ahead_or_before_it_was_proposed_is_refused(alliance, days, code):
    member = make.member(alliance)
    hand, standard = make.signatory(member), adopted(alliance)
    with refused(code):
        declare_conformance(
            actor=hand, decision=standard, member=member, since=clocks.read().date() + timedelta(days=days)
        )


def test_only_a_specification_in_effect_is_met_and_only_by_this_alliances_members(alliance, draft):
    member = make.member(alliance)
    hand, today = make.signatory(member), clocks.read().date()
    for wrong in (draft, adopted(alliance, "editorial")):
        with refused("no_standard"):
            declare_conformance(actor=hand, decision=wrong, member=member, since=today)
    foreign, standard = make.member(make.alliance()), adopted(alliance)
    stranger = make.signatory(foreign)
    with refused("not_a_member"):
        declare_conformance(actor=stranger, decision=standard, member=foreign, since=today)


def test_pages_to_say_it_and_to_take_it_back(alliance):
    member = make.member(alliance, "Juniper")
    hand, standard = make.signatory(member), adopted(alliance)
    client = client_of(hand)
    page = reverse("governance:decision", args=[alliance.slug, standard.number])
    saying = reverse("governance:conform", args=[alliance.slug, standard.number])
    assert saying in client.get(page).content.decode()
    early = client.post(saying, {"since": "1999-01-01"})
    assert (early.status_code, "until today" in early.content.decode()) == (422, True)
    assert "Meets it" in client.post(saying, {"since": str(clocks.read().date())}, follow=True).content.decode()
    ending = reverse("governance:end_conformance", args=[alliance.slug, standard.number, Conformance.objects.get().pk])
    assert "Not said" in client.post(ending, follow=True).content.decode()
    assert client_of(make.organiser(make.alliance())).get(saying).status_code == 404


# -- What they measure ----------------------------------------------------------------------------------------------
def test_perspectives_count_changes_taken_from_two_kinds_and_options(alliance):
    old = adopted(alliance, alternatives="Wait.")
    others = adopted(alliance, "editorial", reopens=old)
    for kind, is_taken in [("payer", True), ("provider", True), ("supplier", False)]:
        Suggestion.objects.create(
            alliance=alliance, decision=old, suggested_by=make.person(), member=make.member(alliance, kind=kind),
            text="x", suggested_at=clocks.read(), answered_at=clocks.read(), is_taken=is_taken,
        )  # fmt: skip
    Suggestion.objects.filter(decision=old, member__category__name="payer").update(decision=others)
    found = figures(alliance)
    assert found["Adopted decisions amended by two kinds of members or more"] == "0 of 2"
    assert found["Options per decision"] == "1.5"
    assert found["Decisions reopened after they were adopted"] == "1 of 2"

    Suggestion.objects.filter(decision=others).update(decision=old)
    assert figures(alliance)["Adopted decisions amended by two kinds of members or more"] == "1 of 2"


# -- Beside the rest ------------------------------------------------------------------------------------------------
def test_pages_take_as_many_statements_with_one_row_as_with_three(alliance, draft):
    reader, standard = client_of(make.organiser(alliance)), adopted(alliance)
    pages = [reverse("governance:decision", args=[alliance.slug, found.number]) for found in (draft, standard)]

    def add(rows):
        for _row in range(rows):
            member = make.member(alliance)
            suggest_change(actor=make.representative(member), decision=draft, text="Say when.")
            today = clocks.read().date()
            declare_conformance(actor=make.signatory(member), decision=standard, member=member, since=today)

    def statements(page):
        reader.get(page)
        with CaptureQueriesContext(connection) as counted:
            reader.get(page)
        return len(counted)

    add(1)
    one = [statements(page) for page in pages]
    add(2)
    assert [statements(page) for page in pages] == one
    assert max(one) <= 20


def test_it_all_travels_in_the_file():
    alliance = told(CANYON)
    draft, old = alliance.decisions.get(state=DecisionState.DRAFT), alliance.decisions.adopted().first()
    member = alliance.members.admitted().first()
    Decision.objects.filter(pk=draft.pk).update(alternatives="Wait.", reopens=old)
    at = clocks.read()
    Suggestion.objects.create(
        alliance=alliance, decision=draft, suggested_by=voice_of(member), member=member, text="Say when.",
        suggested_at=at, answered_at=at, is_taken=False, answer="In the annex.",
    )  # fmt: skip
    Conformance.objects.create(
        alliance=alliance, decision=old, member=member, since=at.date(), declared_by=voice_of(member), declared_at=at
    )
    sent = json.loads(export_dossier(alliance, at=at).model_dump_json())

    again = import_dossier(dossier=dossier_of(sent), slug="again").decisions.get(number=draft.number)

    said = again.suggestions.get()
    assert (again.options, again.reopens.number) == (["Wait."], old.number)
    assert (said.text, said.is_taken, said.answer, said.witnessed) == ("Say when.", False, "In the annex.", False)
    assert (str(said.member), str(again.reopens.conformances.get().member)) == (str(member), str(member))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"reopens": 99}, "/decisions/1/reopens"),
        ({"reopens": 2}, "/decisions/1/reopens"),
        ({"suggestions": [{"suggested_by": "nobody", "text": "x", "suggested_at": "2026-01-01T00:00:00Z"}]},
         "/decisions/1/suggestions/0/suggested_by"),
        ({"suggestions": [{"text": "x", "suggested_at": "2026-01-01T00:00:00Z", "is_taken": True}]},
         "/decisions/1/suggestions/0/answered_at"),
    ],
)  # fmt: skip
def test_what_does_not_hold_in_a_file_is_refused_with_its_place(change, pointer):
    document = story(CANYON)
    for each in change.get("suggestions", []):
        each.setdefault("suggested_by", document["people"][0]["id"])
    document["decisions"][1].update(change)
    with pytest.raises(BadDocument) as refused_:
        import_dossier(dossier=dossier_of(document))
    assert refused_.value.pointer == pointer


# -- What it concerns -----------------------------------------------------------------------------------------------
def test_a_question_says_which_topic_it_concerns(alliance, draft, proposer, critic):
    topic, elsewhere = make.topic(alliance, "Fees"), make.topic(make.alliance())
    with refused("not_found"):
        rewritten(draft, proposer, topic=elsewhere)
    page = reverse("governance:change_draft", args=[alliance.slug, draft.number])
    given = {"title": draft.title, "motion": "Less.", "decision_class": draft.decision_class_id, "topic": topic.pk}
    assert client_of(proposer).post(page, given | {"opposes_topic": "on"}).status_code == 302
    shown = client_of(critic).get(reverse("governance:decision", args=[alliance.slug, draft.number])).text
    assert "A yes works against it." in shown
    assert "Fees" in shown
    assert client_of(proposer).post(page, given).status_code == 302
    shown = client_of(critic).get(reverse("governance:decision", args=[alliance.slug, draft.number])).text
    assert "A yes furthers it." in shown
    assert rewritten(draft, proposer, opposes_topic=True).opposes_topic is False


def test_what_it_concerns_goes_with_the_alliance(alliance, draft, proposer):
    rewritten(draft, proposer, topic=make.topic(alliance, "Fees"), opposes_topic=True)
    sent = json.loads(export_dossier(alliance, at=clocks.read()).model_dump_json())
    found = import_dossier(dossier=dossier_of(sent), slug="again").decisions.get()
    assert (found.topic.name, found.topic.alliance.slug, found.opposes_topic) == ("Fees", "again", True)
