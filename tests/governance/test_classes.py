"""Decision classes: the table of the design, exactly; the founding rules; changes before the charter."""

import pytest

from alliance.states import State
from governance.models import DecisionClass
from governance.services import classes
from governance.services.decisions import draft_decision
from tests import factories as make
from tests.governance.refusals import refused

pytestmark = pytest.mark.django_db
USUAL = {
    "body": "committee",
    "method": "vote",
    "quorum": "1/2",
    "quorum_strict": True,
    "recusal": "exclude",
    "tie": "fails",
    "forum": "electronic",
    "min_yes_quorum": False,
    "max_no": "",
    "max_objections": "",
    "open_days": 7,
    "notice_days": 7,
    "effective_after_days": 0,
    "live_tally": False,
    "secret_from": None,
    "is_founding": False,
}
CAST, ALL = {"base": "cast", "abstention": "not_counted"}, {"base": "all", "abstention": "counts_against"}
HALF, TWO_THIRDS = {"threshold": "1/2", "strict": True}, {"threshold": "2/3", "strict": False}
TABLE = {
    "ordinary": {**CAST, **HALF, "min_yes_quorum": True},
    "budget": {**ALL, **HALF},
    "admission": {**CAST, **TWO_THIRDS, "min_yes_quorum": True, "effective_after_days": 14},
    "officer-removal": {**ALL, **TWO_THIRDS, "secret_from": 5, "effective_after_days": 14},
    "amendment": {**ALL, **TWO_THIRDS, "notice_days": 14, "effective_after_days": 14},
    "specification": {**ALL, **TWO_THIRDS, "max_no": "1/4", "notice_days": 14},
    "editorial": {**ALL, **HALF, "method": "consent"},
    "dissolution": {
        **ALL,
        "threshold": "3/4",
        "strict": False,
        "body": "members",
        "notice_days": 30,
        "effective_after_days": 14,
    },
}


@pytest.fixture
def alliance():
    return make.alliance()


@pytest.fixture
def organiser(alliance):
    return make.organiser(alliance)


def test_usual_set_is_that_of_the_design(alliance, organiser):
    classes.adopt_default_classes(actor=organiser, alliance=alliance)
    found = {row.key: {name: getattr(row, name) for name in {**USUAL, **CAST, **HALF}} for row in stand(alliance)}
    assert found == {key: {**USUAL, **terms} for key, terms in TABLE.items()}


def stand(alliance):
    return DecisionClass.objects.filter(alliance=alliance, retired_at=None)


def test_usual_set_is_adopted_once_and_by_the_organiser(alliance, organiser):
    member = make.representative(make.member(alliance))
    with refused("not_permitted"):
        classes.adopt_default_classes(actor=member, alliance=alliance)
    classes.adopt_default_classes(actor=organiser, alliance=alliance)
    with refused("classes_present"):
        classes.adopt_default_classes(actor=organiser, alliance=alliance)


def test_founding_rules_come_with_the_first_draft(alliance, organiser):
    drafted = draft_decision(actor=organiser, alliance=alliance, title="A", motion="We begin.")
    rule = drafted.decision_class
    assert (rule.body, rule.base, rule.threshold, rule.strict) == ("members", "all", "2/3", False)
    assert (rule.forum, rule.open_days, rule.is_founding) == ("electronic", 5, True)
    again = draft_decision(actor=organiser, alliance=alliance, title="B", motion="We go on.")
    assert again.decision_class == rule
    with refused("not_changeable"):
        classes.change_class(actor=organiser, decision_class=rule, threshold="1/2")


def test_class_is_changed_before_the_charter(alliance, organiser):
    row = make.decision_class(alliance)
    changed = classes.change_class(actor=organiser, decision_class=row, threshold="3/5", strict=False)
    assert (changed.threshold, changed.strict) == ("3/5", False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"threshold": "0/3"}, "not_a_fraction"),
        ({"threshold": "4/3"}, "not_a_fraction"),
        ({"quorum": "half"}, "not_a_fraction"),
        ({"max_no": "1/-4"}, "not_a_fraction"),
        ({"abstention": "counts_against"}, "abstention_base"),
        ({"open_days": 0}, "open_days_range"),
        ({"is_founding": True}, "not_changeable"),
        ({"forum": "meeting"}, "not_changeable"),
    ],
)
def test_unsound_change_is_refused(alliance, organiser, changes, code):
    row = make.decision_class(alliance)
    with refused(code):
        classes.change_class(actor=organiser, decision_class=row, **changes)


def test_charter_fixes_the_classes():
    alliance = make.alliance(state=State.ACTIVE)
    organiser, row = make.organiser(alliance), make.decision_class(alliance)
    with refused("under_charter"):
        classes.change_class(actor=organiser, decision_class=row, threshold="3/5")
    with refused("under_charter"):
        classes.adopt_default_classes(actor=organiser, alliance=alliance)
