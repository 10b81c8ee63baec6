"""After events only what they touch is read anew, and what is found is what the whole reading finds."""

import ast
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.services.people import change_profile
from alliance.models import Role
from alliance.services.interests import add_topic, change_topic
from alliance.states import RoleKind
from audit.models import SYSTEM
from audit.services import record
from tests import factories as make
from tests import stories
from tests.authorization.world import alliance_with_everything
from tests.charter.steps import organiser, told
from tests.facts_told import kept, said
from tests.stories import CANYON, CODEC, HARBOUR
from tools.commands import commands
from traits import facts
from traits.earliest import earliest_charter
from traits.freshness import KINDS, lapses_of
from traits.gate import judge, read
from traits.indicators import INDICATORS
from traits.indicators.registry import ALL, STRICT
from traits.mending import steps_of
from traits.models import Assessment
from traits.partial import NotDeclared, only
from traits.selectors.recomputing import after_events, whole
from traits.services.assessments import assess_changed, assess_nightly, assess_now

STORIES = [CANYON, CODEC, HARBOUR]
ROOT = Path(__file__).parents[2]
APPS = ("accounts", "alliance", "charter", "governance", "notifications", "traits")
CHANGED = sorted({fact for changed in facts.CHANGES.values() for fact in changed} - {"alliance"})


# -- The tables: no kind of event and no indicator without an answer ------------------------------------------------
def told_outside_commands() -> Iterator[str]:
    """The kinds of event that are recorded by what commands run through a registry: effects, acceptances."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for call in (each for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Call)):
                name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
                first = call.args[0] if call.args else None
                if name in {"record", "tell"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{app}.{first.value}" if name == "tell" else first.value


def known_verbs() -> set[str]:
    return {verb for each in commands() for verb in each.events} | set(told_outside_commands())


def test_every_kind_of_event_has_exactly_one_answer():
    answered = set(facts.CHANGES) | facts.MAY_CHANGE_ANY
    unanswered = {
        verb for verb in known_verbs() if not any(each.startswith(verb.removesuffix("…")) for each in answered)
    }
    assert unanswered == set()
    assert set(facts.CHANGES) & facts.MAY_CHANGE_ANY == set()


def test_no_answer_for_an_event_that_nothing_records():
    known = known_verbs()
    composed = tuple(verb.removesuffix("…") for verb in known if verb.endswith("…"))
    answered = set(facts.CHANGES) | facts.MAY_CHANGE_ANY
    assert {verb for verb in answered if verb not in known and not verb.startswith(composed)} == set()


def test_every_verdict_and_every_kind_of_lapse_says_what_it_reads():
    assert list(facts.INDICATORS) == [each.id for each in INDICATORS]
    assert set(facts.LAPSES) == set(KINDS)


# -- What is declared is all that is read ---------------------------------------------------------------------------
@pytest.mark.parametrize("slug", STORIES)
def test_each_verdict_its_steps_and_its_strict_reading_need_no_other_facts(slug):
    evidence = stories.evidence(stories.story(slug))
    for each in INDICATORS:
        declared = only(evidence, facts.INDICATORS[each.id])
        for profile in sorted(ALL):
            found = judge(each, declared, profile)
            assert found == judge(each, evidence, profile)
            assert steps_of(found, declared, profile) == steps_of(found, evidence, profile)


@pytest.mark.parametrize("slug", STORIES)
def test_lapses_and_the_earliest_day_need_no_other_facts(slug):
    evidence = stories.evidence(stories.story(slug))
    for kind in KINDS:
        assert lapses_of(only(evidence, facts.LAPSES[kind]), [kind]) == lapses_of(evidence, [kind])
    assert earliest_charter(only(evidence, facts.EARLIEST)) == earliest_charter(evidence)


@pytest.mark.parametrize("key", list(facts.INDICATORS))
def test_one_that_reads_what_it_did_not_declare_is_found_out(key):
    evidence = stories.evidence(stories.story(CANYON))
    indicator = next(each for each in INDICATORS if each.id == key)
    with pytest.raises(NotDeclared):
        judge(indicator, only(evidence, frozenset()), STRICT)


@pytest.mark.parametrize("slug", STORIES)
@pytest.mark.parametrize("fact", CHANGED)
def test_without_a_fact_the_verdicts_that_do_not_declare_it_stand(slug, fact):
    before = stories.evidence(stories.story(slug))
    part = before.alliance.model_copy(update={fact: None if fact == "committee" else []})
    after = replace(before, alliance=part, governance=part)
    for each in (each for each in INDICATORS if fact not in facts.INDICATORS[each.id]):
        for profile in sorted(ALL):
            found = judge(each, before, profile)
            assert judge(each, after, profile) == found
            assert steps_of(found, after, profile) == steps_of(found, before, profile)


# -- Time -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", STORIES)
@pytest.mark.parametrize("days", range(0, 400, 40))
def test_until_the_moment_that_is_named_time_alone_changes_nothing(slug, days):
    base = stories.evidence(stories.story(slug))
    began = replace(base, at=base.at + timedelta(days=days), moments=set())
    first, lapses, earliest = read(began), lapses_of(began), earliest_charter(began)
    until = began.holds_until
    assert began.at <= until <= began.at + timedelta(days=1)
    later = replace(began, at=max(began.at, until - timedelta(microseconds=1)), moments=set())
    assert (read(later), lapses_of(later), earliest_charter(later)) == (first, lapses, earliest)


# -- In part as whole -----------------------------------------------------------------------------------------------
def in_part(alliance, at):
    last = Assessment.objects.latest_of(alliance)
    return after_events(alliance, last, at=at)


def assert_same(alliance, at):
    found = in_part(alliance, at)
    assert found is not None
    assert said(found) == said(whole(alliance, at=at))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [*STORIES, "world"])
def test_after_an_event_of_each_kind_it_is_what_the_whole_is(slug, clock):
    alliance = alliance_with_everything("Own")[0].alliance if slug == "world" else told(slug)
    at = clock.read()
    last = kept(whole(alliance, at=at), alliance, at)
    expected = said(whole(alliance, at=at))
    for verb in sorted(set(facts.CHANGES) | facts.MAY_CHANGE_ANY):
        make.record_event(alliance, verb)
        found = after_events(alliance, last, at=at)
        assert (found is None) == (verb in facts.MAY_CHANGE_ANY), verb
        assert found is None or said(found) == expected, verb
        last.basis["here"] += 1


@pytest.mark.django_db
def test_part_upon_part_stays_what_the_whole_is(clock):
    alliance = told(HARBOUR)
    whom = organiser(alliance)
    assess_now(actor=whom, alliance=alliance)
    for number in range(3):
        topic = add_topic(actor=whom, alliance=alliance, name=f"Topic {number}", measure="days")
        assert_same(alliance, clock.read())
        assess_changed(alliance=alliance)
        change_topic(actor=whom, topic=topic, name=f"Subject {number}", measure="days")
        change_profile(actor=whom, name=f"Somebody else {number}", time_zone=whom.time_zone)
        assert_same(alliance, clock.read())
        assert assess_changed(alliance=alliance).why == "changed"


@pytest.mark.django_db
def test_a_persons_new_name_stands_in_the_next_reading(clock):
    alliance = told(CANYON)
    assess_now(actor=organiser(alliance), alliance=alliance)
    for role in Role.objects.filter(alliance=alliance, kind=RoleKind.SIGNATORY):
        change_profile(actor=role.person, name=f"New {role.person.name}", time_zone=role.person.time_zone)
    make.record_event(alliance, "alliance.reading.recorded")
    assert_same(alliance, clock.read())


# -- Where only the whole will do -----------------------------------------------------------------------------------
@pytest.fixture
def assessed():
    alliance = told(HARBOUR)
    assess_now(actor=organiser(alliance), alliance=alliance)
    return alliance


@pytest.mark.django_db
@pytest.mark.parametrize("stream", ["here", "people"])
def test_after_an_event_of_an_unknown_kind_the_whole_is_read(assessed, clock, stream):
    assert in_part(assessed, clock.read()) is not None
    if stream == "here":
        make.record_event(assessed, "alliance.something.new")
    else:
        record("accounts.something.new", stream=SYSTEM, subject=assessed.pk, at=clock.read())
    assert in_part(assessed, clock.read()) is None


@pytest.mark.django_db
def test_on_a_new_day_the_whole_is_read(assessed, clock):
    last = Assessment.objects.latest_of(assessed)
    midnight = last.at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert in_part(assessed, midnight) is None
    assert in_part(assessed, last.at - timedelta(seconds=1)) is None
    clock.move(days=1)
    make.record_event(assessed, "alliance.topic.added")
    assert in_part(assessed, clock.read()) is None
    assert assess_nightly(alliance=assessed).basis["until"] > last.basis["until"]


@pytest.mark.django_db
def test_in_another_language_or_with_other_keys_the_whole_is_read(assessed, clock):
    with translation.override("de"):
        assert in_part(assessed, clock.read()) is None
    with override_settings(WORKSHEET_KEYS=["3Jw4lLkMnVQbR1vS3yPq1Q8Zq3l0w9dC7m2u5t6x8YA="]):
        assert in_part(assessed, clock.read()) is None
    assert in_part(assessed, clock.read()) is not None


@pytest.mark.django_db
def test_another_program_or_profile_reads_the_whole(assessed, clock):
    last = Assessment.objects.latest_of(assessed)
    last.basis["under"] = "of another release"
    assert after_events(assessed, last, at=clock.read()) is None
    assessed.profile = "strict" if assessed.profile != "strict" else "standard"
    assert in_part(assessed, clock.read()) is None


# -- At once, late, and broken off ----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_is_committed_while_it_reads_is_read_by_the_next(assessed, clock):
    """The place in the log is taken before the facts are, so an event between the two is never passed over."""
    at = clock.read()
    last = kept(whole(assessed, at=at), assessed, at)
    topic = make.topic(assessed, "Told while it was read")
    make.record_event(assessed, "alliance.topic.added")
    last.seq = make.record_event(assessed, "traits.alliance.assessed").seq
    later = after_events(assessed, last, at=at)
    assert str(topic.pk) in {each.id for each in later.evidence.alliance.topics}
    assert said(later) == said(whole(assessed, at=at))


@pytest.mark.django_db(transaction=True)
def test_events_and_assessments_at_the_same_moment_end_in_what_the_whole_is(race, clock):
    alliance = told(HARBOUR)
    whom = organiser(alliance)
    assess_now(actor=whom, alliance=alliance)
    adding = [
        lambda name=name: add_topic(actor=whom, alliance=alliance, name=name, measure="days") for name in ("One", "Two")
    ]
    results = race(*adding, *[lambda: assess_changed(alliance=alliance)] * 3)
    assert [each for each in results if isinstance(each, Exception)] == []
    assess_changed(alliance=alliance)
    at = clock.read()
    last = Assessment.objects.latest_of(alliance)
    assert last.indicators == whole(alliance, at=at).indicators
    assert assess_changed(alliance=alliance) is None


@pytest.mark.django_db
def test_broken_off_it_stores_nothing_and_the_next_reads_it_all(assessed, clock):
    before = Assessment.objects.count()
    add_topic(actor=organiser(assessed), alliance=assessed, name="Before the fall", measure="days")
    with contextlib.suppress(KeyboardInterrupt), transaction.atomic():
        assess_changed(alliance=assessed)
        raise KeyboardInterrupt
    assert Assessment.objects.count() == before
    add_topic(actor=organiser(assessed), alliance=assessed, name="After the fall", measure="days")
    stored = assess_changed(alliance=assessed)
    assert stored.indicators == whole(assessed, at=clock.read()).indicators


# -- What it costs --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_it_takes_a_fixed_number_of_statements_below_the_wholes(clock):
    counts = set()
    for rows in (1, 3):
        alliance = alliance_with_everything(f"With {rows}")[0].alliance
        for _row in range(rows):
            make.stream(alliance)
            make.topic(alliance)
        at = clock.read()
        last = kept(whole(alliance, at=at), alliance, at)
        make.record_event(alliance, "alliance.reading.recorded")
        with CaptureQueriesContext(connection) as part:
            assert after_events(alliance, last, at=at) is not None
        with CaptureQueriesContext(connection) as all_of_it:
            whole(alliance, at=at)
        counts.add((len(part), len(all_of_it)))
    assert len(counts) == 1, counts
    (few, many) = counts.pop()
    assert few < many
